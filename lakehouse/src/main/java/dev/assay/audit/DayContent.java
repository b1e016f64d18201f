package dev.assay.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.sum;

import dev.assay.config.ColumnContract;
import dev.assay.config.TableContract;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the rows of a day come to: equal for equal rows, wherever they are kept.
 *
 * @param rows how many there are
 * @param hash of their values, in any order
 */
public record DayContent(long rows, String hash) {
  private static final long LOW_WORD = 0xFFFFFFFFL;
  private static final int INT_BITS = 32;

  /**
   * The content of each day of which there are rows.
   *
   * @param rows the columns of the contract
   */
  public static SortedMap<LocalDate, DayContent> of(Dataset<Row> rows, TableContract contract) {
    List<String> columns = contract.columns().stream().map(ColumnContract::name).toList();
    Column hash =
        RowHash.of(
            columns,
            contract.columns().stream()
                .filter(ColumnContract::nullable)
                .map(ColumnContract::name)
                .collect(Collectors.toSet()));
    SortedMap<LocalDate, DayContent> contents = new TreeMap<>();
    rows.select(col("`" + contract.partition() + "`").as("day"), hash.as("hash"))
        .groupBy("day")
        .agg(
            count(lit(1)),
            // In halves, so that the sums hold, as those of a publication.
            sum(shiftrightunsigned(col("hash"), INT_BITS)),
            sum(col("hash").bitwiseAND(lit(LOW_WORD))))
        .collectAsList()
        .forEach(
            row ->
                contents.put(
                    row.getDate(0).toLocalDate(),
                    new DayContent(
                        row.getLong(1),
                        Long.toHexString(row.getLong(2))
                            + "-"
                            + Long.toHexString(row.getLong(3)))));
    return contents;
  }
}
