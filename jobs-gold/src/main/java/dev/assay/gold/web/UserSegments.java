package dev.assay.gold.web;

import static org.apache.spark.sql.functions.col;

import dev.assay.mart.Mart;
import dev.assay.mart.MartInputs;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Visitors by the first of {@code segments} that holds for their figures as of a date. */
public final class UserSegments implements Mart {

  @Override
  public Dataset<Row> compute(MartInputs inputs) {
    Naming segments =
        Naming.from(inputs.contract().name(), inputs.computed().parameters(), "segments");
    return inputs
        .table("churn_features")
        .select(
            col("user_id"),
            segments.name().as("segment"),
            col("recency_days"),
            col("tenure_days"),
            col("active_days_30d"),
            col("purchases_90d"),
            col("revenue_90d"));
  }

  @Override
  public String version() {
    return "1";
  }
}
