package dev.assay.job;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.table.Inputs;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
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

  /** The contracts of the tables that this run publishes. */
  public List<TableContract> contracts(Stage stage) {
    return config.pipeline().tablesOf(stage, tables);
  }
}
