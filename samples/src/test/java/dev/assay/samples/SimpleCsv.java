package dev.assay.samples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads generated CSV with nothing of what wrote it; no generated field is quoted. */
final class SimpleCsv {
  private SimpleCsv() {}

  /** The lines of files, their headers left out where they have any. */
  static List<String[]> lines(Collection<Path> files, boolean header) throws IOException {
    List<String[]> lines = new ArrayList<>();
    for (Path file : files) {
      try (BufferedReader reader = reader(file)) {
        if (header) {
          reader.readLine();
        }
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.add(line.split(",", -1));
        }
      }
    }
    return lines;
  }

  /** The rows of files by column; a line with fewer fields than columns has no row. */
  static List<Map<String, String>> rows(Collection<Path> files, List<String> columns)
      throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    for (String[] fields : lines(files, true)) {
      if (fields.length == columns.size()) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < fields.length; i++) {
          row.put(columns.get(i), fields[i]);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static BufferedReader reader(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    boolean packed = file.toString().endsWith(".gz");
    return new BufferedReader(
        new InputStreamReader(packed ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8));
  }
}
