package dev.assay.gold.web;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A row of silver that a test says as much of as it is about.
 *
 * @param id event_id, in the order in which events are made
 * @param at occurred_at, as {@code 2024-03-10T10:00}
 * @param way how the visitor came
 */
record WebEvent(
    String id,
    String user,
    String type,
    String at,
    String page,
    Way way,
    String device,
    String revenue) {

  /** What the marts read of {@code web.web_events}. */
  static final StructType SILVER =
      StructType.fromDDL(
          "day date, event_id string, user_id string, occurred_at timestamp, event_type string,"
              + " page string, referrer string, utm_source string, utm_medium string,"
              + " utm_campaign string, device_type string, revenue decimal(12,4),"
              + " cost decimal(12,4), feature string");

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** What led to a page. */
  record Way(
      @Nullable String referrer,
      @Nullable String source,
      @Nullable String medium,
      @Nullable String campaign) {
    static final Way DIRECT = new Way(null, null, null, null);
    static final Way EMAIL = new Way(null, "crm", "email", null);
    static final Way SEARCH = new Way("https://www.google.com/", null, null, null);
    static final Way SOCIAL = new Way("https://www.facebook.com/", null, null, null);
  }

  static WebEvent event(String user, String type, String at) {
    String id = String.format("%08d", NUMBER.incrementAndGet());
    return new WebEvent(id, user, type, at, "/", Way.DIRECT, "mobile", "0");
  }

  static WebEvent view(String user, String at) {
    return event(user, "page_view", at);
  }

  static WebEvent purchase(String user, String at, String revenue) {
    WebEvent event = event(user, "purchase", at);
    return new WebEvent(
        event.id, user, event.type, at, "/thanks", event.way, event.device, revenue);
  }

  WebEvent named(String name) {
    return new WebEvent(name, user, type, at, page, way, device, revenue);
  }

  WebEvent of(String itsPage) {
    return new WebEvent(id, user, type, at, itsPage, way, device, revenue);
  }

  WebEvent by(Way itsWay) {
    return new WebEvent(id, user, type, at, page, itsWay, device, revenue);
  }

  WebEvent on(String itsDevice) {
    return new WebEvent(id, user, type, at, page, way, itsDevice, revenue);
  }

  Row row() {
    LocalDateTime time = LocalDateTime.parse(at);
    return RowFactory.create(
        Date.valueOf(time.toLocalDate()),
        id,
        user,
        Timestamp.from(time.toInstant(ZoneOffset.UTC)),
        type,
        page,
        way.referrer(),
        way.source(),
        way.medium(),
        way.campaign(),
        device,
        new BigDecimal(revenue),
        BigDecimal.ZERO,
        null);
  }
}
