package dev.assay.gold.ads;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.assay.mart.Mart;
import dev.assay.mart.MartDurations;
import dev.assay.mart.MartInputs;
import java.time.Duration;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What led to a day's conversions: of each, its user's impressions and clicks from {@code
 * look-back} before it to its own instant, both inclusive, in the order of time, ties by event_id;
 * or one row of position 0, if there were none.
 *
 * <p>Each touchpoint looks ahead for conversions, which are few; so no row is exchanged but once,
 * by user, and no table is joined with itself.
 */
public final class ConversionPaths implements Mart {
  private static final double MICROS_AN_HOUR = 3.6e9;

  @Override
  public Dataset<Row> compute(MartInputs inputs) {
    Duration lookBack = MartDurations.readBack(inputs, "look-back");
    Dataset<Row> events =
        inputs
            .table("ad_events")
            .select(
                "day",
                "event_id",
                "user_id",
                "campaign_id",
                "ad_id",
                "event_type",
                "occurred_at",
                "revenue");
    return numbered(touched(events, inputs.date(), lookBack));
  }

  /** A row a touchpoint of a conversion, and one a conversion, whose touchpoint is null. */
  private static Dataset<Row> touched(Dataset<Row> events, LocalDate day, Duration lookBack) {
    Column isConversion = col("event_type").equalTo("conversion");
    Column isTouchpoint = col("event_type").isin("impression", "click");
    Column conversion =
        struct(
            col("event_id").as("conversion_id"),
            col("occurred_at").as("converted_at"),
            col("revenue"));
    Column reach = unix_micros(col("occurred_at")).plus(MartDurations.micros(lookBack));
    Column within =
        filter(col("ahead"), later -> unix_micros(later.getField("converted_at")).leq(reach));
    Dataset<Row> looking =
        events
            .where(isTouchpoint.or(isConversion.and(col("day").equalTo(lit(day)))))
            .withColumn("own", when(isConversion, conversion))
            .withColumn("ahead", collect_list(col("own")).over(fromTheLast()));
    return looking.select(
        explode(when(isConversion, array(col("own"))).otherwise(within)).as("conversion"),
        col("user_id"),
        when(isTouchpoint, col("event_id")).as("touch_id"),
        when(isTouchpoint, col("campaign_id")).as("campaign_id"),
        when(isTouchpoint, col("ad_id")).as("ad_id"),
        when(isTouchpoint, col("event_type")).as("type"),
        when(isTouchpoint, col("occurred_at")).as("touched_at"));
  }

  /** A user's events from the last down to one's own instant, which belongs to it. */
  private static WindowSpec fromTheLast() {
    return Window.partitionBy("user_id")
        .orderBy(col("occurred_at").desc())
        .rangeBetween(Window.unboundedPreceding(), Window.currentRow());
  }

  private static Dataset<Row> numbered(Dataset<Row> touched) {
    Column converted = unix_micros(col("converted_at"));
    WindowSpec path =
        Window.partitionBy("user_id", "conversion_id")
            .orderBy(col("touched_at").asc_nulls_first(), col("touch_id").asc());
    WindowSpec all = path.rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
    return touched
        .select(
            col("conversion.*"),
            col("user_id"),
            col("touch_id"),
            col("campaign_id"),
            col("ad_id"),
            col("type"),
            col("touched_at"))
        // The conversion's own row is the first, so its position is 0.
        .withColumn("position", row_number().over(path).minus(1))
        .withColumn("touchpoints", count(lit(1)).over(all).minus(1).cast("int"))
        .where(col("position").gt(0).or(col("touchpoints").equalTo(0)))
        .withColumn(
            "hours_before_conversion",
            converted.minus(unix_micros(col("touched_at"))).divide(MICROS_AN_HOUR))
        .drop("touch_id");
  }

  @Override
  public String version() {
    return "1";
  }
}
