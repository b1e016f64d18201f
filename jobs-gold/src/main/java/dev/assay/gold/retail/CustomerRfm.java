package dev.assay.gold.retail;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.ntile;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.typesafe.config.Config;
import dev.assay.gold.ScoreSegments;
import dev.assay.mart.Mart;
import dev.assay.mart.MartInputs;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Known customers with a sale in the window, scored by recency, frequency and monetary value: each
 * score is the fifth of the customers that one is in, 5 the best, ties by customer_id (Hughes,
 * "Strategic Database Marketing", 1994). Parameter {@code segments} names the pairs of R and F.
 */
public final class CustomerRfm implements Mart {
  private static final int FIFTHS = 5;

  @Override
  public Dataset<Row> compute(MartInputs inputs) {
    Config parameters = inputs.computed().parameters();
    ScoreSegments segments = ScoreSegments.from(inputs.contract().name(), parameters, "r", "f");
    Column isSale = col("kind").equalTo("sale");
    Dataset<Row> customers =
        inputs
            .table("order_lines")
            .where(col("customer_id").isNotNull())
            .groupBy("customer_id")
            .agg(
                max(when(isSale, col("day"))).as("last_sale"),
                count_distinct(when(isSale, col("invoice_no"))).as("frequency"),
                sum("amount").cast("decimal(28,4)").as("monetary"))
            .where(col("last_sale").isNotNull());
    return customers
        .withColumn("recency_days", datediff(lit(inputs.date()), col("last_sale")))
        .withColumn("r_score", fifth(col("recency_days").desc()))
        .withColumn("f_score", fifth(col("frequency").asc()))
        .withColumn("m_score", fifth(col("monetary").asc()))
        .withColumn("segment", segments.nameOf(col("r_score"), col("f_score")))
        .drop("last_sale");
  }

  private static Column fifth(Column worstFirst) {
    return ntile(FIFTHS).over(Window.orderBy(worstFirst, col("customer_id").asc()));
  }

  @Override
  public String version() {
    return "1";
  }
}
