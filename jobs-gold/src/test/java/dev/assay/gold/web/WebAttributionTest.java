package dev.assay.gold.web;

import static dev.assay.gold.web.WebEvent.event;
import static dev.assay.gold.web.WebEvent.purchase;
import static dev.assay.gold.web.WebEvent.view;
import static dev.assay.gold.web.WebPipeline.after;
import static dev.assay.gold.web.WebPipeline.texts;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.gold.web.WebEvent.Way;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What led to conversions, and which channels are credited with them. */
class WebAttributionTest {

  @Test
  void aPathHasTheSessionsOfThirtyDaysToTheInstant() {
    WebPipeline web =
        after(
            view("u1", "2024-02-09T11:00").named("too old").by(Way.SOCIAL),
            view("u1", "2024-02-09T12:00").named("s1").by(Way.EMAIL),
            view("u1", "2024-03-10T12:00").named("s2").by(Way.SEARCH),
            purchase("u1", "2024-03-10T12:00", "5").named("t"),
            view("u1", "2024-03-10T13:00").named("too late").by(Way.SOCIAL),
            view("u2", "2024-03-10T11:00").named("another's"));

    assertThat(
            texts(
                web.mart("conversion_paths"),
                "conversion_id",
                "conversion_type",
                "revenue",
                "position",
                "touchpoints",
                "session_id",
                "channel",
                "touched_at"))
        .containsExactly(
            "t purchase 5.0000 1 2 s1 email 2024-02-09 12:00:00.0",
            "t purchase 5.0000 2 2 s2 organic_search 2024-03-10 12:00:00.0");
  }

  @Test
  void onlyTheTypesOfConfAreConversions() {
    WebEvent[] events = {
      event("u1", "checkout", "2024-03-10T09:00"),
      event("u1", "signup", "2024-03-10T09:01"),
      event("u1", "app_install", "2024-03-10T09:02"),
      purchase("u1", "2024-03-10T09:03", "1")
    };

    assertThat(texts(after(events).mart("conversion_paths"), "conversion_type"))
        .containsExactly("app_install", "purchase", "signup");
    assertThat(
            texts(
                after(
                        Map.of(
                            "pipeline.tables.conversion_paths.parameters.conversion-types",
                            "[signup]"),
                        events)
                    .mart("conversion_paths"),
                "conversion_type"))
        .containsExactly("signup");
  }

  @Test
  void eachModelCreditsItsTouchpoints() {
    assertThat(
            credits(
                view("u1", "2024-02-25T12:00").by(Way.EMAIL),
                view("u1", "2024-03-03T12:00").by(Way.SEARCH),
                purchase("u1", "2024-03-10T12:00", "7")))
        .containsExactly(
            "direct first_touch 0.000000 0.0000",
            "direct last_non_direct 0.000000 0.0000",
            "direct last_touch 1.000000 7.0000",
            "direct linear 0.333334 2.3334",
            // Its weight is 1 of 1 + 1/2 + 1/4.
            "direct time_decay 0.571429 4.0000",
            "email first_touch 1.000000 7.0000",
            "email last_non_direct 0.000000 0.0000",
            "email last_touch 0.000000 0.0000",
            "email linear 0.333333 2.3333",
            "email time_decay 0.142857 1.0000",
            "organic_search first_touch 0.000000 0.0000",
            "organic_search last_non_direct 1.000000 7.0000",
            "organic_search last_touch 0.000000 0.0000",
            "organic_search linear 0.333333 2.3333",
            "organic_search time_decay 0.285714 2.0000");
  }

  @Test
  void aConversionWithoutTouchpointsIsUnattributedByEveryModel() {
    WebPipeline web = after(purchase("u1", "2024-03-10T12:00", "7.0001"));
    WebPipeline without =
        after(purchase("u1", "2024-03-10T12:00", "7.0001"))
            .with("touchpoints", web.mart("touchpoints").where("false"));

    assertThat(credits(without))
        .containsExactly(
            "unattributed first_touch 1.000000 7.0001",
            "unattributed last_non_direct 1.000000 7.0001",
            "unattributed last_touch 1.000000 7.0001",
            "unattributed linear 1.000000 7.0001",
            "unattributed time_decay 1.000000 7.0001");
  }

  @Test
  void whoCameOnlyDirectlyIsCreditedToDirectByEveryModel() {
    assertThat(
            credits(view("u1", "2024-03-10T08:00"), purchase("u1", "2024-03-10T12:00", "1.0001")))
        .containsExactly(
            "direct first_touch 1.000000 1.0001",
            "direct last_non_direct 1.000000 1.0001",
            "direct last_touch 1.000000 1.0001",
            "direct linear 1.000000 1.0001",
            "direct time_decay 1.000000 1.0001");
  }

