package dev.assay.samples;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as lines of CSV (RFC 4180), so that an empty text is not taken for none. */
final class CsvRows implements RowWriter {
  private final Writer lines;

  CsvRows(Writer lines, Layout layout) throws IOException {
    this.lines = lines;
    if (layout.header()) {
      lines.write(line(layout.columns().toArray(String[]::new), layout.columns().size()));
    }
  }

  @Override
  public void write(Row row) throws IOException {
    int fields = row.values().length - (row.kind() == Kind.TORN ? 1 : 0);
    lines.write(line(row.values(), fields));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  /** A line of these fields, with its end. */
  static String line(List<String> values) {
    return line(values.toArray(String[]::new), values.size());
  }

  private static String line(@Nullable String[] values, int fields) {
    StringBuilder line = new StringBuilder(160);
    for (int i = 0; i < fields; i++) {
      if (i > 0) {
        line.append(',');
      }
      String value = values[i];
      if (value != null) {
        append(line, value);
      }
    }
    return line.append('\n').toString();
  }

  private static void append(StringBuilder line, String value) {
    if (isPlain(value)) {
      line.append(value);
    } else {
      line.append('"').append(value.replace("\"", "\"\"")).append('"');
    }
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return false;
      }
    }
    return !value.isEmpty();
  }
}
