package dev.assay.release;

import dev.assay.audit.AuditReport;
import dev.assay.config.Stage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A release that was decided and may not be committed yet: everything that whoever finds it needs
 * to complete it.
 *
 * @param number the release's number
 * @param pipeline the pipeline
 * @param stage the stage that publishes
 * @param runId the run that publishes
 * @param decidedAt when
 * @param replacements the table-days that become visible together
 */
public record Intent(
    long number,
    String pipeline,
    Stage stage,
    String runId,
    Instant decidedAt,
    List<Replacement> replacements) {

  /**
   * A table-day's new files.
   *
   * @param table the table's name within the pipeline
   * @param partition the table's date column
   * @param day the table-day
   * @param token the attempt that wrote them
   * @param files Delta's actions that add them, as JSON
   * @param audit what the checks found
   * @param inputs the Delta versions they were made from, by table
   * @param code the version of the code
   */
  public record Replacement(
      String table,
      String partition,
      LocalDate day,
      long token,
      List<String> files,
      AuditReport audit,
      Map<String, Long> inputs,
      String code) {}
}
