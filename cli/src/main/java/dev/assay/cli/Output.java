package dev.assay.cli;

import dev.assay.store.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Answers on stdout: tables for people, JSON and CSV for machines. */
final class Output {
  private static final int WIDEST = 60;

  /** How an answer is written. */
  enum Format {
    TABLE,
    CSV,
    JSON
  }

  private Output() {}

  /** Stdout, as UTF-8. */
  static PrintWriter out() {
    return new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  }

  /** Says many lines, all of which are there when it is done; each alone would be a write. */
  private static void many(Consumer<PrintWriter> said) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    said.accept(out);
    out.flush();
  }

  /** Writes rows as columns of equal width under their heads; only the last may be long. */
  static void table(PrintWriter out, List<String> heads, List<List<String>> rows) {
    int[] widths = new int[heads.size()];
    List<List<String>> all = new ArrayList<>();
    all.add(heads);
    all.addAll(rows);
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], cell(row, i).length());
      }
    }
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = cell(row, i);
        line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** Answers with records, in whatever form was asked for. */
  static <T> void say(
      Format format, List<T> records, List<String> heads, Function<T, List<String>> cells) {
    switch (format) {
      case JSON -> out().println(Json.pretty(records));
      case CSV ->
          many(
              out -> {
                out.println(csv(heads));
                records.forEach(one -> out.println(csv(cells.apply(one))));
              });
      case TABLE -> many(out -> table(out, heads, records.stream().map(cells).toList()));
    }
  }

  /** One line of CSV, quoted where it must be (RFC 4180). */
  static String csv(List<String> cells) {
    List<String> quoted = new ArrayList<>();
    for (String cell : cells) {
      boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      quoted.add(plain ? cell : '"' + cell.replace("\"", "\"\"") + '"');
    }
    return String.join(",", quoted);
  }

  private static String cell(List<String> row, int column) {
    String oneLine = row.get(column).replace('\n', ' ');
    boolean whole = oneLine.length() <= WIDEST || column == row.size() - 1;
    return whole ? oneLine : oneLine.substring(0, WIDEST - 1) + "…";
  }
}
