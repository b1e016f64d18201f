package dev.assay.archive;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.assay.config.TableContract;
import dev.assay.store.LakeStore;
import dev.assay.table.TableLayout;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table's part of the archive: a Parquet file a month, {@code
 * archive/<pipeline>/<table>/2024-02.parquet}, with the table's columns.
 *
 * @param lake the lake
 * @param contract the table's contract
 */
public record Archive(LakeStore lake, TableContract contract) {
  private static final String ENDING = ".parquet";

  /** Its folder below the lake's root. */
  public String folder() {
    return "archive/" + contract.name().pipeline() + "/" + contract.name().table();
  }

  /** A month's file below the lake's root. */
  public String file(YearMonth month) {
    return folder() + "/" + month + ENDING;
  }

  /** The months that have a file, in order. */
  public List<YearMonth> months() {
    return lake.names(folder()).stream()
        .filter(name -> name.endsWith(ENDING))
        .map(name -> YearMonth.parse(name.substring(0, name.length() - ENDING.length())))
        .toList();
  }

  /**
   * Rows of the table, with those of the archive of days that they have not: a day that is in both
   * for a while is there once.
   *
   * @param table rows of the table
   * @param from the first day that is asked for
   * @param to the last
   */
  public Dataset<Row> with(Dataset<Row> table, LocalDate from, LocalDate to) {
    String[] files =
        months().stream()
            .filter(month -> !month.atEndOfMonth().isBefore(from) && !month.atDay(1).isAfter(to))
            .map(month -> lake.path(file(month)).toString())
            .toArray(String[]::new);
    if (files.length == 0) {
      return table;
    }
    String day = contract.partition();
    Dataset<Row> archived =
        table
            .sparkSession()
            .read()
            .schema(TableLayout.of(contract).schema())
            .parquet(files)
            .where(col(day).between(lit(from), lit(to)));
    Dataset<Row> present = table.select(day).distinct();
    return table.unionByName(archived.join(present, new String[] {day}, "left_anti"), true);
  }
}
