package dev.assay.gold.ads;

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

class CampaignReachTest {
  private static final String MORNING = "2024-03-10T09:00:00";

  private final AdsPipeline ads = new AdsPipeline(Map.of());

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

  private static Dataset<Row> hexadecimal(Dataset<Row> reach) {
    return reach.orderBy("campaign_id").withColumn("sketch", expr("hex(viewers_sketch)"));
  }
}
