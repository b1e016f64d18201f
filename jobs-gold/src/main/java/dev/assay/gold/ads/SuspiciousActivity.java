package dev.assay.gold.ads;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.window;

import dev.assay.mart.Mart;
import dev.assay.mart.MartInputs;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Minutes of a user with a campaign that look like fraud: scored by their figures, and kept if
 * high.
 */
public final class SuspiciousActivity implements Mart {

  @Override
  public Dataset<Row> compute(MartInputs inputs) {
    FraudScores scores = FraudScores.from(inputs.contract().name(), inputs.computed().parameters());
    return suspicious(inputs.table("ad_events"), scores);
  }

  /**
   * The suspicious minutes among events at rest, or in a stream with a watermark on {@code
   * occurred_at}: minute timestamp, user_id, campaign_id, events bigint, distinct_ads bigint,
   * avg_bid_price decimal, fraud_score double.
   *
   * @param events with occurred_at, user_id, campaign_id, ad_id and bid_price
   */
  public static Dataset<Row> suspicious(Dataset<Row> events, FraudScores scores) {
    return events
        .groupBy(
            window(col("occurred_at"), "1 minute").as("window"), col("user_id"), col("campaign_id"))
        .agg(
            count(lit(1)).as("events"),
            // A stream has no distinct counts, and the ads of a user's minute are few.
            size(collect_set("ad_id")).cast("bigint").as("distinct_ads"),
            avg("bid_price").as("avg_bid_price"))
        .select(
            col("window.start").as("minute"),
            col("user_id"),
            col("campaign_id"),
            col("events"),
            col("distinct_ads"),
            col("avg_bid_price"))
        .withColumn("fraud_score", scores.rules().first().cast("double"))
        .where(col("fraud_score").gt(scores.keptOver()));
  }

  @Override
  public String version() {
    return "1";
  }
}
