package dev.assay.gold.ads;

import static dev.assay.gold.ads.AdEvent.click;
import static dev.assay.gold.ads.AdEvent.conversion;
import static dev.assay.gold.ads.AdEvent.impression;
import static dev.assay.gold.ads.AdsPipeline.texts;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CampaignsTest {
  private static final String MORNING = "2024-03-10T09:00:00";
  private static final String THE_DAY_BEFORE = "2024-03-09T09:00:00";
  private static final String[] COUNTS = {"campaign_id", "impressions", "clicks", "conversions"};
  private static final String[] MONEY = {
    "campaign_id", "impression_cost", "click_cost", "conversion_cost", "total_cost", "total_revenue"
  };
  private static final String[] RATIOS = {
    "campaign_id", "avg_bid_price", "ctr", "cvr", "cpc", "cpa", "roas", "roi"
  };

  private final AdsPipeline ads = new AdsPipeline(Map.of());

  @Test
  void performanceAddsUpEventsAndMoney() {
    Dataset<Row> performance = ads.mart("campaign_performance", aDay());

    assertThat(texts(performance, COUNTS)).containsExactlyInAnyOrder("c1 4 2 1", "c2 1 0 0");
    assertThat(texts(performance, MONEY))
        .containsExactlyInAnyOrder(
            "c1 0.4000 1.0000 0.1000 1.5000 6.0000", "c2 0.0000 0.0000 0.0000 0.0000 0.0000");
  }

  @Test
  void performanceHasNoRatioOverNothing() {
    assertThat(texts(ads.mart("campaign_performance", aDay()), RATIOS))
        .containsExactlyInAnyOrder(
            "c1 1.42857143 0.5 0.5 0.75 1.5 4.0 3.0", "c2 1.00000000 0.0 null null null null null");
  }

  @Test
  void revenueIsThatOfConversionsAlone() {
    Dataset<Row> performance =
        ads.mart(
            "campaign_performance",
            click("u1", "c1", MORNING).earning("7"),
            conversion("u1", "c1", MORNING).earning("5.0001"));

    assertThat(texts(performance, "total_revenue")).containsExactly("5.0001");
  }

  @Test
  void totalsTakeRatiosFromSumsAndNotFromDays() {
    AdEvent[] before = {
      impression("u1", "c1", THE_DAY_BEFORE).costing("1").bidding("4"),
      click("u1", "c1", THE_DAY_BEFORE).costing("1").bidding("4")
    };
    Dataset<Row> performance =
        ads.mart("campaign_performance", aDay())
            .union(performanceOf(THE_DAY_BEFORE, before))
            .union(performanceOf("2024-02-09T09:00:00", aDay()));

    Dataset<Row> totals = ads.mart("campaign_totals", "campaign_performance", performance);

    assertThat(texts(totals, COUNTS)).containsExactlyInAnyOrder("c1 5 3 1", "c2 1 0 0");
    assertThat(texts(totals, MONEY))
        .containsExactlyInAnyOrder(
            "c1 1.4000 2.0000 0.1000 3.5000 6.0000", "c2 0.0000 0.0000 0.0000 0.0000 0.0000");
    assertThat(texts(totals.where("campaign_id = 'c1'"), "as_of", "ctr", "cvr", "avg_bid_price"))
        .containsExactly("2024-03-10 0.6 0.3333333333333333 2.00000000");
  }

  @Test
  void totalsReachBackThirtyDays() {
    Dataset<Row> performance =
        ads.mart("campaign_performance", aDay())
            .union(performanceOf("2024-02-10T09:00:00", impression("u1", "first", MORNING)))
            .union(performanceOf("2024-02-09T09:00:00", impression("u1", "gone", MORNING)));

    Dataset<Row> totals = ads.mart("campaign_totals", "campaign_performance", performance);

    assertThat(texts(totals, "campaign_id")).containsExactlyInAnyOrder("c1", "c2", "first");
  }

  @Test
  void reachCountsEachUserOnce() {
    Dataset<Row> reach = ads.mart("campaign_reach", aDay());

    assertThat(
            texts(
                reach,
                "campaign_id",
                "viewers",
                "clickers",
                "converters",
                "ctr",
                "conversion_rate",
                "cpc",
                "cpa",
                "roi"))
        .containsExactlyInAnyOrder(
            "c1 2 1 1 0.5 1.0 1.5 1.5 3.0", "c2 1 0 0 0.0 null null null null");
  }

  @Test
  void sketchesOfDaysGiveTheUsersOfAllOfThem() {
    Dataset<Row> days =
        ads.mart("campaign_reach", impression("u1", "c1", MORNING), impression("u2", "c1", MORNING))
            .union(
                ads.mart(
                    "campaign_reach",
                    impression("u2", "c1", MORNING),
                    impression("u3", "c1", MORNING)));

    assertThat(
            days.agg(expr("hll_sketch_estimate(hll_union_agg(viewers_sketch))").as("users"))
                .first()
                .getLong(0))
        .isEqualTo(3);
  }

  @Test
  void sketchesAreTheSameInWhateverOrderTheEventsCome() {
    Dataset<Row> events =
        ads.rows(
            IntStream.range(0, 500)
                .mapToObj(i -> impression("u" + i % 60, "c" + i % 3, MORNING))
                .toArray(AdEvent[]::new));

    Dataset<Row> once = ads.mart("campaign_reach", "ad_events", events);
    Dataset<Row> again =
        ads.mart("campaign_reach", "ad_events", events.repartition(5).orderBy("event_id"));
    Dataset<Row> backwards =
        ads.mart("campaign_reach", "ad_events", events.orderBy(col("event_id").desc()));

    List<String> sketches = texts(hexadecimal(once), "campaign_id", "sketch");
    assertThat(sketches).hasSize(3);
    assertThat(texts(hexadecimal(again), "campaign_id", "sketch")).isEqualTo(sketches);
    assertThat(texts(hexadecimal(backwards), "campaign_id", "sketch")).isEqualTo(sketches);
  }

  @Test
  void sketchesStayWithinThreeStandardErrors() {
    int users = 20_000;
    AdEvent[] events =
        IntStream.range(0, users)
            .mapToObj(user -> impression("u" + user, "c1", MORNING))
            .toArray(AdEvent[]::new);

    long viewers = ads.mart("campaign_reach", events).select("viewers").first().getLong(0);

    assertThat(viewers).isBetween((long) (users * 0.951), (long) (users * 1.049));
  }

  /** What the mart of a day had, of whose events only the time differs. */
  private Dataset<Row> performanceOf(String at, AdEvent... events) {
    AdEvent[] onTheDay = new AdEvent[events.length];
    for (int i = 0; i < events.length; i++) {
      onTheDay[i] = events[i].at(MORNING);
    }
    return ads.mart("campaign_performance", onTheDay)
        .withColumn("day", expr("CAST('" + at + "' AS DATE)"));
  }

  private static Dataset<Row> hexadecimal(Dataset<Row> reach) {
    return reach.orderBy("campaign_id").withColumn("sketch", expr("hex(viewers_sketch)"));
  }

  private static AdEvent[] aDay() {
    return new AdEvent[] {
      impression("u1", "c1", MORNING).costing("0.1"),
      impression("u1", "c1", MORNING).costing("0.1"),
      impression("u2", "c1", MORNING).costing("0.1"),
      impression("u2", "c1", MORNING).costing("0.1"),
      click("u1", "c1", MORNING).costing("0.5").bidding("2"),
      click("u1", "c1", MORNING).costing("0.5").bidding("3"),
      conversion("u1", "c1", MORNING).costing("0.1").earning("6"),
      impression("u3", "c2", MORNING),
      click("u9", "c1", THE_DAY_BEFORE).costing("99")
    };
  }
}
