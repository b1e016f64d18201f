package dev.assay.audit;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.expressions.Window;

/**
 * Which rows repeat another: those that are equal in what was received, and of which checks say the
 * same.
 *
 * <p>Rows are equal whose 128 bits of hashes are: all that was received need not be carried from
 * where rows are read to where they lie sorted, which is most of what a row would have there. That
 * any two others of a day's billion rows are taken for equal has a chance of one in 10^20, unless
 * their sender contrives it.
 *
 * @param received the columns that rows are equal in, what is null included
 * @param order which of equal rows is first: it repeats none
 * @param candidate whether a row can repeat another at all
 */
public record Repeats(List<Column> received, List<Column> order, Column candidate) {
  private static final String HASH = "_hash";
  private static final String OTHER_HASH = "_other_hash";
  private static final String ORDER = "_order_";
  private static final String CANDIDATE = "_candidate";

  /** What must be known of a row to compare it with others, by the names of columns. */
  Map<String, Column> compared() {
    Map<String, Column> compared = new LinkedHashMap<>();
    compared.put(HASH, RowHash.of(received, 0));
    compared.put(OTHER_HASH, RowHash.of(received, 1));
    for (int i = 0; i < order.size(); i++) {
      compared.put(ORDER + i, order.get(i));
    }
    compared.put(CANDIDATE, coalesce(candidate, lit(false)));
    return compared;
  }

  /** {@link #order} as columns of rows that have what is {@link #compared}. */
  List<Column> inOrder() {
    return IntStream.range(0, order.size()).mapToObj(i -> col(ORDER + i)).toList();
  }

  /**
   * Whether such a row repeats another.
   *
   * @param failed what the row failed by itself
   */
  Column isRepeat(Column failed) {
    Column number =
        row_number()
            .over(
                Window.partitionBy(col(HASH), col(OTHER_HASH), failed)
                    .orderBy(inOrder().toArray(Column[]::new)));
    return col(CANDIDATE).and(number.gt(1));
  }
}
