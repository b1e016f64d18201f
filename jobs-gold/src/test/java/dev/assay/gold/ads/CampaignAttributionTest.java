package dev.assay.gold.ads;

import static dev.assay.gold.ads.AdEvent.click;
import static dev.assay.gold.ads.AdEvent.conversion;
import static dev.assay.gold.ads.AdEvent.impression;
import static dev.assay.gold.ads.AdsPipeline.texts;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CampaignAttributionTest {
  private static final String NOON = "2024-03-10T12:00:00";

  private final AdsPipeline ads = new AdsPipeline(Map.of());

  @Test
  void eachModelCreditsItsTouchpoints() {
    assertThat(
            credits(
                impression("u1", "c1", "2024-03-10T10:00:00"),
                impression("u1", "c2", "2024-03-10T10:30:00"),
                click("u1", "c3", "2024-03-10T11:00:00"),
                click("u1", "c4", "2024-03-10T11:30:00"),
                conversion("u1", "c9", NOON).earning("10")))
        .containsExactly(
            "c1 first_touch 1.000000 10.0000",
            "c1 last_touch 0.000000 0.0000",
            "c1 linear 0.250000 2.5000",
            "c2 first_touch 0.000000 0.0000",
            "c2 last_touch 0.000000 0.0000",
            "c2 linear 0.250000 2.5000",
            "c3 first_touch 0.000000 0.0000",
            "c3 last_touch 0.000000 0.0000",
            "c3 linear 0.250000 2.5000",
            "c4 first_touch 0.000000 0.0000",
            "c4 last_touch 1.000000 10.0000",
            "c4 linear 0.250000 2.5000");
  }

  @Test
  void whatASplitLeavesGoesToTheLastTouchpoint() {
    assertThat(
            linear(
                impression("u1", "c1", "2024-03-10T10:00:00"),
                impression("u1", "c2", "2024-03-10T10:30:00"),
                click("u1", "c3", "2024-03-10T11:00:00"),
                conversion("u1", "c9", NOON).earning("0.0005")))
        .containsExactly(
            "c1 linear 0.333333 0.0001", "c2 linear 0.333333 0.0001", "c3 linear 0.333334 0.0003");
  }

  @Test
  void aCampaignThatTouchesAgainIsCreditedForEachTouch() {
    assertThat(
            credits(
                impression("u1", "c1", "2024-03-10T10:00:00"),
                impression("u1", "c2", "2024-03-10T10:30:00"),
                click("u1", "c1", "2024-03-10T11:00:00"),
                conversion("u1", "c9", NOON).earning("1")))
        .containsExactly(
            "c1 first_touch 1.000000 1.0000",
            "c1 last_touch 1.000000 1.0000",
            "c1 linear 0.666667 0.6667",
            "c2 first_touch 0.000000 0.0000",
            "c2 last_touch 0.000000 0.0000",
            "c2 linear 0.333333 0.3333");
  }

  @Test
  void aConversionWithoutTouchpointsIsUnattributedByEveryModel() {
    assertThat(credits(conversion("u1", "c1", NOON).earning("7.0001")))
        .containsExactly(
            "unattributed first_touch 1.000000 7.0001",
            "unattributed last_touch 1.000000 7.0001",
            "unattributed linear 1.000000 7.0001");
  }

  @Test
  void conversionsOfOneInstantAreCreditedEach() {
    assertThat(
            linear(
                click("u1", "c1", "2024-03-10T11:00:00"),
                conversion("u1", "c1", NOON).earning("1"),
                conversion("u1", "c1", NOON).earning("2")))
        .containsExactly("c1 linear 2.000000 3.0000");
  }

  @Test
  void everyModelsCreditsAreTheConversionsWhateverThePaths() {
    Random random = new Random(7);
    AdEvent[] events =
        IntStream.range(0, 300).mapToObj(i -> anyEvent(random)).toArray(AdEvent[]::new);
    Dataset<Row> silver =
        ads.rows(events).where("event_type = 'conversion' AND day = DATE'2024-03-10'");
    String totals = texts(silver.selectExpr("count(*) AS n", "sum(revenue) AS r"), "n", "r").get(0);

    Dataset<Row> byModel =
        attribution(events)
            .groupBy("model")
            .agg(
                expr("CAST(sum(conversions) AS BIGINT)").as("n"),
                expr("sum(revenue)").as("r"),
                expr("sum(conversions) % 1").cast("int").as("fraction"));

    assertThat(texts(byModel.orderBy("model"), "model", "n", "r", "fraction"))
        .containsExactly(
            "first_touch " + totals + " 0",
            "last_touch " + totals + " 0",
            "linear " + totals + " 0");
  }

  private static AdEvent anyEvent(Random random) {
    String user = "u" + random.nextInt(8);
    String campaign = "c" + random.nextInt(5);
    String at =
        String.format(
            "2024-03-%02dT%02d:%02d:00",
            9 + random.nextInt(2), random.nextInt(24), random.nextInt(60));
    return switch (random.nextInt(5)) {
      case 0 ->
          conversion(user, campaign, at)
              .earning("" + random.nextInt(10) + "." + random.nextInt(9999));
      case 1 -> click(user, campaign, at);
      default -> impression(user, campaign, at);
    };
  }

  private List<String> linear(AdEvent... events) {
    return credits(events).stream().filter(credit -> credit.contains(" linear ")).toList();
  }

  private List<String> credits(AdEvent... events) {
    return texts(
        attribution(events).orderBy("campaign_id", "model"),
        "campaign_id",
        "model",
        "conversions",
        "revenue");
  }

  private Dataset<Row> attribution(AdEvent... events) {
    return ads.mart(
        "campaign_attribution", "conversion_paths", ads.mart("conversion_paths", events));
  }
}
