package dev.assay.samples;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feed's columns, and what can be wrong in which.
 *
 * @param columns their names, in order
 * @param header whether a CSV file starts with them
 * @param id the column that tells events apart; null if none does
 * @param free a column that another row of the same id may change; null without an id
 * @param time the column with the event's time; null in a snapshot
 * @param numbers those that hold numbers, none of them negative
 * @param required those that every row must have
 * @param coded those with a closed set of codes
 */
record Layout(
    List<String> columns,
    boolean header,
    @Nullable String id,
    @Nullable String free,
    @Nullable String time,
    List<String> numbers,
    List<String> required,
    List<String> coded) {

  /** Where a column is. */
  int index(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("no column " + column + " among " + columns);
    }
    return index;
  }
}
