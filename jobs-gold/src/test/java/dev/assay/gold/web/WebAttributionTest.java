package dev.assay.gold.web;

import static dev.assay.gold.web.WebEvent.event;
import static dev.assay.gold.web.WebEvent.purchase;
import static dev.assay.gold.web.WebEvent.view;
import static dev.assay.gold.web.WebPipeline.after;
import static dev.assay.gold.web.WebPipeline.texts;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.gold.web.WebEvent.Way;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What led to conversions, and which channels are credited with them. */
class WebAttributionTest {

  @Test
  void onlyTheTypesOfConfAreConversions() {
    WebEvent[] events = {
      event("u1", "checkout", "2024-03-10T09:00"),
      event("u1", "signup", "2024-03-10T09:01"),
      event("u1", "app_install", "2024-03-10T09:02"),
      purchase("u1", "2024-03-10T09:03", "1")
    };

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
}
