package dev.assay.audit;

import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.expressions.Window;

/**
 * Which rows repeat another. Checks say the same of all of them, since they look at what was
 * received.
 *
 * @param received the columns that rows are equal in, what is null included
 * @param order which of equal rows is first: it repeats none
 * @param candidate whether a row can repeat another at all
 */
public record Repeats(List<Column> received, List<Column> order, Column candidate) {

  /** Whether a row repeats another. */
  Column column() {
    List<Column> equal = new ArrayList<>();
    // Rows are sorted by all of these: by a number first, so that texts are hardly compared.
    equal.add(xxhash64(received.toArray(Column[]::new)));
    equal.addAll(received);
    Column number =
        row_number()
            .over(
                Window.partitionBy(equal.toArray(Column[]::new))
                    .orderBy(order.toArray(Column[]::new)));
    return candidate.and(number.gt(1));
  }
}
