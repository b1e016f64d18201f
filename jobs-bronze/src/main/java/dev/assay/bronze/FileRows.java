package dev.assay.bronze;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * A file's rows, one a line after the header. A line that cannot be split into the feed's columns
 * becomes a row without them that says why and keeps the line's bytes; empty lines count as such.
 */
final class FileRows implements Iterable<Row> {
  private static final int OWN_COLUMNS = 5;

  private final FilePlan plan;
  private final CsvLayout layout;
  private final Map<String, String> settings;

  FileRows(FilePlan plan, CsvLayout layout, Map<String, String> settings) {
    this.plan = plan;
    this.layout = layout;
    this.settings = settings;
  }

  @Override
  public Iterator<Row> iterator() {
    Configuration conf = new Configuration();
    settings.forEach(conf::set);
    try {
      MessageDigest digest = FilePlan.sha256();
      Lines lines = Lines.open(new Path(plan.path()), conf, digest);
      closeWithTask(lines);
      Rows rows = new Rows(lines, digest);
      rows.readNext();
      return rows.afterHeader();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** A task that fails or is cancelled does not read on to the end, where the file is closed. */
  private static void closeWithTask(Lines lines) {
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener(
          (TaskCompletionListener)
              ended -> {
                try {
                  lines.close();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private RuntimeException failed(IOException e) {
    return e instanceof EOFException || e instanceof ZipException
        ? FilePlan.cutOff(plan.path(), e)
        : new UncheckedIOException("could not read " + plan.path() + ": " + e.getMessage(), e);
  }

  private final class Rows implements Iterator<Row> {
    private final Lines lines;
    private final MessageDigest digest;
    private final CSVFormat format = layout.format();
    private Lines.@Nullable Line next;

    Rows(Lines lines, MessageDigest digest) {
      this.lines = lines;
      this.digest = digest;
    }

    Rows afterHeader() {
      if (next != null) {
        readNext();
      }
      return this;
    }

    void readNext() {
      try {
        next = lines.next();
        if (next == null) {
          lines.drain();
          lines.close();
          requireUnchanged();
        }
      } catch (IOException e) {
        throw failed(e);
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Row next() {
      Lines.Line line = next;
      if (line == null) {
        throw new NoSuchElementException(plan.path());
      }
      readNext();
      return row(line);
    }

    private Row row(Lines.Line line) {
      String text = line.strictText();
      if (text == null) {
        return malformed(line, "not UTF-8");
      }
      if (!line.ended() && layout.finalNewline()) {
        return malformed(line, "torn: the last line has no end");
      }
      List<String> fields;
      try {
        fields = CsvLayout.split(text, format);
      } catch (CsvLayout.NotOneRecord e) {
        return malformed(line, String.valueOf(e.getMessage()));
      }
      int found = fields.size();
      if (found != layout.columns().size()) {
        return malformed(line, found + " fields instead of " + layout.columns().size());
      }
      Object[] values = new Object[found + OWN_COLUMNS];
      for (int i = 0; i < found; i++) {
        values[i] = fields.get(plan.fields().get(i));
      }
      return origin(values, found, line, null);
    }

    private Row malformed(Lines.Line line, String why) {
      int columns = layout.columns().size();
      return origin(new Object[columns + OWN_COLUMNS], columns, line, why);
    }

    private Row origin(Object[] values, int at, Lines.Line line, @Nullable String malformed) {
      values[at] = plan.name();
      values[at + 1] = plan.checksum();
      values[at + 2] = line.number();
      values[at + 3] = malformed;
      values[at + 4] = malformed == null ? null : line.content();
      return RowFactory.create(values);
    }

    private void requireUnchanged() {
      if (!HexFormat.of().formatHex(digest.digest()).equals(plan.checksum())) {
        throw new AssayException(
            ExitCode.REFUSED,
            plan.path()
                + " was changed while it was read; nothing of it was published. Deliver files"
                + " under another name and rename them when they are whole, and run again");
      }
    }
  }
}
