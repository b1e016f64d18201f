package dev.assay.ledger;

import dev.assay.audit.AuditReport;
import dev.assay.audit.CheckResult;
import dev.assay.audit.GroupAccount;
import dev.assay.audit.RowAccount;
import dev.assay.config.TableDay;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a table-day now.
 *
 * @param tableDay the table-day
 * @param published what readers see of it; null if it was never published
 * @param last how the newest attempt that ended did; null if none did
 * @param visible the newest attempt whose outcome readers see, 0 for none
 * @param archive the file of the archive, below the lake's root, that has its rows instead of the
 *     table; null if none has
 */
public record TableDayState(
    TableDay tableDay,
    @Nullable Publication published,
    @Nullable End last,
    long visible,
    @Nullable String archive) {

  /**
   * A publication.
   *
   * @param token the attempt
   * @param release the release that made it visible
   * @param version the table's Delta version that has it
   * @param rows what became of the rows that were read
   * @param contentHash of its rows
   * @param totals the contract's totals over its rows, by name
   * @param parts the rows that each silver table takes for a day of its own, by {@code
   *     <table>/<day>}
   * @param inputs the Delta versions it was made from, by table
   * @param basis what it was made from; null if it was published before that was recorded
   * @param recipe by what it was made; null if it was published before that was recorded
   */
  public record Publication(
      long token,
      long release,
      long version,
      RowAccount rows,
      String contentHash,
      Map<String, String> totals,
      Map<String, GroupAccount> parts,
      Map<String, Long> inputs,
      @Nullable Basis basis,
      @Nullable Recipe recipe) {}

  /**
   * How an attempt ended.
   *
   * @param token the attempt
   * @param kind what became of it
   * @param runId the run
   * @param at when
   * @param message why, in a sentence
   * @param rows what became of its rows, if it came to that
   * @param failedChecks the checks that did not hold
   * @param basis what it was made from, or would have been; null if it was not known yet
   */
  public record End(
      long token,
      OutcomeKind kind,
      String runId,
      Instant at,
      String message,
      @Nullable RowAccount rows,
      List<CheckResult> failedChecks,
      @Nullable Basis basis) {}

  /** A table-day of which no attempt ended. */
  static TableDayState unknown(TableDay tableDay) {
    return new TableDayState(tableDay, null, null, 0, null);
  }

  /** This state after an outcome that may be newer; of two of one attempt the visible counts. */
  TableDayState with(Outcome outcome, TableDayOutcome became) {
    boolean shown = became.kind().isVisible() && outcome.token() > visible;
    boolean newest =
        last == null
            || last.token() < outcome.token()
            || (last.token() == outcome.token() && became.kind().isVisible());
    return new TableDayState(
        tableDay,
        shown ? publication(outcome, became) : published,
        newest ? end(outcome, became) : last,
        shown ? outcome.token() : visible,
        shown ? became.archive() : archive);
  }

  private static @Nullable Publication publication(Outcome outcome, TableDayOutcome became) {
    if (became.kind() != OutcomeKind.PUBLISHED) {
      return null;
    }
    AuditReport audit = Objects.requireNonNull(became.audit(), "what is published was audited");
    return new Publication(
        outcome.token(),
        Objects.requireNonNull(outcome.release(), "what is published has a release"),
        Objects.requireNonNull(became.version(), "what is published has a version"),
        audit.rows(),
        audit.contentHash(),
        audit.totals(),
        audit.parts(),
        became.inputs(),
        became.basis(),
        became.recipe());
  }

  private static End end(Outcome outcome, TableDayOutcome became) {
    AuditReport audit = became.audit();
    return new End(
        outcome.token(),
        became.kind(),
        outcome.runId(),
        outcome.at(),
        became.message(),
        audit == null ? null : audit.rows(),
        audit == null
            ? List.of()
            : audit.checks().stream().filter(check -> !check.passed()).toList(),
        became.basis());
  }
}
