package dev.assay.export;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Lines of CSV (RFC 4180). Null is an empty field and the empty text a quoted one, as Assay reads
 * them; a decimal is written out, with every digit of its scale; times are ISO 8601 in UTC.
 */
final class CsvText {
  private static final String LINE_END = "\r\n";

  private CsvText() {}

  /** The header. */
  static String header(List<String> names) {
    return names.stream().map(CsvText::quoted).collect(Collectors.joining(",", "", LINE_END));
  }

  /** A row whose values are no arrays, maps or structs. */
  static String line(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> field(row.get(i)))
        .collect(Collectors.joining(",", "", LINE_END));
  }

  private static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = text(value);
    return text.isEmpty() ? "\"\"" : quoted(text);
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value instanceof Timestamp time ? time.toInstant().toString() : value.toString();
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
