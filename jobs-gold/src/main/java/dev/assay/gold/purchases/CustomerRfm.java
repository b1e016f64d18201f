package dev.assay.gold.purchases;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.ntile;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.assay.gold.ScoreSegments;
import dev.assay.mart.Mart;
import dev.assay.mart.MartInputs;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Customers scored by recency, frequency and monetary value: each score is the fifth of the
 * customers that one is in, 5 the best, ties by user_id (Hughes, "Strategic Database Marketing",
 * 1994). Who has no purchase with a time has no recency, and is scored by the other two; so
 * parameter {@code segments} names the pairs of F and M.
 */
public final class CustomerRfm implements Mart {
  private static final int FIFTHS = 5;

  @Override
  public Dataset<Row> compute(MartInputs inputs) {
    ScoreSegments segments =
        ScoreSegments.from(inputs.contract().name(), inputs.computed().parameters(), "f", "m");
    Dataset<Row> customers =
        inputs
            .table("purchases")
            .groupBy("user_id")
            .agg(
                max(col("purchased_at").cast("date")).as("last_purchase"),
                count(lit(1)).as("frequency"),
                sum("purchase").cast("decimal(22,2)").as("monetary"));
    Column hasRecency = col("recency_days").isNotNull();
    return customers
        .withColumn("recency_days", datediff(lit(inputs.date()), col("last_purchase")))
        // Those without recency are a partition of their own, lest they take places of others.
        .withColumn("r_score", when(hasRecency, fifth(hasRecency, col("recency_days").desc())))
        .withColumn("f_score", fifth(lit(true), col("frequency").asc()))
        .withColumn("m_score", fifth(lit(true), col("monetary").asc()))
        .withColumn("score", meanScore())
        .withColumn("segment", segments.nameOf(col("f_score"), col("m_score")))
        .drop("last_purchase");
  }

  private static Column fifth(Column among, Column worstFirst) {
    return ntile(FIFTHS).over(Window.partitionBy(among).orderBy(worstFirst, col("user_id").asc()));
  }

  private static Column meanScore() {
    Column sum = coalesce(col("r_score"), lit(0)).plus(col("f_score")).plus(col("m_score"));
    return sum.cast("double").divide(when(col("r_score").isNull(), lit(2)).otherwise(lit(3)));
  }

  @Override
  public String version() {
    return "1";
  }
}
