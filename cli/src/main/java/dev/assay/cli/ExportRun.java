package dev.assay.cli;

import dev.assay.config.ExportConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.export.ExportedFile;
import dev.assay.export.ExportedRows;
import dev.assay.release.ReleaseCatalog;
import dev.assay.store.Existing;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes exports of the one release that a session reads.
 *
 * @param spark the session, whose catalog has the release
 * @param pipeline the pipeline
 * @param days the business dates, the first and the last of which count; all where it is empty
 * @param existing what becomes of a file that is there
 */
record ExportRun(
    SparkSession spark, PipelineConfig pipeline, List<LocalDate> days, Existing existing) {

  /**
   * Writes a file.
   *
   * @return what was written
   * @throws AssayException with NO_DATA if there is no row to write, INPUT_MISSING if the release
   *     has no such table, USAGE if a file is there that must stay
   */
  String write(ExportConfig export, Path path) throws IOException {
    TableContract contract = pipeline.table(export.table());
    String release = release(contract);
    Dataset<Row> rows =
        ExportedRows.of(spark.table("assay." + contract.name()), contract, export, days);
    if (rows.isEmpty()) {
      throw new AssayException(
          ExitCode.NO_DATA,
          contract.name() + " has no rows" + ofDays() + " in " + release + "; nothing is written");
    }
    long written =
        new ExportedFile(path, existing, spark.sessionState().newHadoopConf())
            .write(export.format(), rows);
    return path + ": " + written + " rows of " + contract.name() + ofDays() + ", " + release;
  }

  private String ofDays() {
    if (days.isEmpty()) {
      return "";
    }
    LocalDate first = days.get(0);
    LocalDate last = days.get(days.size() - 1);
    return first.equals(last) ? " of " + first : " of " + first + " to " + last;
  }

  private String release(TableContract contract) {
    ReleaseCatalog catalog =
        (ReleaseCatalog) spark.sessionState().catalogManager().catalog("assay");
    return catalog
        .release(contract.name())
        .map(number -> "release " + number)
        .orElseThrow(
            () ->
                new AssayException(
                    ExitCode.INPUT_MISSING,
                    contract.name()
                        + " was not published in the release that is read; assay releases list"
                        + " --pipeline "
                        + pipeline.name()
                        + " shows what was, assay run publishes it"));
  }
}