  @Test
  void conversionsOfOneInstantAreCreditedEach() {
    assertThat(
            credits(
                view("u1", "2024-03-10T11:45").by(Way.EMAIL),
                purchase("u1", "2024-03-10T12:00", "1"),
                purchase("u1", "2024-03-10T12:00", "2")))
        .containsExactly(
            "email first_touch 2.000000 3.0000",
            "email last_non_direct 2.000000 3.0000",
            "email last_touch 2.000000 3.0000",
            "email linear 2.000000 3.0000",
            "email time_decay 2.000000 3.0000");
  }

  @Test
  void aPathGoesOnAcrossMidnight() {
    assertThat(
            credits(
                view("u1", "2024-03-09T23:50").by(Way.EMAIL),
                purchase("u1", "2024-03-10T00:10", "1")))
        .containsExactly(
            "email first_touch 1.000000 1.0000",
            "email last_non_direct 1.000000 1.0000",
            "email last_touch 1.000000 1.0000",
            "email linear 1.000000 1.0000",
            "email time_decay 1.000000 1.0000");
  }

  @Test
  void aChannelThatTouchesAgainIsCreditedForEachTouch() {
    assertThat(
            credits(
                view("u1", "2024-03-10T08:00").by(Way.EMAIL),
                view("u1", "2024-03-10T09:00").by(Way.SEARCH),
                view("u1", "2024-03-10T10:00").by(Way.EMAIL),
                purchase("u1", "2024-03-10T10:10", "1")))
        .contains(
            "email first_touch 1.000000 1.0000",
            "email last_touch 1.000000 1.0000",
            "email linear 0.666667 0.6667",
            "organic_search linear 0.333333 0.3333");
  }

  @Test
  void everyModelsCreditsAreTheConversionsWhateverThePaths() {
    Random random = new Random(7);
    WebEvent[] events =
        IntStream.range(0, 400).mapToObj(i -> anyEvent(random)).toArray(WebEvent[]::new);
    WebPipeline web = after(events);
    Dataset<Row> conversions = web.mart("conversion_paths").where("position <= 1");
    String totals =
        texts(conversions.selectExpr("count(*) AS n", "sum(revenue) AS r"), "n", "r").get(0);

    Dataset<Row> byModel =
        web.mart("channel_attribution")
            .groupBy("model")
            .agg(
                expr("CAST(sum(conversions) AS BIGINT)").as("n"),
                expr("sum(revenue)").as("r"),
                expr("CAST(sum(conversions) % 1 AS INT)").as("fraction"));

    assertThat(texts(byModel, "model", "n", "r", "fraction"))
        .containsExactly(
            "first_touch " + totals + " 0",
            "last_non_direct " + totals + " 0",
            "last_touch " + totals + " 0",
            "linear " + totals + " 0",
            "time_decay " + totals + " 0");
  }

  @Test
  void aChannelsCostIsThatOfItsSessionsAndItsRevenueWhatAModelCredits() {
    WebPipeline web =
        after(
            view("u1", "2024-03-09T23:50").by(Way.EMAIL).costing("1"),
            view("u1", "2024-03-10T00:05").costing("0.5"),
            view("u2", "2024-03-10T09:00").by(Way.SEARCH).costing("2"),
            purchase("u2", "2024-03-10T15:00", "10"));

    assertThat(
            texts(
                web.mart("channel_performance"),
                "channel",
                "sessions",
                "visitors",
                "cost",
                "conversions",
                "revenue",
                "cpa",
                "roas",
                "roi"))
        .containsExactly(
            "direct 1 1 0.0000 0.000000 0.0000 null null null",
            "email 0 0 0.5000 0.000000 0.0000 null 0.0 -1.0",
            "organic_search 1 1 2.0000 1.000000 10.0000 2.0 5.0 4.0");
  }

  private static WebEvent anyEvent(Random random) {
    String user = "u" + random.nextInt(8);
    String at =
        String.format(
            "2024-03-%02dT%02d:%02d",
            8 + random.nextInt(3), random.nextInt(24), random.nextInt(60));
    WebEvent event =
        switch (random.nextInt(5)) {
          case 0 -> purchase(user, at, random.nextInt(10) + "." + random.nextInt(9999));
          case 1 -> event(user, "signup", at);
          default -> view(user, at);
        };
    return switch (random.nextInt(4)) {
      case 0 -> event.by(Way.EMAIL);
      case 1 -> event.by(Way.SEARCH);
      case 2 -> event.by(Way.SOCIAL);
      default -> event;
    };
  }

  private static List<String> credits(WebEvent... events) {
    return credits(after(events));
  }

  private static List<String> credits(WebPipeline web) {
    return texts(web.mart("channel_attribution"), "channel", "model", "conversions", "revenue");
  }
}
