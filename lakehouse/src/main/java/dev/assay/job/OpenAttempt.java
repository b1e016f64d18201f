package dev.assay.job;

import dev.assay.audit.AuditReport;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.ledger.Attempt;
import dev.assay.ledger.Basis;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.Outcome;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayOutcome;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The attempt that a run of a stage has open, and what is known of its table-days so far. */
final class OpenAttempt {
  private final Ledger ledger;
  private final Attempt attempt;
  private final Map<TableDay, AuditReport> found = new ConcurrentHashMap<>();
  private final Map<TableDay, Basis> bases = new ConcurrentHashMap<>();

  private OpenAttempt(Ledger ledger, Attempt attempt) {
    this.ledger = ledger;
    this.attempt = attempt;
  }

  /**
   * Opens an attempt.
   *
   * @param known what the ledger knew when it was looked what to try
   * @param fence the highest token that Delta's log knows of these table-days
   */
  static OpenAttempt at(
      Collection<TableDay> tableDays,
      Stage stage,
      String runId,
      String code,
      Ledger ledger,
      LedgerState known,
      long fence) {
    return new OpenAttempt(
        ledger,
        ledger.open(fence, known, token -> Attempt.here(token, stage, tableDays, runId, code)));
  }

  /** Its number. */
  long token() {
    return attempt.token();
  }

  /** The version of the code that tries. */
  String code() {
    return attempt.code();
  }

  /** What it tries to publish. */
  List<TableDay> tableDays() {
    return attempt.tableDays();
  }

  /** Keeps what the audit of a table-day found, for the record. */
  void found(TableDay tableDay, AuditReport audit) {
    found.put(tableDay, audit);
  }

  /** Says what its table-days are made from. */
  void madeFrom(Map<TableDay, Basis> madeFrom) {
    bases.putAll(madeFrom);
  }

  /** What became of a table-day that is not published. */
  TableDayOutcome outcome(TableDay tableDay, OutcomeKind kind, String message) {
    return new TableDayOutcome(
        tableDay, kind, message, null, found.get(tableDay), Map.of(), bases.get(tableDay), null);
  }

  /** Records the same end for all of its table-days. */
  void end(OutcomeKind kind, String message) {
    end(attempt.tableDays().stream().map(tableDay -> outcome(tableDay, kind, message)).toList());
  }

  /** Records the end of an attempt that published nothing. */
  void end(List<TableDayOutcome> outcomes) {
    ledger.ended(
        new Outcome(
            attempt.token(), attempt.runId(), attempt.code(), Instant.now(), null, outcomes));
  }
}
