package dev.assay.bronze;

import dev.assay.config.FeedConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What is in a file, as a test compares it. */
final class RecordTexts {
  private RecordTexts() {}

  /** Each record: its position, then its fields, or why it has none. */
  static List<String> of(java.nio.file.Path file, FeedConfig feed) throws IOException {
    List<String> texts = new ArrayList<>();
    try (Records records = open(file, feed)) {
      for (FeedRecord next = records.next(); next != null; next = records.next()) {
        String what = next.malformed() == null ? Arrays.toString(next.fields()) : next.malformed();
        texts.add(next.position() + " " + what);
      }
    }
    return texts;
  }

  /** What is kept of each record that has no fields. */
  static List<String> raw(java.nio.file.Path file, FeedConfig feed) throws IOException {
    List<String> texts = new ArrayList<>();
    try (Records records = open(file, feed)) {
      for (FeedRecord next = records.next(); next != null; next = records.next()) {
        byte[] raw = next.raw();
        if (raw != null) {
          texts.add(new String(raw, StandardCharsets.UTF_8));
        }
      }
    }
    return texts;
  }

  /** The names of its fields. */
  static List<String> names(java.nio.file.Path file, FeedConfig feed) throws IOException {
    try (Records records = open(file, feed)) {
      return List.copyOf(records.names());
    }
  }

  private static Records open(java.nio.file.Path file, FeedConfig feed) throws IOException {
    Path path = new Path(file.toUri());
    return FileFormat.open(
        path, FileFormat.of(feed, path), TextLayout.of(feed), new Configuration());
  }
}
