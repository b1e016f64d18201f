package dev.assay.samples;

import java.util.Locale;

/** What a generated row is. */
enum Kind {
  /** As it should be. */
  CLEAN,
  /** Of a planted fraud: well formed, and conspicuous only beside its like. */
  FRAUD,
  /** Lands one or two days after its event, which is still taken in. */
  LATE,
  /** Repeats a clean row exactly. */
  DUPLICATE,
  /** Has the id of a clean row and another content, in a column that no truth counts. */
  CONFLICT,
  /** Lands three days after its event, or later. */
  TOO_LATE,
  /** Lands before its event. */
  FUTURE,
  /** Has a negative number where there can be none. */
  OUT_OF_RANGE,
  /** Has text where a number or a time should be. */
  WRONG_TYPE,
  /** Lacks a value that every row must have. */
  MISSING_KEY,
  /** Has a code that is none of its column's. */
  UNKNOWN_CATEGORY,
  /** Is cut off: in JSON within the line, in CSV before the last field. */
  TORN;

  /** Whether the row's event happened, once, so that marts must count it. */
  boolean counts() {
    return this == CLEAN || this == FRAUD || this == LATE;
  }

  /** Its name in a truth file. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
