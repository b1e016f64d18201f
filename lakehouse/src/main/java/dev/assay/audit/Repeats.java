package dev.assay.audit;

import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.expressions.Window;

/**
 * Which rows repeat another: those that are equal in what was received, and of which checks say the
 * same.
 *
 * @param received the columns that rows are equal in, what is null included
 * @param order which of equal rows is first: it repeats none
 * @param candidate whether a row can repeat another at all
 */
public record Repeats(List<Column> received, List<Column> order, Column candidate) {

  /**
   * Whether a row repeats another.
   *
   * @param failed what the row failed by itself
   */
  Column column(Column failed) {
    List<Column> equal = new ArrayList<>();
    // Rows are sorted by all of these: by a number first, so that texts are hardly compared.
    equal.add(xxhash64(received.toArray(Column[]::new)));
    equal.add(failed);
    equal.addAll(received);
    Column number =
        row_number()
            .over(
                Window.partitionBy(equal.toArray(Column[]::new))
                    .orderBy(order.toArray(Column[]::new)));
    return candidate.and(number.gt(1));
  }
}
