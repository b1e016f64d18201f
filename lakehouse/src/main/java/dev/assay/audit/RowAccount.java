package dev.assay.audit;

import java.time.LocalDate;
import java.util.Map;

/**
 * What became of every row that an attempt read.
 *
 * @param received rows read
 * @param published rows in the table-day
 * @param quarantined rows rejected, whole, with their reasons
 * @param duplicates rows that repeat another
 * @param byLanding rows read, by the landing they came with; empty where there is but one
 */
public record RowAccount(
    long received,
    long published,
    long quarantined,
    long duplicates,
    Map<LocalDate, Long> byLanding) {

  /** Whether every row read is accounted for exactly once. */
  public boolean balances() {
    return received == published + quarantined + duplicates;
  }
}
