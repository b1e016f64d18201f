package dev.assay.gold.retail;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What known customers bought, as models of customers take it: the sales of a day are one purchase,
 * of what they amount to, and a day of gifts alone is none.
 */
final class CustomerHistories {
  private static final String MONEY = "decimal(28,4)";

  private CustomerHistories() {}

  /**
   * A row a known customer who bought: customer_id bigint; first_purchase date; orders bigint,
   * sales and historic_value decimal(28,4); repeats bigint, the purchases after the first;
   * recency_days int, from the first to the last; tenure_days int, from the first to the date;
   * repeat_mean double, what a repeat amounted to, 0 without any.
   *
   * @param lines order lines up to a date
   */
  static Dataset<Row> of(Dataset<Row> lines, LocalDate date) {
    Dataset<Row> known = lines.where(col("customer_id").isNotNull());
    return purchases(known, date).join(trade(known), "customer_id");
  }

  private static Dataset<Row> trade(Dataset<Row> known) {
    Column isSale = col("kind").equalTo("sale");
    return known
        .groupBy("customer_id")
        .agg(
            count_distinct(when(isSale, col("invoice_no"))).as("orders"),
            sum(when(isSale, col("amount"))).cast(MONEY).as("sales"),
            sum("amount").cast(MONEY).as("historic_value"));
  }

  private static Dataset<Row> purchases(Dataset<Row> known, LocalDate date) {
    Dataset<Row> perDay =
        known
            .where(col("kind").equalTo("sale"))
            .groupBy("customer_id", "day")
            .agg(sum("amount").as("amount"))
            .where(col("amount").gt(0));
    Column repeated = sum("amount").minus(min_by(col("amount"), col("day"))).cast("double");
    return perDay
        .groupBy("customer_id")
        .agg(
            min("day").as("first_purchase"),
            max("day").as("last_purchase"),
            count(lit(1)).minus(1).as("repeats"),
            repeated.as("repeated"))
        .withColumn("recency_days", datediff(col("last_purchase"), col("first_purchase")))
        .withColumn("tenure_days", datediff(lit(date), col("first_purchase")))
        .withColumn(
            "repeat_mean",
            coalesce(when(col("repeats").gt(0), col("repeated").divide(col("repeats"))), lit(0.0)))
        .drop("last_purchase", "repeated");
  }
}
