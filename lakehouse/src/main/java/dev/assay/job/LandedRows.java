package dev.assay.job;

import dev.assay.audit.AuditReport;
import dev.assay.audit.GroupAccount;
import dev.assay.config.Derivation;
import dev.assay.config.FeedConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ledger.TableDayState;
import dev.assay.table.Draft;
import dev.assay.typed.TypedRows;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * That no landed row is lost between the days of its events: what bronze counted of a landing for
 * each day is all of it, and is what silver received.
 *
 * @param pipeline the pipeline
 * @param publications what a run reads
 */
record LandedRows(PipelineConfig pipeline, Publications publications) {

  /** What a run reads. */
  interface Publications {
    /** What is published of a table-day. */
    Optional<TableDayState.Publication> of(String table, LocalDate day);
  }

  /**
   * Requires it of a table-day.
   *
   * @throws AssayException with UNEXPECTED if rows are not accounted for
   */
  void requireAccounted(Draft draft, AuditReport audit) {
    Derivation derivation = draft.contract().derivation();
    if (derivation instanceof Derivation.Received) {
      requireParted(draft, audit);
    } else if (derivation instanceof Derivation.Cleansed cleansed) {
      requireReceived(draft, cleansed, audit);
    }
  }

  private void requireParted(Draft draft, AuditReport audit) {
    if (pipeline.feedOf(draft.contract().name().table()).allowedLatenessDays() == 0) {
      return;
    }
    for (TableContract consumer : pipeline.consumersOf(draft.contract().name().table())) {
      String prefix = consumer.name().table() + "/";
      long parted =
          audit.parts().entrySet().stream()
              .filter(part -> part.getKey().startsWith(prefix))
              .mapToLong(part -> part.getValue().rows())
              .sum();
      if (parted != audit.rows().published()) {
        throw lost(
            draft.tableDay(), audit.rows().published(), parted, "days of " + consumer.name());
      }
    }
  }

  private void requireReceived(Draft draft, Derivation.Cleansed cleansed, AuditReport audit) {
    FeedConfig feed = pipeline.feedOf(cleansed.source());
    String part = AuditReport.part(draft.contract().name().table(), draft.day());
    if (feed.allowedLatenessDays() == 0) {
      requireEqual(
          draft,
          draft.day(),
          publications
              .of(cleansed.source(), draft.day())
              .map(landed -> landed.rows().published())
              .orElse(0L),
          audit.rows().received());
      return;
    }
    for (LocalDate landing : TypedRows.landings(feed, draft.day())) {
      long landed =
          publications
              .of(cleansed.source(), landing)
              .map(TableDayState.Publication::parts)
              .map(parts -> parts.get(part))
              .map(GroupAccount::rows)
              .orElse(0L);
      Map<LocalDate, Long> received = audit.rows().byLanding();
      requireEqual(draft, landing, landed, received.getOrDefault(landing, 0L));
    }
  }

  private static void requireEqual(Draft draft, LocalDate landing, long landed, long received) {
    if (landed != received) {
      throw lost(draft.tableDay(), landed, received, "landing " + landing);
    }
  }

  private static AssayException lost(TableDay tableDay, long landed, long accounted, String of) {
    return new AssayException(
        ExitCode.UNEXPECTED,
        "the rows of "
            + tableDay
            + " do not add up: "
            + landed
            + " landed, but "
            + accounted
            + " are accounted for by the "
            + of
            + ". Nothing was published, because rows would be lost or doubled; run the stage again,"
            + " and report it if it happens again");
  }
}
