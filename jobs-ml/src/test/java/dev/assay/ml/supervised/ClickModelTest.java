package dev.assay.ml.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ml.AdEvents;
import dev.assay.ml.ModelLake;
import dev.assay.model.Promotion;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Impressions with a planted chance of a click, which is not linear in what it follows from. */
class ClickModelTest {
  private static final String MODEL = "click_model";
  private static final LocalDate DAY = LocalDate.of(2024, 3, 10);
  private static final LocalDate NEXT_WEEK = DAY.plusDays(7);

  /**
   * A day has 1,200 impressions, each of a user and an ad of its own, and clicks a minute later.
   */
  private static final String SHOWN =
      """
      (
        WITH drawn AS (
          SELECT
            id,
            element_at(array('mobile', 'tablet', 'desktop'), 1 + CAST(pmod(xxhash64(id, 'device'), 3) AS INT)) AS device_type,
            element_at(array('18-24', '25-34', '35-44', '45+'), 1 + CAST(pmod(xxhash64(id, 'age'), 4) AS INT)) AS age_group,
            element_at(array('F', 'M'), 1 + CAST(pmod(xxhash64(id, 'gender'), 2) AS INT)) AS gender,
            pmod(xxhash64(id, 'bid'), 500) / 100.0 AS bid_price,
            timestampadd(SECOND, pmod(xxhash64(id, 'second'), 80000), timestampadd(DAY, id %% 7, TIMESTAMP'2024-03-04 00:00:00')) AS shown_at,
            pmod(xxhash64(id, 'chance'), 1000000) / 1e6 AS chance
          FROM range(0, %d, 1, 1)
        ),
        likely AS (
          SELECT
            *,
            1 / (1 + exp(
              1.5
              - CASE device_type WHEN 'mobile' THEN 1.5 WHEN 'desktop' THEN -1.5 ELSE 0 END
              - CASE age_group WHEN '18-24' THEN 1.5 WHEN '45+' THEN -1.5 ELSE 0 END
              - 0.5 * (bid_price - 2.5)
            )) AS p
          FROM drawn
        )
        SELECT id || 'i' AS event_id, 'u' || id AS user_id, 'a' || id AS ad_id, 'impression' AS event_type, shown_at AS occurred_at, * EXCEPT (id, shown_at, chance, p)
        FROM likely
        UNION ALL
        SELECT id || 'c', 'u' || id, 'a' || id, 'click', shown_at + INTERVAL 1 MINUTE, * EXCEPT (id, shown_at, chance, p)
        FROM likely
        WHERE chance < p
      )
      """;

  @TempDir private static Path folder;
  private static ModelLake lake;
  private static Map<String, Dataset<Row>> products;

  @TempDir private Path other;

  @BeforeAll
  static void learn() {
    lake = lake(folder, AdEvents.made(SHOWN.formatted(8_400)));
    products = lake.run(MODEL, DAY);
  }

  @Test
  void beatsTheLinearRegressionAndTheBaseRateOnTheLastDays() {
    Promotion promotion = lake.last(MODEL);

    assertThat(promotion.champion()).isEqualTo(promotion.challenger()).isNotNull();
    assertThat(promotion.evidence().overBaseline().low()).isPositive();
    assertThat(promotion.evidence().rows()).isEqualTo(2_400);
    Dataset<Row> training = products.get("click_model_training");
    assertThat(value(training, "linear", "log_loss"))
        .isGreaterThanOrEqualTo(promotion.evidence().baseline());
    assertThat(value(training, "logistic", "auc")).isGreaterThan(0.8);
    assertThat(value(training, "base_rate", "auc")).isEqualTo(0.5);
  }

  @Test
  void saysAsManyClicksAsThereAre() {
    List<Row> bins =
        products
            .get("click_model_calibration")
            .select("predicted", "observed", "rows")
            .collectAsList();

    assertThat(bins)
        .hasSize(10)
        .allSatisfy(
            bin ->
                assertThat(bin.getDouble(0))
                    .isCloseTo(bin.getDouble(1), org.assertj.core.api.Assertions.within(0.07)));
    assertThat(bins.stream().mapToLong(bin -> bin.getLong(2)).sum()).isEqualTo(2_400);
  }

