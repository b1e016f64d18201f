package dev.assay.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;

/**
 * A hash of a row. Spark's own passes over what is null, so that a value would hash alike in either
 * of two columns; here each value of a column that may be null comes with that column's name. A row
 * still hashes as before when its table gains a column that it has nothing in.
 */
final class RowHash {
  private RowHash() {}

  /**
   * One of several hashes of columns that may all be null, as a bigint. A value comes with its
   * column's place, not its name.
   *
   * @param which the hash's number: rows that are alike in one differ in another
   */
  static Column of(List<Column> columns, int which) {
    List<Column> hashed = new ArrayList<>();
    hashed.add(lit(which));
    for (int i = 0; i < columns.size(); i++) {
      hashed.add(when(columns.get(i).isNotNull(), lit(i)));
      hashed.add(columns.get(i));
    }
    return xxhash64(hashed.toArray(Column[]::new));
  }

  /**
   * The hash, as a bigint.
   *
   * @param columns the columns that it is of
   * @param nullable those of them that may be null
   */
  static Column of(List<String> columns, Set<String> nullable) {
    List<Column> hashed = new ArrayList<>();
    for (String name : columns) {
      Column column = col("`" + name + "`");
      if (nullable.contains(name)) {
        hashed.add(when(column.isNotNull(), lit(name.hashCode())));
      }
      hashed.add(column);
    }
    return xxhash64(hashed.toArray(Column[]::new));
  }
}
