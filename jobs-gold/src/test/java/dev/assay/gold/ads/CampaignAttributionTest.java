package dev.assay.gold.ads;

import static dev.assay.gold.ads.AdEvent.click;
import static dev.assay.gold.ads.AdEvent.conversion;
import static dev.assay.gold.ads.AdEvent.impression;
import static dev.assay.gold.ads.AdsPipeline.texts;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CampaignAttributionTest {
  private final AdsPipeline ads = new AdsPipeline(Map.of());

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

  private Dataset<Row> attribution(AdEvent... events) {
    return ads.mart(
        "campaign_attribution", "conversion_paths", ads.mart("conversion_paths", events));
  }
}
