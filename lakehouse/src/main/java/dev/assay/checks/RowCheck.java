package dev.assay.checks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An assertion on each row, evaluated while the rows are written. */
public sealed interface RowCheck extends Check {

  /** The column has a value. */
  record NotNull(String name, Severity severity, String column) implements RowCheck {}

  /** The column, where it has a value, lies within bounds, both inclusive, as SQL literals. */
  record Range(
      String name, Severity severity, String column, @Nullable String min, @Nullable String max)
      implements RowCheck {}

  /** The whole of the column's text, where there is any, matches a regular expression. */
  record Regex(String name, Severity severity, String column, String pattern) implements RowCheck {}

  /** The column, where it has a value, has one of these. */
  record InSet(String name, Severity severity, String column, List<String> values)
      implements RowCheck {}

  /** No other row of the table-day has the same key; the first row of a key passes. */
  record UniqueKey(String name, Severity severity, List<String> columns) implements RowCheck {}

  /** A SQL expression over the contract's columns holds; null counts as a failure. */
  record Expression(String name, Severity severity, String expression) implements RowCheck {}
}
