package dev.assay.job;

import dev.assay.audit.AuditReport;
import dev.assay.config.Derivation;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which landings a silver table-day is made from, and that none of their rows is lost between days.
 */
final class Landings {
  private Landings() {}

  /**
   * The landings whose rows a table-day may hold, where there are several: an event's own day, and
   * as many after it as rows of the feed may be late.
   */
  static List<LocalDate> of(PipelineConfig pipeline, TableContract contract, LocalDate day) {
    if (!(contract.derivation() instanceof Derivation.Cleansed cleansed)) {
      return List.of();
    }
    int lateness = latenessDays(pipeline, cleansed);
    return lateness == 0
        ? List.of()
        : Stream.iterate(day, next -> next.plusDays(1)).limit(lateness + 1L).toList();
  }

  /**
   * Requires that the rows of the landing that a run is for are the sum of its rows over the event
   * days that the run makes.
   *
   * @param landed how many rows the landing has in the table's source
   * @param audits what was found on the table-days of the run, of this table
   * @throws AssayException with UNEXPECTED if they are not
   */
  static void requireAccounted(
      TableName table, LocalDate landing, long landed, Map<TableDay, AuditReport> audits) {
    long accounted =
        audits.entrySet().stream()
            .filter(entry -> entry.getKey().table().equals(table))
            .map(entry -> entry.getValue().rows())
            .mapToLong(
                rows ->
                    rows.byLanding().isEmpty()
                        ? rows.received()
                        : rows.byLanding().getOrDefault(landing, 0L))
            .sum();
    if (accounted != landed) {
      throw new AssayException(
          ExitCode.UNEXPECTED,
          "landing "
              + landing
              + " has "
              + landed
              + " rows, but the event days of "
              + table
              + " account for "
              + accounted
              + ". Nothing was published, because rows would be lost or doubled; run the stage"
              + " again, and report it if it happens again");
    }
  }

  private static int latenessDays(PipelineConfig pipeline, Derivation.Cleansed cleansed) {
    Derivation source = pipeline.table(cleansed.source()).derivation();
    return source instanceof Derivation.Received received
        ? pipeline.feed(received.feed()).allowedLatenessDays()
        : 0;
  }
}
