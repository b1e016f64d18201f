package dev.assay.samples;

import org.jspecify.annotations.Nullable;

/**
 * A generated row.
 *
 * @param landing the day of the feed on which it lands, from 0
 * @param day the day of the feed that its event is of; negative or past the end for a dirty row
 * @param second since 1970, UTC, by which the rows of a file are ordered
 * @param values the columns' text, in their order; null where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // millions of them; they are written, never compared
record Row(Kind kind, int landing, int day, long second, @Nullable String[] values) {

  /** A value that every row of its kind has. */
  String value(int column) {
    String value = values[column];
    if (value == null) {
      throw new IllegalStateException("a row without a value in column " + column);
    }
    return value;
  }
}
