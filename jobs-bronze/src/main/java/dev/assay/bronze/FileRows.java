package dev.assay.bronze;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * A file's rows, one a record. A record that has no fields becomes a row without them that says why
 * and keeps the record's bytes; an empty line is such a record.
 */
final class FileRows implements Iterable<Row> {
  private final FilePlan plan;
  private final RowShape shape;
  private final TextLayout layout;
  private final Map<String, String> settings;

  /**
   * The rows.
   *
   * @param settings Hadoop's, to reach the file with
   */
  FileRows(FilePlan plan, RowShape shape, TextLayout layout, Map<String, String> settings) {
    this.plan = plan;
    this.shape = shape;
    this.layout = layout;
    this.settings = settings;
  }

  @Override
  public Iterator<Row> iterator() {
    Configuration conf = new Configuration();
    settings.forEach(conf::set);
    try {
      Records records = plan.open(layout, conf);
      closeWithTask(records);
      Rows rows = new Rows(records);
      rows.readNext();
      return rows;
    } catch (IOException e) {
      throw DamagedFile.explain(plan.path(), e);
    }
  }

  /** A task that fails or is cancelled does not read on to the end, where the file is closed. */
  private static void closeWithTask(Records records) {
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener(
          (TaskCompletionListener)
              ended -> {
                try {
                  records.close();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private final class Rows implements Iterator<Row> {
    private final Records records;
    private @Nullable FeedRecord next;

    Rows(Records records) {
      this.records = records;
    }

    void readNext() {
      try {
        next = records.next();
        if (next == null) {
          requireUnchanged();
          records.close();
        }
      } catch (IOException e) {
        throw DamagedFile.explain(plan.path(), e);
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Row next() {
      FeedRecord record = next;
      if (record == null) {
        throw new NoSuchElementException(plan.path());
      }
      readNext();
      return shape.row(record);
    }

    private void requireUnchanged() throws IOException {
      if (!records.checksum().equals(plan.checksum())) {
        throw new AssayException(
            ExitCode.REFUSED,
            plan.path()
                + " was changed while it was read; nothing of it was published. Deliver files"
                + " under another name and rename them when they are whole, and run again");
      }
    }
  }
}
