package dev.assay.gold.ads;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A row of silver that a test says as much of as it is about.
 *
 * @param id event_id
 * @param at occurred_at, as {@code 2024-03-10T10:00:00}
 */
record AdEvent(
    String id,
    String user,
    String campaign,
    String ad,
    String type,
    String at,
    String device,
    String country,
    String ageGroup,
    String gender,
    String bid,
    String cost,
    String revenue) {

  /** What the marts read of {@code ads.ad_events}. */
  static final StructType SILVER =
      StructType.fromDDL(
          "day date, event_id string, user_id string, campaign_id string, ad_id string,"
              + " occurred_at timestamp, event_type string, device_type string, country string,"
              + " age_group string, gender string, bid_price decimal(12,4), cost decimal(12,4),"
              + " revenue decimal(12,4)");

  private static final AtomicInteger NUMBER = new AtomicInteger();

  static AdEvent impression(String user, String campaign, String at) {
    return of("impression", user, campaign, at);
  }

  static AdEvent click(String user, String campaign, String at) {
    return of("click", user, campaign, at);
  }

  static AdEvent conversion(String user, String campaign, String at) {
    return of("conversion", user, campaign, at);
  }

  private static AdEvent of(String type, String user, String campaign, String at) {
    String id = String.format("%08d", NUMBER.incrementAndGet());
    return new AdEvent(
        id, user, campaign, "a1", type, at, "mobile", "KR", "18-24", "F", "1", "0", "0");
  }

  AdEvent named(String name) {
    return new AdEvent(
        name, user, campaign, ad, type, at, device, country, ageGroup, gender, bid, cost, revenue);
  }

  AdEvent ofAd(String other) {
    return new AdEvent(
        id, user, campaign, other, type, at, device, country, ageGroup, gender, bid, cost, revenue);
  }

  AdEvent by(String itsDevice, String itsCountry, String itsAgeGroup, String itsGender) {
    return new AdEvent(
        id,
        user,
        campaign,
        ad,
        type,
        at,
        itsDevice,
        itsCountry,
        itsAgeGroup,
        itsGender,
        bid,
        cost,
        revenue);
  }

  AdEvent bidding(String price) {
    return new AdEvent(
        id, user, campaign, ad, type, at, device, country, ageGroup, gender, price, cost, revenue);
  }

  AdEvent costing(String price) {
    return new AdEvent(
        id, user, campaign, ad, type, at, device, country, ageGroup, gender, bid, price, revenue);
  }

  AdEvent earning(String price) {
    return new AdEvent(
        id, user, campaign, ad, type, at, device, country, ageGroup, gender, bid, cost, price);
  }

  Row row() {
    LocalDateTime time = LocalDateTime.parse(at);
    return RowFactory.create(
        Date.valueOf(time.toLocalDate()),
        id,
        user,
        campaign,
        ad,
        java.sql.Timestamp.from(time.toInstant(ZoneOffset.UTC)),
        type,
        device,
        country,
        ageGroup,
        gender,
        new BigDecimal(bid),
        new BigDecimal(cost),
        new BigDecimal(revenue));
  }
}
