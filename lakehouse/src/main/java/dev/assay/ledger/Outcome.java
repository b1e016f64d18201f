package dev.assay.ledger;

import dev.assay.config.TableDay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt.
 *
 * @param token the attempt
 * @param runId the run
 * @param code the version of the code
 * @param at when
 * @param release the release that made it visible, if anything was published
 * @param tableDays what became of each table-day
 */
public record Outcome(
    long token,
    String runId,
    String code,
    Instant at,
    @Nullable Long release,
    List<TableDayOutcome> tableDays) {

  /** What became of a table-day. */
  public Optional<TableDayOutcome> of(TableDay tableDay) {
    return tableDays.stream().filter(each -> each.tableDay().equals(tableDay)).findFirst();
  }
}
