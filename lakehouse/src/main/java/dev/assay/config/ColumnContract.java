package dev.assay.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table's contract.
 *
 * @param name the column's name
 * @param type its Spark SQL type as DDL, {@code decimal(12,4)}
 * @param nullable whether null is a value of it
 * @param comment what it holds, and its unit
 * @param personal whether it holds data about a person
 * @param fromText in silver: a SQL expression over the source's columns that gives the value as
 *     text, to be parsed to {@code type}
 * @param formatText how the text of a timestamp or date is written, as a Spark datetime pattern
 * @param computedText in silver: a SQL expression over the columns that were parsed
 */
public record ColumnContract(
    String name,
    String type,
    boolean nullable,
    String comment,
    boolean personal,
    @Nullable String fromText,
    @Nullable String formatText,
    @Nullable String computedText) {

  /** A column that conf does not derive from others. */
  public static ColumnContract plain(String name, String type, boolean nullable, String comment) {
    return new ColumnContract(name, type, nullable, comment, false, null, null, null);
  }

  /** The expression over the source's columns whose text is parsed, if the column is parsed. */
  public Optional<String> from() {
    return Optional.ofNullable(fromText);
  }

  /** The datetime pattern of the text, if one is declared. */
  public Optional<String> format() {
    return Optional.ofNullable(formatText);
  }

  /** The expression over the parsed columns, if the column is computed. */
  public Optional<String> computed() {
    return Optional.ofNullable(computedText);
  }
}
