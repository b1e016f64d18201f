package dev.assay.audit;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import dev.assay.checks.RowCheck;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.expressions.Window;

/** Row checks as Spark columns that are true where a row passes, and never null. */
final class RowChecks {
  private RowChecks() {}

  /** Whether a row passes a check that looks at it alone. */
  static Column passes(RowCheck check) {
    if (check instanceof RowCheck.NotNull notNull) {
      return col(notNull.column()).isNotNull();
    }
    if (check instanceof RowCheck.Range range) {
      return absentOr(range.column(), within(range));
    }
    if (check instanceof RowCheck.Regex regex) {
      Column text = col(regex.column()).cast("string");
      return absentOr(regex.column(), text.rlike("^(?:" + regex.pattern() + ")$"));
    }
    if (check instanceof RowCheck.InSet inSet) {
      Column text = col(inSet.column()).cast("string");
      return absentOr(inSet.column(), text.isin(inSet.values().toArray()));
    }
    return coalesce(expr(((RowCheck.Expression) check).expression()), lit(false));
  }

  private static Column absentOr(String column, Column holds) {
    return col(column).isNull().or(coalesce(holds, lit(false)));
  }

  private static Column within(RowCheck.Range range) {
    String quoted = "`" + range.column() + "`";
    List<String> bounds = new ArrayList<>();
    if (range.min() != null) {
      bounds.add(quoted + " >= " + range.min());
    }
    if (range.max() != null) {
      bounds.add(quoted + " <= " + range.max());
    }
    return expr(String.join(" AND ", bounds));
  }

  /**
   * Whether a row is the one of its key that is published.
   *
   * @param dropped whether a row is not published whatever its key: those come last
   * @param ties what tells rows of one key apart, in an order that a rerun repeats
   */
  static Column isFirstOfKey(RowCheck.UniqueKey key, Column dropped, List<Column> ties) {
    Column[] keys = key.columns().stream().map(name -> col(name)).toArray(Column[]::new);
    List<Column> order = new ArrayList<>(List.of(dropped));
    order.addAll(ties);
    return row_number()
        .over(Window.partitionBy(keys).orderBy(order.toArray(Column[]::new)))
        .equalTo(1);
  }
}
