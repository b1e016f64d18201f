package dev.assay.gold.web;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.unix_micros;

import com.typesafe.config.Config;
import dev.assay.config.TableName;
import dev.assay.mart.Mart;
import dev.assay.mart.MartDurations;
import dev.assay.mart.MartInputs;
import java.time.Duration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The sessions that began on a day, each by its first event: {@code session_id}, {@code user_id},
 * {@code started_at}, {@code channel}, and what the event says of the way that led here.
 *
 * <p>A session ends where the user's next event, ties in time by event_id, comes later than {@code
 * session-gap} (30 minutes is the custom of web analytics); midnight does not end it. {@code
 * channels} names the channel by source, medium, campaign and the referrer's host.
 */
public final class Touchpoints implements Mart {
  /**
   * Of an address of any scheme, as android-app has its own, or with none, as some browsers send.
   */
  private static final String HOST =
      "^(?:[a-z][a-z0-9+.-]*://(?:[^/@]*@)?|(?=[a-z0-9-]+(?:[.][a-z0-9-]+)+(?:[/:?#]|$)))([^/:?#]+)";

  @Override
  public Dataset<Row> compute(MartInputs inputs) {
    TableName table = inputs.contract().name();
    Config parameters = inputs.computed().parameters();
    Naming channels = Naming.from(table, parameters, "channels");
    Duration gap = MartDurations.readBack(inputs, "session-gap");
    return firstEvents(inputs, gap)
        .withColumn("source", orNothing(col("utm_source")))
        .withColumn("medium", orNothing(col("utm_medium")))
        .withColumn("campaign", orNothing(col("utm_campaign")))
        .withColumn("host", host(orNothing(col("referrer"))))
        .select(
            col("event_id").as("session_id"),
            col("user_id"),
            col("occurred_at").as("started_at"),
            channels.name().as("channel"),
            col("utm_source"),
            col("utm_medium"),
            col("utm_campaign"),
            col("referrer"),
            col("page"),
            col("device_type"));
  }

  private static Dataset<Row> firstEvents(MartInputs inputs, Duration gap) {
    Column at = unix_micros(col("occurred_at"));
    Column before =
        lag(at, 1).over(Window.partitionBy("user_id").orderBy("occurred_at", "event_id"));
    long longest = MartDurations.micros(gap);
    return inputs
        .table("web_events")
        .withColumn("begins", before.isNull().or(at.minus(before).gt(longest)))
        .where(col("begins").and(col("day").equalTo(lit(inputs.date()))));
  }

  /** In lower case; a condition on what is not there is then false, and not null. */
  private static Column orNothing(Column text) {
    return lower(coalesce(text, lit("")));
  }

  private static Column host(Column address) {
    return regexp_extract(address, HOST, 1);
  }

  @Override
  public String version() {
    return "2";
  }
}
