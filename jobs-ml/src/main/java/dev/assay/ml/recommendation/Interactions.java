package dev.assay.ml.recommendation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;

import dev.assay.ml.Parameters;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Who took which items, a row a pair: {@code user}, {@code item}, {@code rating} and, of those to
 * be learned from, {@code held_out}. A user without an item is there, and took none.
 *
 * @param rows the pairs
 */
record Interactions(Dataset<Row> rows) {
  static final String USER = "user";
  static final String ITEM = "item";
  static final String RATING = "rating";
  static final String HELD_OUT = "held_out";

  /** Pairs as a query gives them, under these names. */
  static Interactions of(Dataset<Row> given, Parameters parameters) {
    Dataset<Row> rows =
        given
            .withColumnRenamed(parameters.text("user"), USER)
            .withColumnRenamed(parameters.text("item"), ITEM);
    boolean isParted = Arrays.asList(rows.columns()).contains(HELD_OUT);
    return new Interactions(isParted ? rows : rows.withColumn(HELD_OUT, lit(false)));
  }

  Interactions learnedFrom() {
    return new Interactions(rows.where(not(col(HELD_OUT))));
  }

  Interactions heldOut() {
    return new Interactions(rows.where(col(HELD_OUT)));
  }

  /** Those that are pairs. */
  Interactions pairs() {
    return new Interactions(rows.where(col(ITEM).isNotNull()));
  }

  Dataset<Row> users() {
    return rows.select(USER).distinct();
  }

  /** The items that most users took, with their place from 1 and the share of users. */
  List<Row> popular(int most) {
    Column[] order = {col("users").desc(), col(ITEM)};
    return rows.groupBy(ITEM)
        .agg(count(lit(1)).as("users"))
        .withColumn("place", row_number().over(Window.orderBy(order)))
        .where(col("place").leq(most))
        .orderBy("place")
        .collectAsList();
  }
}
