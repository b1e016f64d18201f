package dev.assay.ml.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ml.AdEvents;
import dev.assay.ml.ModelLake;
import dev.assay.model.Promotion;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users of four tastes, who click ads of their own and hardly others. */
class AdRecommendationsTest {
  private static final String MODEL = "ad_recommendations";
  private static final LocalDate DAY = LocalDate.of(2024, 3, 30);

  /**
   * Each of 160 users clicks about half of the twenty ads of their taste, a fifth of them late; all
   * saw one more, and so did one who clicked none.
   */
  private static final String CLICKS =
      """
      (
        WITH pairs AS (
          SELECT u.id AS user, a.id AS ad
          FROM range(0, 160, 1, 1) u CROSS JOIN range(0, 80, 1, 1) a
          WHERE u.id % 4 = a.id % 4 AND pmod(xxhash64(u.id, a.id, 'taken'), 2) = 0
            OR pmod(xxhash64(u.id, a.id, 'by chance'), 100) = 0
        )
        SELECT
          'e' || user || '-' || ad AS event_id, 'u' || user AS user_id, 'a' || ad AS ad_id, 'click' AS event_type,
          timestampadd(DAY, IF(pmod(xxhash64(user, ad, 'late'), 5) = 0, 29, 10), TIMESTAMP'2024-03-01 10:00:00') AS occurred_at,
          1 AS bid_price, 'mobile' AS device_type, '18-24' AS age_group, 'F' AS gender
        FROM pairs
        UNION ALL
        SELECT 'seen' || id, 'u' || id, 'a1', 'impression', TIMESTAMP'2024-03-10 10:00:00', 1, 'mobile', '18-24', 'F'
        FROM range(0, 161, 1, 1)
      )
      """;

  @TempDir private static Path folder;
  private static ModelLake lake;
  private static Map<String, Dataset<Row>> products;

  @TempDir private Path other;

  @BeforeAll
  static void learn() {
    lake = lake(folder, AdEvents.made(CLICKS));
    products = lake.run(MODEL, DAY);
  }

  @Test
  void namesWhatUsersThenClickBetterThanWhatMostClick() {
    Promotion promotion = lake.last(MODEL);

    assertThat(promotion.champion()).isEqualTo(promotion.challenger()).isNotNull();
    assertThat(promotion.evidence().overBaseline().low()).isPositive();
    assertThat(
            products
                .get("ad_recommendations_training")
                .selectExpr("concat(learner, ' ', metric)")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .contains("implicit ndcg@10", "explicit ndcg@10", "explicit rmse", "popularity ndcg@10");
  }

  @Test
  void everyUserHasTenAdsMostOfTheirTasteAndNoneThatTheyClicked() {
    Dataset<Row> lists = products.get(MODEL);

    assertThat(lists.count()).isEqualTo(1_610);
    assertThat(lists.groupBy("user_id").count().where("count <> 10").count()).isZero();
    assertThat(lists.join(lake.examples(MODEL, DAY), usersAndAds(), "left_semi").count()).isZero();
    Dataset<Row> best = lists.where("place <= 3 AND user_id <> 'u160'");
    long first = best.count();
    long ofTheirTaste =
        best.where("CAST(substr(user_id, 2) AS INT) % 4 = CAST(substr(ad_id, 2) AS INT) % 4")
            .count();
    assertThat((double) ofTheirTaste / first).isGreaterThan(0.8);
  }

  @Test
  void whoClickedNothingGetsWhatMostClick() {
    List<Row> popular =
        lake.examples(MODEL, DAY)
            .groupBy("ad_id")
            .count()
            .orderBy(functions.col("count").desc(), functions.col("ad_id"))
            .limit(10)
            .select("ad_id")
            .collectAsList();

    assertThat(
            products
                .get(MODEL)
                .where("user_id = 'u160' AND source = 'popular'")
                .orderBy("place")
                .select("ad_id")
                .collectAsList())
        .isEqualTo(popular);
  }

  @Test
  void anAdHasTenUsersMostOfItsTaste() {
    Dataset<Row> users = products.get("ad_recommendations_users");

    assertThat(users.count()).isEqualTo(800);
    assertThat(
            users
                .where("CAST(substr(user_id, 2) AS INT) % 4 = CAST(substr(ad_id, 2) AS INT) % 4")
                .count())
        .isGreaterThan(600);
  }

  @Test
  void aRatingCountsWhatWasKnownBeforeTheDaysHeldBack() {
    Dataset<Row> pairs =
        lake(
                other,
                AdEvents.of(
                    "e1 u1 a1 click 2024-03-10 10:00:00 1",
                    "e2 u1 a1 conversion 2024-03-10 10:05:00 1",
                    "known_later u1 a1 click 2024-03-26 10:00:00 1",
                    "e3 u1 a2 click 2024-03-26 10:00:00 1",
                    "e4 u1 a2 conversion 2024-03-27 10:00:00 1",
                    "e5 u2 a1 click 2024-03-24 23:59:59 1",
                    "e6 u2 a3 click 2024-03-25 00:00:00 1",
                    "only_seen u3 a1 impression 2024-03-10 10:00:00 1",
                    "before_the_window u4 a4 click 2024-02-29 23:59:59 1",
                    "after_the_day u4 a4 click 2024-03-31 00:00:00 1"))
            .examples(MODEL, DAY);

    assertThat(pairs.select("user_id", "ad_id", "rating", "held_out").collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder(
            "[u1,a1,3.0,false]", "[u1,a2,3.0,true]", "[u2,a1,1.0,false]", "[u2,a3,1.0,true]");
  }

  @Test
  void clicksOfADayAloneAreTooFew() {
    ModelLake one = lake(other, AdEvents.made(CLICKS).where("day = DATE'" + DAY + "'"));

    assertThat(one.run(MODEL, DAY)).isEmpty();
    assertThat(one.without())
        .hasSize(3)
        .allSatisfy((table, why) -> assertThat(why).contains("has 0 interactions to learn from"));
  }

  private static scala.collection.immutable.Seq<String> usersAndAds() {
    return scala.jdk.javaapi.CollectionConverters.asScala(java.util.List.of("user_id", "ad_id"))
        .toSeq();
  }

  private static ModelLake lake(Path folder, Dataset<Row> events) {
    return new ModelLake(folder, "ads", Map.of()).with("ad_events", "day", events.cache());
  }
}
