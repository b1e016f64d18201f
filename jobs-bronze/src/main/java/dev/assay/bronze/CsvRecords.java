package dev.assay.bronze;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The records of a CSV file, one a line, after the header if there is one. */
final class CsvRecords implements Records {
  private final Path file;
  private final Lines lines;
  private final TextLayout layout;
  private final CSVFormat format;
  private @Nullable List<String> names;

  /** The records of a file's lines, of which none was read. */
  CsvRecords(Path file, Lines lines, TextLayout layout) {
    this.file = file;
    this.lines = lines;
    this.layout = layout;
    this.format = CsvLine.format(layout);
  }

  /**
   * The names in the header, {@code _column_N} where the N-th has none; without a header, the
   * feed's columns.
   *
   * @throws AssayException with REFUSED if there is no header that can be read
   */
  @Override
  public List<String> names() throws IOException {
    List<String> known = names;
    if (known == null) {
      known = layout.header() ? header(lines.next()) : layout.columns();
      names = known;
    }
    return known;
  }

  @Override
  public @Nullable FeedRecord next() throws IOException {
    int expected = names().size();
    Lines.Line line = lines.next();
    if (line == null) {
      return null;
    }
    try {
      @Nullable String[] fields = CsvLine.split(layout.text(line), format);
      if (fields.length != expected) {
        throw new NotOneRecord(fields.length + " fields instead of " + expected);
      }
      return FeedRecord.of(line.number(), fields);
    } catch (NotOneRecord e) {
      return FeedRecord.malformed(line.number(), e.why(), line.content());
    }
  }

  @Override
  public String checksum() throws IOException {
    return lines.checksum();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private List<String> header(Lines.@Nullable Line line) {
    if (line == null) {
      throw refused("is empty: it has no header");
    }
    try {
      @Nullable String[] fields = CsvLine.split(layout.text(line), format);
      List<String> header = new ArrayList<>();
      for (int i = 0; i < fields.length; i++) {
        String name = fields[i];
        header.add(name == null || name.isEmpty() ? "_column_" + (i + 1) : name);
      }
      return header;
    } catch (NotOneRecord e) {
      throw refused("has no header that can be read: " + e.why());
    }
  }

  private AssayException refused(String why) {
    return new AssayException(
        ExitCode.REFUSED,
        file
            + " "
            + why
            + ". Nothing was published; deliver a file that begins with "
            + String.join(String.valueOf(layout.delimiter()), layout.columns())
            + ", or say that the feed has none (header = false)");
  }
}
