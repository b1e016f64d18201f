package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.FeedConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that landed, as DuckDB reads them: a table a bronze table, under its name, with {@code
 * row_id}, {@code landing_date} and the feed's columns as text. What is no record of the file's
 * format is left out, as what silver would refuse in any case.
 *
 * @param config whose feeds they are
 * @param duck where the tables are made
 */
record LandedTables(AssayConfig config, Duck duck) {
  /** How many days before a pipeline's start a snapshot may have landed, at most. */
  private static final int EARLIER = 7;

  private static final String CSV =
      "read_csv('%1$s', columns = {%2$s}, header = %3$s, auto_detect = false, delim = '%4$s',"
          + " quote = '%5$s', escape = '%5$s', nullstr = '', allow_quoted_nulls = false,"
          + " ignore_errors = true)";

  /**
   * Makes the tables of what landed up to a day, of a snapshot also before the first; days on which
   * nothing landed are no business days.
   */
  void make(LocalDate from, LocalDate to) {
    duck.run("CREATE SEQUENCE row_ids");
    for (TableContract bronze : config.pipeline().tablesOf(Stage.BRONZE)) {
      String table = bronze.name().table();
      FeedConfig feed = config.pipeline().feedOf(table);
      duck.run(
          "CREATE TABLE %s(row_id BIGINT DEFAULT nextval('row_ids'), landing_date DATE, %s)"
              .formatted(table, each(feed.columns(), "\"%s\" VARCHAR")));
      LocalDate first = feed.snapshot() ? config.pipeline().start().minusDays(EARLIER) : from;
      first.datesUntil(to.plusDays(1)).forEach(day -> land(table, feed, day));
      if (!feed.snapshot()) {
        duck.run(
            "DELETE FROM business_days WHERE day NOT IN (SELECT landing_date FROM %s)"
                .formatted(table));
      }
    }
  }

  private void land(String table, FeedConfig feed, LocalDate day) {
    for (Path file : files(feed, day)) {
      List<String> fields = fields(feed, file);
      String columns = each(fields, "\"%s\"");
      duck.run(
          "INSERT INTO %s(landing_date, %s) SELECT DATE '%s', %s FROM %s"
              .formatted(table, columns, day, columns, reader(feed, file, fields)));
    }
  }

  /** The files of a landing date: one, or those of a folder. */
  private static List<Path> files(FeedConfig feed, LocalDate day) {
    Path path = Path.of(feed.files().replace("{date}", day.toString()));
    if (!String.valueOf(path.getFileName()).equals("*")) {
      return Files.exists(path) ? List.of(path) : List.of();
    }
    Path folder = path.getParent();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file's fields: of a CSV with a header those, in their order, else the feed's columns. */
  private static List<String> fields(FeedConfig feed, Path file) {
    if (!isCsv(file) || !feed.header()) {
      return feed.columns();
    }
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      // No feed has a comma in a name; the generator quotes the name that is empty.
      String[] names = lines.readLine().replaceAll("[\uFEFF\"]", "").split(",", -1);
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < names.length; i++) {
        fields.add(names[i].isEmpty() ? "_column_" + (i + 1) : FeedConfig.columnName(names[i]));
      }
      return fields;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String reader(FeedConfig feed, Path file, List<String> fields) {
    if (isCsv(file)) {
      return CSV.formatted(
          file, each(fields, "'%s': 'VARCHAR'"), feed.header() ? "true" : "false", ",", "\"");
    }
    if (!file.toString().endsWith(".json")) {
      return "read_parquet('%s')".formatted(file);
    }
    // Line by line, since DuckDB's own reader takes the next line for the rest of a torn one.
    String lines = CSV.formatted(file, "'line': 'VARCHAR'", "false", "\t", "");
    return "(SELECT %s FROM %s WHERE json_valid(line))"
        .formatted(each(fields, "line->>'%1$s' AS \"%1$s\""), lines);
  }

  private static boolean isCsv(Path file) {
    return file.toString().endsWith(".csv");
  }

  private static String each(List<String> columns, String form) {
    return columns.stream().map(form::formatted).collect(Collectors.joining(", "));
  }
}
