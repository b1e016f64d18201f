package dev.assay.samples;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Rows as lines of JSON, every value a text or null. */
final class JsonRows implements RowWriter {
  private final Writer lines;
  private final String[] names;

  JsonRows(Writer lines, Layout layout) {
    this.lines = lines;
    this.names = layout.columns().stream().map(name -> quoted(name) + ":").toArray(String[]::new);
  }

  @Override
  public void write(Row row) throws IOException {
    StringBuilder line = new StringBuilder(400);
    for (int i = 0; i < names.length; i++) {
      line.append(i == 0 ? '{' : ',').append(names[i]).append(quoted(row.values()[i]));
    }
    line.append('}');
    if (row.kind() == Kind.TORN) {
      line.setLength(line.length() * 2 / 3);
    }
    lines.write(line.append('\n').toString());
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private static String quoted(@Nullable String value) {
    if (value == null) {
      return "null";
    }
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
  }
}
