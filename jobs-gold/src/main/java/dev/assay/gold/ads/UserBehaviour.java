package dev.assay.gold.ads;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.mode;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import com.typesafe.config.Config;
import dev.assay.mart.Mart;
import dev.assay.mart.MartDurations;
import dev.assay.mart.MartInputs;
import java.time.Duration;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Users with events in the window: sessions, events, money, what they use most, and their segment.
 *
 * <p>A session ends where the next event comes later than {@code session-gap} (30 minutes is the
 * custom of web analytics); midnight does not end it. {@code segments} names users by their
 * figures.
 */
public final class UserBehaviour implements Mart {
  private static final Set<String> FIGURES =
      Set.of(
          "sessions",
          "total_events",
          "impressions",
          "clicks",
          "conversions",
          "campaigns",
          "ads",
          "cost",
          "revenue");

  @Override
  public Dataset<Row> compute(MartInputs inputs) {
    Config parameters = inputs.computed().parameters();
    Rules segments = Rules.from(inputs.contract().name(), parameters, "segments", "name", FIGURES);
    Duration gap = MartDurations.read(inputs.contract().name(), parameters, "session-gap");
    Dataset<Row> events =
        inputs.table("ad_events").withColumn("starts_session", startsSession(gap));
    // The rows of a user lie together since their gaps were looked at: nothing is exchanged again.
    return users(events).withColumn("segment", segments.first());
  }

  private static Dataset<Row> users(Dataset<Row> events) {
    Column ofConversion = when(isA("conversion"), col("revenue"));
    return events
        .groupBy("user_id")
        .agg(
            count_if(col("starts_session")).as("sessions"),
            count(lit(1)).as("total_events"),
            count_if(isA("impression")).as("impressions"),
            count_if(isA("click")).as("clicks"),
            count_if(isA("conversion")).as("conversions"),
            // Sets of a user are small, and two distinct counts would take each row three times.
            size(collect_set("campaign_id")).cast("bigint").as("campaigns"),
            size(collect_set("ad_id")).cast("bigint").as("ads"),
            sum("cost").cast("decimal(28,4)").as("cost"),
            coalesce(sum(ofConversion), lit(0)).cast("decimal(28,4)").as("revenue"),
            mostFrequent("device_type"),
            mostFrequent("country"),
            mostFrequent("age_group"),
            mostFrequent("gender"));
  }

  /** Whether a user's event comes later after the one before than a session lasts without one. */
  private static Column startsSession(Duration gap) {
    Column at = unix_micros(col("occurred_at"));
    Column before = lag(at, 1).over(Window.partitionBy("user_id").orderBy("occurred_at"));
    return before.isNull().or(at.minus(before).gt(MartDurations.micros(gap)));
  }

  private static Column isA(String type) {
    return col("event_type").equalTo(type);
  }

  /** Of values that are equally frequent, the first by name. */
  private static Column mostFrequent(String column) {
    return mode(col(column), true).as(column);
  }

  @Override
  public String version() {
    return "1";
  }
}
