package dev.assay.ledger;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger has on a table-day.
 *
 * @param table the table's name within its pipeline
 * @param day the table-day
 * @param entries its attempts and their outcomes, oldest first
 */
public record TableDayRecord(String table, LocalDate day, List<Entry> entries) {

  /**
   * An attempt, or an outcome of one.
   *
   * @param token the attempt
   * @param outcome what became of it; empty text for the attempt itself
   * @param path the object below the ledger's folder
   */
  public record Entry(long token, String outcome, String path) {}

  /** The newest attempt's token. */
  public long newestToken() {
    return entries.get(entries.size() - 1).token();
  }

  /** The newest outcome of a kind. */
  public Optional<Entry> newest(OutcomeKind kind) {
    return entries.stream()
        .filter(entry -> entry.outcome().equals(kind.id()))
        .reduce((older, newer) -> newer);
  }

  /** The outcome of the newest attempt; published counts most. Empty if it has none yet. */
  public Optional<Entry> newestOutcome() {
    List<Entry> ofNewest =
        entries.stream()
            .filter(entry -> entry.token() == newestToken() && !entry.outcome().isEmpty())
            .toList();
    return ofNewest.stream()
        .filter(entry -> entry.outcome().equals(OutcomeKind.PUBLISHED.id()))
        .findFirst()
        .or(() -> ofNewest.stream().findFirst());
  }
}
