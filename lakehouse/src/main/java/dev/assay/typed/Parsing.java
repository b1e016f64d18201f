package dev.assay.typed;

import dev.assay.config.ColumnContract;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From text to a column's type, as SQL that gives null where the text is no value of the type. */
final class Parsing {
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");

  private Parsing() {}

  /**
   * The SQL.
   *
   * @param from the SQL that gives the text
   */
  static String of(ColumnContract column, String from) {
    if (column.type().equals("string")) {
      return "nullif(CAST((" + from + ") AS STRING), '')";
    }
    String text = "nullif(trim(CAST((" + from + ") AS STRING)), '')";
    Matcher decimal = DECIMAL.matcher(column.type());
    if (decimal.matches()) {
      return exactDecimal(text, column.type(), decimal.group(2));
    }
    boolean isTime = column.type().equals("timestamp") || column.type().equals("date");
    if (isTime && column.format().isPresent()) {
      String time = "try_to_timestamp(" + text + ", '" + column.format().get() + "')";
      return "CAST(" + time + " AS " + column.type() + ")";
    }
    return "try_cast(" + text + " AS " + column.type() + ")";
  }

  /** A cast rounds; digits that the type has no place for must not vanish, so they are refused. */
  private static String exactDecimal(String text, String type, String scale) {
    return "CASE WHEN "
        + text
        + " RLIKE '^[+-]?[0-9]*([.][0-9]{0,"
        + scale
        + "}0*)?$' THEN try_cast("
        + text
        + " AS "
        + type
        + ") END";
  }
}
