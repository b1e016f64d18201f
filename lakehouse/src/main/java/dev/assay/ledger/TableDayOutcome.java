package dev.assay.ledger;

import dev.assay.audit.AuditReport;
import dev.assay.config.TableDay;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt at one table-day.
 *
 * @param tableDay the table-day
 * @param kind what became of it
 * @param message why, in a sentence
 * @param version the table's Delta version that has it, if it was published
 * @param audit what its checks found, if it came to that
 * @param inputs the Delta versions it was made from, by table
 * @param basis what it was made from, or would have been; null if it was not known yet
 * @param recipe by what it was made; null if it was not published, or by something older
 * @param archive the file below the lake's root that has its rows, if they were archived
 */
public record TableDayOutcome(
    TableDay tableDay,
    OutcomeKind kind,
    String message,
    @Nullable Long version,
    @Nullable AuditReport audit,
    Map<String, Long> inputs,
    @Nullable Basis basis,
    @Nullable Recipe recipe,
    @Nullable String archive) {

  /** What became of one whose rows are not in the archive. */
  public TableDayOutcome(
      TableDay tableDay,
      OutcomeKind kind,
      String message,
      @Nullable Long version,
      @Nullable AuditReport audit,
      Map<String, Long> inputs,
      @Nullable Basis basis,
      @Nullable Recipe recipe) {
    this(tableDay, kind, message, version, audit, inputs, basis, recipe, null);
  }
}
