package dev.assay.ml.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ml.AdEvents;
import dev.assay.ml.ModelLake;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five kinds of users, who are alike within their kind. */
class AudienceSegmentsTest {
  private static final String MODEL = "audience_segments";
  private static final LocalDate DAY = LocalDate.of(2024, 3, 10);

  /** Of 60 users: who looks on, who clicks, who buys, who buys much, and who is hardly there. */
  private static final String USERS =
      """
      WITH drawn AS (
        SELECT id, CAST(id % 5 AS INT) AS kind, CAST(pmod(xxhash64(id), 3) AS INT) AS some FROM range(0, 60, 1, 1)
      ),
      counted AS (
        SELECT
          *,
          element_at(array(60, 40, 30, 60, 3), kind + 1) + some AS impressions,
          element_at(array(1, 30, 5, 25, 0), kind + 1) + some AS clicks,
          element_at(array(0, 0, 4, 15, 0), kind + 1) AS conversions
        FROM drawn
      )
      SELECT
        DATE'2024-03-10' AS as_of,
        'u' || id AS user_id,
        CAST(impressions + clicks + conversions AS BIGINT) AS total_events,
        CAST(impressions AS BIGINT) AS impressions,
        CAST(clicks AS BIGINT) AS clicks,
        CAST(conversions AS BIGINT) AS conversions,
        CAST(element_at(array(20, 10, 5, 30, 1), kind + 1) AS BIGINT) AS campaigns,
        CAST(impressions / 10 AS DECIMAL(28, 4)) AS cost,
        CAST(50 * conversions AS DECIMAL(28, 4)) AS revenue
      FROM counted
      """;

  @TempDir private Path folder;

  @Test
  void findsFiveKindsByTheSilhouetteAndNamesThem() {
    ModelLake lake =
        lake(
            AdEvents.made(
                """
                (
                  SELECT
                    'e' || id AS event_id, 'u' || id AS user_id, 'a1' AS ad_id, 'impression' AS event_type,
                    TIMESTAMP'2024-03-10 10:00:00' AS occurred_at, 1 + id % 5 / 2.0 AS bid_price,
                    'mobile' AS device_type, '18-24' AS age_group, 'F' AS gender
                  FROM range(0, 60, 1, 1)
                )
                """),
            TestSpark.session().sql(USERS));

    Map<String, Dataset<Row>> products = lake.run(MODEL, DAY);

    assertThat(
            products
                .get("audience_segments_training")
                .where("chosen")
                .select("k", "reading")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[5,strong]");
    assertThat(products.get("audience_segments_training").count()).isEqualTo(9);
    assertThat(lake.last(MODEL).evidence().overBaseline().low()).isPositive();
    assertThat(texts(products.get("audience_segments_profiles"), "segment", "members"))
        .containsExactlyInAnyOrder(
            "[high value, busy,12]",
            "[high value, usual,12]",
            "[middle value, busy,12]",
            "[middle value, quiet,12]",
            "[low value, usual,12]");
    assertThat(texts(products.get(MODEL), "user_id", "segment"))
        .hasSize(60)
        .contains("[u3,high value, busy]");
  }

  @Test
  void whatIsBidForAUserIsTheMeanOverAllEventsOfTheWindow() {
    ModelLake lake =
        lake(
            AdEvents.of(
                "e1 u0 a1 impression 2024-03-10 10:00:00 1",
                "e2 u0 a1 click 2024-03-10 10:01:00 2",
                "e3 u0 a2 impression 2024-02-10 00:00:00 2",
                "before_the_window u0 a2 impression 2024-02-09 23:59:59 50",
                "after_the_day u0 a2 impression 2024-03-11 00:00:00 50"),
            TestSpark.session().sql(USERS).where("user_id = 'u0'"));

    List<Row> rows = lake.examples(MODEL, DAY).collectAsList();

    assertThat(rows)
        .extracting(Row::toString)
        .containsExactly("[u0,%d,%d,%d,0,1.66666667,%s,0.0,20]".formatted(rowOfU0()));
  }

  /** Its counts and its cost, which are drawn. */
  private static Object[] rowOfU0() {
    Row user =
        TestSpark.session()
            .sql(USERS)
            .where("user_id = 'u0'")
            .selectExpr("total_events", "impressions", "clicks", "CAST(cost AS DOUBLE)")
            .first();
    return new Object[] {user.get(0), user.get(1), user.get(2), user.get(3)};
  }

  @Test
  void usersWhoAreTooFewAreNotParted() {
    ModelLake lake =
        lake(
            AdEvents.of(
                "e1 u0 a1 impression 2024-03-10 10:00:00 1",
                "e2 u1 a1 impression 2024-03-10 10:01:00 2"),
            TestSpark.session().sql(USERS).where("user_id IN ('u0', 'u1')"));

    assertThat(lake.run(MODEL, DAY)).isEmpty();
    assertThat(lake.without())
        .hasSize(3)
        .allSatisfy((table, why) -> assertThat(why).contains("only 2 different rows"));
  }

  private ModelLake lake(Dataset<Row> events, Dataset<Row> users) {
    return new ModelLake(folder, "ads", Map.of())
        .with("ad_events", "day", events)
        .with("user_behaviour", "as_of", users);
  }

  private static List<String> texts(Dataset<Row> rows, String one, String other) {
    return rows.select(one, other).collectAsList().stream().map(Row::toString).toList();
  }
}