  @Test
  void scoresTheImpressionsOfTheDayAndNoOthers() {
    assertThat(products.get(MODEL).count()).isEqualTo(1_200);
    assertThat(products.get(MODEL).where("probability NOT BETWEEN 0 AND 1").count()).isZero();
    assertThat(products.get(MODEL).join(lake.subjects(MODEL, DAY), "event_id").count())
        .isEqualTo(1_200);
  }

  @Test
  void aClickWithinHalfAnHourIsTheImpressionsOwnAndWhatIsNotOverHasNoAnswer() {
    Dataset<Row> examples =
        lake(
                other,
                AdEvents.of(
                    "at_the_end u1 a1 impression 2024-03-05 10:00:00 1.25",
                    "c1 u1 a1 click 2024-03-05 10:30:00 1.25",
                    "too_late u1 a2 impression 2024-03-05 10:00:00 1",
                    "c2 u1 a2 click 2024-03-05 10:30:01 1",
                    "at_once u5 a1 impression 2024-03-05 10:00:00 1",
                    "c5 u5 a1 click 2024-03-05 10:00:00 1",
                    "anothers_click u2 a1 impression 2024-03-05 10:05:00 1",
                    "clicked_before u2 a2 impression 2024-03-05 10:20:01 1",
                    "c3 u2 a2 click 2024-03-05 10:20:00 1",
                    "before_the_window u3 a1 impression 2024-03-03 23:50:00 1",
                    "c4 u3 a1 click 2024-03-04 00:00:00 1",
                    "over_in_time u3 a2 impression 2024-03-08 23:29:59 1",
                    "over_in_days_held_back u3 a3 impression 2024-03-08 23:30:00 1",
                    "c6 u3 a3 click 2024-03-09 00:00:00 1",
                    "first_held_back u3 a4 impression 2024-03-09 00:00:00 1",
                    "last_over u3 a5 impression 2024-03-10 23:29:59 1",
                    "c7 u3 a5 click 2024-03-10 23:40:00 1",
                    "not_over u3 a6 impression 2024-03-10 23:30:00 1",
                    "c8 u3 a6 click 2024-03-10 23:31:00 1",
                    "of_tomorrow u3 a7 impression 2024-03-11 00:00:00 1"))
            .examples(MODEL, DAY);

    assertThat(
            examples.select("event_id", "clicked", "held_out", "bid_price", "hour").collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder(
            "[at_the_end,1,false,1.25,10]",
            "[too_late,0,false,1.0,10]",
            "[at_once,1,false,1.0,10]",
            "[anothers_click,0,false,1.0,10]",
            "[clicked_before,0,false,1.0,10]",
            "[over_in_time,0,false,1.0,23]",
            "[first_held_back,0,true,1.0,00]",
            "[last_over,1,true,1.0,23]");
  }

  @Test
  void ofVeryManyImpressionsASampleIsLearnedFrom() {
    Dataset<Row> events = AdEvents.made(SHOWN.formatted(2_100));
    ModelLake few =
        new ModelLake(
                other, "ads", Map.of("pipeline.models.click_model.parameters.most-examples", "500"))
            .with("ad_events", "day", events);

    assertThat(few.examples(MODEL, DAY).count()).isBetween(440L, 560L);
  }

  @Test
  void aDayWithoutDaysBeforeItHasNothingToLearnFrom() {
    ModelLake one =
        lake(other, AdEvents.made(SHOWN.formatted(2_100)).where("day = DATE'" + DAY + "'"));

    assertThat(one.run(MODEL, DAY)).isEmpty();
    assertThat(one.without())
        .hasSize(4)
        .allSatisfy((table, why) -> assertThat(why).contains("has 0 examples to learn from"));
  }

  @Test
  void impressionsThatNobodyClickedTellNothing() {
    ModelLake none =
        lake(other, AdEvents.made(SHOWN.formatted(2_100)).where("event_type = 'impression'"));

    assertThat(none.run(MODEL, DAY)).isEmpty();
    assertThat(none.without())
        .hasSize(4)
        .allSatisfy(
            (table, why) ->
                assertThat(why)
                    .contains("examples to learn from of model ads.click_model have 0.0 in"));
  }

  @Test
  void aWeekWithTooFewClicksToLearnFromIsScoredByTheChampion() {
    Dataset<Row> next = aWeekLater().where("event_type = 'impression'");
    ModelLake lake = learned(next);

    Map<String, Dataset<Row>> scored = lake.run(MODEL, NEXT_WEEK);

    assertThat(scored).containsOnlyKeys(MODEL);
    assertThat(scored.get(MODEL).count()).isEqualTo(1_200);
    assertThat(lake.without().get("click_model_training")).contains("have 0.0 in 'clicked'");
    assertThat(lake.champions(MODEL).promotions()).hasSize(1);
  }

  @Test
  void clicksThatWereTurnedMakeNoChampion() {
    Dataset<Row> week = aWeekLater();
    Dataset<Row> clicked = week.where("event_type = 'click'").select("user_id");
    Dataset<Row> turned =
        week.where("event_type = 'impression'")
            .join(clicked, named("user_id"), "left_anti")
            .withColumn("event_id", functions.expr("concat('t', event_id)"))
            .withColumn("event_type", functions.lit("click"))
            .select(columns(week));

    assertSpoiled(
        week.where("event_type = 'impression'").union(turned), "is worse than the baseline on");
  }

  @Test
  void aDayWhoseBidsChangedTheirScaleMakesNoChampion() {
    assertSpoiled(
        aWeekLater()
            .withColumn(
                "bid_price",
                functions.expr(
                    "CAST(IF(day = DATE'2024-03-17', 100, 1) * bid_price AS DECIMAL(12, 4))")),
        "bid_price is not as it was");
  }

  @Test
  void aDayOfOneDeviceMakesNoChampion() {
    assertSpoiled(
        aWeekLater()
            .withColumn(
                "device_type", functions.expr("IF(day = DATE'2024-03-17', 'mobile', device_type)")),
        "device_type is not as it was");
  }

  @Test
  void aBidThatIsMissingIsRefusedByName() {
    ModelLake lacking =
        lake(
            other,
            AdEvents.made(SHOWN.formatted(2_100))
                .withColumn("bid_price", functions.expr("IF(user_id = 'u7', NULL, bid_price)")));

    assertThatThrownBy(() -> lacking.run(MODEL, DAY))
        .hasMessageContaining("1 of ")
        .hasMessageContaining("have no number in 'bid_price'");
  }

  private void assertSpoiled(Dataset<Row> week, String why) {
    ModelLake lake = learned(week);
    String champion = lake.champions(MODEL).at(DAY).orElseThrow();

    lake.run(MODEL, NEXT_WEEK);

    assertThat(lake.last(MODEL).why()).contains(why);
    assertThat(lake.champions(MODEL).at(NEXT_WEEK)).contains(champion);
  }

  /** A lake that learned on the day, and has the events of the week after it. */
  private ModelLake learned(Dataset<Row> week) {
    return lake(other, week).after(lake, products, DAY);
  }

  private static Dataset<Row> aWeekLater() {
    return AdEvents.made(SHOWN.formatted(8_400))
        .withColumn("day", functions.expr("date_add(day, 7)"))
        .withColumn("occurred_at", functions.expr("occurred_at + INTERVAL 7 DAYS"));
  }

  private static Column[] columns(Dataset<Row> rows) {
    return java.util.Arrays.stream(rows.columns()).map(functions::col).toArray(Column[]::new);
  }

  private static scala.collection.immutable.Seq<String> named(String column) {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of(column)).toSeq();
  }

  private static ModelLake lake(Path folder, Dataset<Row> events) {
    return new ModelLake(folder, "ads", Map.of()).with("ad_events", "day", events.cache());
  }

  private static double value(Dataset<Row> training, String learner, String metric) {
    return training
        .where("learner = '%s' AND metric = '%s'".formatted(learner, metric))
        .select("value")
        .first()
        .getDouble(0);
  }
}
