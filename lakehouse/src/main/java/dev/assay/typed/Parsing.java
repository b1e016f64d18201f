package dev.assay.typed;

import dev.assay.config.ColumnContract;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From text to a column's type, as SQL that gives null where the text is no value of the type. */
final class Parsing {
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");

  /** As programs write numbers: a digit, others behind a point, an exponent. */
  private static final String WITH_EXPONENT = "^[+-]?[0-9]([.][0-9]{1,16})?[eE][+-]?[0-9]{1,3}$";

  private Parsing() {}

  /** What of a text counts, as SQL: nothing of what is around it. */
  static String text(String from) {
    return "trim(CAST((" + from + ") AS STRING))";
  }

  /**
   * The SQL. It names the text as often as it needs to, which is looked at once; Spark's {@code
   * nullif} would make every row once more for each.
   *
   * @param from the SQL that gives the text
   */
  static String of(ColumnContract column, String from) {
    if (column.type().equals("string")) {
      return unlessEmpty("CAST((" + from + ") AS STRING)", "%s");
    }
    String text = text(from);
    if (column.type().equals("binary")) {
      return unlessEmpty(text, "CAST(%s AS BINARY)");
    }
    Matcher decimal = DECIMAL.matcher(column.type());
    if (decimal.matches()) {
      return exactDecimal(text, column.type(), decimal.group(2));
    }
    boolean isTime = column.type().equals("timestamp") || column.type().equals("date");
    if (isTime && column.format().isPresent()) {
      String time = "try_to_timestamp(" + text + ", '" + column.format().get() + "')";
      return "CAST(" + time + " AS " + column.type() + ")";
    }
    String value = "try_cast(" + text + " AS " + column.type() + ")";
    return column.type().equals("double") || column.type().equals("float") ? finite(value) : value;
  }

  /** Nothing is a value of these types, too, but says nothing. */
  private static String unlessEmpty(String text, String value) {
    return "CASE WHEN " + text + " <> '' THEN " + value.formatted(text) + " END";
  }

  /** What is no number, and what is more than any, passes checks that it should not. */
  private static String finite(String number) {
    return "CASE WHEN abs(" + number + ") < double('Infinity') THEN " + number + " END";
  }

  /**
   * A cast rounds; digits that the type has no place for must not vanish, so they are refused. What
   * has an exponent a program wrote from a double, as JSON has small numbers: it is compared as
   * one.
   */
  private static String exactDecimal(String text, String type, String scale) {
    // Of nothing, too, a cast would make null, by way of an exception.
    String plain = "^(?=.)[+-]?[0-9]*([.][0-9]{0," + scale + "}0*)?$";
    String cast = "try_cast(" + text + " AS " + type + ")";
    String number = "try_cast(" + text + " AS DOUBLE)";
    return "CASE WHEN %s RLIKE '%s' THEN %s WHEN %s RLIKE '%s' AND CAST(%s AS DOUBLE) = %s THEN %s END"
        .formatted(text, plain, cast, text, WITH_EXPONENT, cast, number, cast);
  }
}
