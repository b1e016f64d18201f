package dev.assay.job;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.table.Draft;
import dev.assay.table.Inputs;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * One run of a stage.
 *
 * @param runId tells this run from every other, in logs, ledger and commits
 * @param spark the session
 * @param config the configuration
 * @param date the business date
 * @param tables names of the tables to publish; empty for all of the stage
 * @param inputs the pipeline's tables at the release that the run reads
 */
public record StageRun(
    String runId,
    SparkSession spark,
    AssayConfig config,
    LocalDate date,
    Set<String> tables,
    Inputs inputs) {

  /**
   * The drafts of every table of a stage that this run publishes; a table that has no data for the
   * date is left out.
   *
   * @param drafts a table's own, or NO_DATA
   * @throws AssayException with NO_DATA if that is so of every table
   */
  public List<Draft> drafts(Stage stage, Function<TableContract, List<Draft>> drafts) {
    List<Draft> all = new ArrayList<>();
    AssayException noData = null;
    for (TableContract contract : config.pipeline().tablesOf(stage, tables)) {
      try {
        all.addAll(drafts.apply(contract));
      } catch (AssayException failure) {
        if (failure.exitCode() != ExitCode.NO_DATA) {
          throw failure;
        }
        noData = noData == null ? failure : noData;
      }
    }
    if (all.isEmpty() && noData != null) {
      throw noData;
    }
    return all;
  }
}
