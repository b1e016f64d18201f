package dev.assay.job;

import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.ledger.Recipe;
import dev.assay.ledger.TableDayState.Publication;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Table-days of a stage and a day that are made again as they were, together as they were made.
 *
 * @param stage the stage
 * @param day the day
 * @param release the release that readers see them by
 * @param recipe by what they were made
 * @param inputs the Delta versions that they were made from, by table
 * @param made the table-days, as they were published
 */
public record Remaking(
    Stage stage,
    LocalDate day,
    long release,
    Recipe recipe,
    SortedMap<String, Long> inputs,
    Map<TableDay, Publication> made) {

  /** What making them again came to: whether the rows are the same. */
  public List<String> compared(StageResult result) {
    List<String> said = new ArrayList<>();
    result
        .published()
        .forEach(
            (tableDay, audit) -> {
              Publication before = made.get(tableDay);
              boolean same = before != null && before.contentHash().equals(audit.contentHash());
              said.add(
                  tableDay
                      + (same
                          ? ": the same rows as release " + release + " had"
                          : ": OTHER rows than release "
                              + release
                              + " had, though of the same inputs, conf and code: it depends on"
                              + " something else"));
            });
    return said;
  }
}
