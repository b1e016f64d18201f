package dev.assay.gold.web;

import static dev.assay.gold.web.WebEvent.event;
import static dev.assay.gold.web.WebEvent.purchase;
import static dev.assay.gold.web.WebEvent.view;
import static dev.assay.gold.web.WebPipeline.DAY;
import static dev.assay.gold.web.WebPipeline.after;
import static dev.assay.gold.web.WebPipeline.texts;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.gold.web.WebEvent.Way;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Sketches of visitors, and what is answered from their unions. */
class WebSketchesTest {
  private static final String MORNING = "2024-03-10T09:00";
  private static final String PRECISION =
      "pipeline.tables.visitor_sketches.parameters.precision-levels.monthly";

  @Test
  void visitorsAreSketchedByHourAndByDayInEveryDimension() {
    WebPipeline web =
        after(
            view("u1", MORNING).of("/a").by(Way.EMAIL),
            event("u1", "checkout", "2024-03-10T09:10").of("/b"),
            view("u2", "2024-03-10T10:00").of("/a").on("desktop").by(Way.SEARCH),
            view("u1", "2024-03-10T10:00").of("/a"));

    assertThat(estimates(web.mart("visitor_sketches")))
        .containsExactly(
            "day 0 channel direct 16 1",
            "day 0 channel email 16 1",
            "day 0 channel organic_search 16 1",
            "day 0 device_type desktop 16 1",
            "day 0 device_type mobile 16 1",
            "day 0 device_type+channel desktop+organic_search 16 1",
            "day 0 device_type+channel mobile+direct 16 1",
            "day 0 device_type+channel mobile+email 16 1",
            "day 0 event_type checkout 16 1",
            "day 0 event_type page_view 16 2",
            "day 0 page /a 16 2",
            "day 0 page /b 16 1",
            "day 0 total all 16 2",
            "hour 10 channel direct 16 1",
            "hour 10 channel organic_search 16 1",
            "hour 10 device_type desktop 16 1",
            "hour 10 device_type mobile 16 1",
            "hour 10 device_type+channel desktop+organic_search 16 1",
            "hour 10 device_type+channel mobile+direct 16 1",
            "hour 10 event_type page_view 16 2",
            "hour 10 total all 16 2",
            "hour 9 channel email 16 1",
            "hour 9 device_type mobile 16 1",
            "hour 9 device_type+channel mobile+email 16 1",
            "hour 9 event_type checkout 16 1",
            "hour 9 event_type page_view 16 1",
            "hour 9 total all 16 1");
  }

  @Test
  void aDaysSketchIsTheUnionOfItsHours() {
    WebEvent[] events =
        IntStream.range(0, 6000)
            .mapToObj(i -> view("u" + i % 4000, String.format("2024-03-10T%02d:00", i / 500)))
            .toArray(WebEvent[]::new);
    Dataset<Row> sketches = after(events).mart("visitor_sketches").where("dimension = 'total'");

    long ofHours =
        sketches
            .where("grain = 'hour'")
            .select(expr("hll_sketch_estimate(hll_union_agg(sketch))"))
            .first()
            .getLong(0);
    long ofDay =
        sketches
            .where("grain = 'day'")
            .select(expr("hll_sketch_estimate(sketch)"))
            .first()
            .getLong(0);

    assertThat(ofDay).isEqualTo(ofHours);
    // Three standard errors.
    assertThat((double) ofDay).isCloseTo(4000, within(3 * 4000 * 1.04 / Math.sqrt(1 << 16)));
  }

  @Test
  void theSameEventsInAnotherOrderAreTheSameBytes() {
    List<WebEvent> events =
        IntStream.range(0, 3000)
            .mapToObj(i -> view("u" + i, String.format("2024-03-10T%02d:00", i % 3)))
            .toList();
    List<WebEvent> otherwise = new ArrayList<>(events);
    Collections.shuffle(otherwise, new Random(7));

    assertThat(bytes(otherwise)).isEqualTo(bytes(events));
  }

  @Test
  void everyHourHasTheVisitorsOfItselfAndOfTheDayThatEndsWithIt() {
    WebPipeline web =
        after(
            view("u1", "2024-03-09T13:30"),
            purchase("u1", "2024-03-09T13:40", "1"),
            view("u2", "2024-03-10T12:15"),
            event("u2", "landing", "2024-03-10T12:16"),
            event("u2", "checkout", "2024-03-10T12:17"));

    assertThat(
            texts(
                web.mart("visitors_hourly").where("hour(hour) IN (0, 12, 13)"),
                "hour",
                "visitors_1h",
                "visitors_24h",
                "page_views",
                "converters_24h",
                "conversion_rate_24h",
                "precision"))
        .containsExactly(
            "2024-03-10 00:00:00.0 0 1 0 1 1.0 16",
            "2024-03-10 12:00:00.0 1 2 2 1 0.5 16",
            "2024-03-10 13:00:00.0 0 1 0 0 0.0 16");
    assertThat(web.mart("visitors_hourly").count()).isEqualTo(24);
  }

  @Test
  void anHourWithoutVisitorsInADayHasNoRate() {
    WebPipeline web = after(view("u1", "2024-03-10T23:00"));

    assertThat(
            texts(
                web.mart("visitors_hourly").where("hour(hour) = 22"),
                "visitors_24h",
                "conversion_rate_24h",
                "precision"))
        .containsExactly("0 null null");
  }

  @Test
  void activeUsersAreThoseOfOneSevenAndThirtyDays() {
    WebPipeline web =
        after(
            view("u1", MORNING),
            view("u1", "2024-03-05T09:00"),
            view("u2", "2024-03-04T09:00"),
            view("u3", "2024-03-03T09:00"),
            view("u4", "2024-02-10T09:00"),
            view("u5", "2024-02-09T09:00"));

    assertThat(
            texts(
                web.mart("engagement"),
                "as_of",
                "dau",
                "wau",
                "mau",
                "stickiness",
                "weekly_stickiness",
                "precision"))
        .containsExactly("2024-03-10 1 2 4 0.25 0.5 16");
  }

  @Test
  void sketchesOfTwoPrecisionsAreUnitedAtTheLower() {
    Dataset<Row> coarse =
        after(Map.of(PRECISION, "10"), view("u1", "2024-03-09T22:00"))
            .mart("visitor_sketches", DAY.minusDays(1));
    Dataset<Row> fine = after(view("u2", MORNING)).mart("visitor_sketches");
    WebPipeline web =
        after(view("u1", "2024-03-09T22:00"), view("u2", MORNING))
            .with("visitor_sketches", coarse.unionByName(fine));

    assertThat(texts(web.mart("engagement"), "dau", "wau", "mau", "precision"))
        .containsExactly("1 2 2 10");
    assertThat(
            texts(
                web.mart("visitors_hourly").where("hour(hour) IN (21, 22)"),
                "visitors_24h",
                "precision"))
        .containsExactly("1 16", "2 10");
  }

  private static List<String> bytes(List<WebEvent> events) {
    return texts(
        after(events.toArray(WebEvent[]::new))
            .mart("visitor_sketches")
            .withColumn("bytes", expr("sha2(sketch, 256)")),
        "grain",
        "starts_at",
        "dimension",
        "value",
        "bytes");
  }

  private static List<String> estimates(Dataset<Row> sketches) {
    return texts(
        sketches
            .withColumn("estimate", expr("hll_sketch_estimate(sketch)"))
            .withColumn("hour", expr("hour(starts_at)")),
        "grain",
        "hour",
        "dimension",
        "value",
        "precision",
        "estimate");
  }
}
