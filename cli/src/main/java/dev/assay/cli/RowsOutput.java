package dev.assay.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Rows of Spark on stdout, as an answer. */
final class RowsOutput {
  /** A machine finds a column whether it has a value or not. */
  private static final Map<String, String> WITH_NULLS = Map.of("ignoreNullFields", "false");

  private RowsOutput() {}

  /**
   * Writes every row; a table has the first of them.
   *
   * @param limit how many
   */
  static void say(Output.Format format, Dataset<Row> rows, int limit) {
    PrintWriter out = Output.out();
    switch (format) {
      case JSON ->
          rows.select(to_json(struct(col("*")), WITH_NULLS))
              .as(Encoders.STRING())
              .toLocalIterator()
              .forEachRemaining(out::println);
      case CSV -> {
        out.println(Output.csv(Arrays.asList(rows.columns())));
        Iterator<Row> all = rows.toLocalIterator();
        while (all.hasNext()) {
          out.println(Output.csv(cells(all.next())));
        }
      }
      case TABLE -> table(out, rows, limit);
    }
  }

  private static void table(PrintWriter out, Dataset<Row> rows, int limit) {
    List<Row> first = rows.takeAsList(limit + 1);
    List<List<String>> cells = new ArrayList<>();
    first.stream().limit(limit).forEach(row -> cells.add(cells(row)));
    Output.table(out, Arrays.asList(rows.columns()), cells);
    if (first.size() > limit) {
      out.println("(the first " + limit + " rows; --limit N or --format csv for more)");
    }
  }

  private static List<String> cells(Row row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      cells.add(text(row.get(i)));
    }
    return cells;
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof java.sql.Timestamp time) {
      return time.toInstant().toString();
    }
    return value instanceof scala.collection.Iterable<?> list
        ? scala.jdk.javaapi.CollectionConverters.asJava(list).toString()
        : value.toString();
  }
}
