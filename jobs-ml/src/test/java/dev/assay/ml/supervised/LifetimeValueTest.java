package dev.assay.ml.supervised;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ml.ModelLake;
import dev.assay.model.Promotion;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifetimeValueTest {
  private static final String MODEL = "lifetime_value";
  private static final LocalDate DAY = LocalDate.of(2024, 12, 31);

  /**
   * One old visitor, and 300 who come for the first time from February on, and again every tenth
   * day; the half of them who buy go on to buy.
   */
  private static final String VISITS =
      """
      (
        SELECT 'old' AS user_id, DATE'2024-01-01' AS day, 0 AS revenue
        UNION ALL
        SELECT
          'u' || user, date_add(DATE'2024-02-01', CAST(pmod(user, 120) + 10 * visit AS INT)),
          IF(user % 2 = 0, 10 + pmod(xxhash64(user, visit), 20), 0)
        FROM (SELECT u.id AS user, v.id AS visit FROM range(0, 300, 1, 1) u CROSS JOIN range(0, 21, 1, 1) v)
        UNION ALL
        SELECT 'today', DATE'2024-12-31', 0
      )
      """;

  /** Fewer trees, so that a day takes seconds. */
  private static final Map<String, String> QUICK =
      Map.of(
          "pipeline.models.lifetime_value.parameters.folds", "0",
          "pipeline.models.lifetime_value.parameters.learners.forest.trees", "10",
          "pipeline.models.lifetime_value.parameters.learners.boosting.iterations", "5");

  @TempDir private Path folder;

  @Test
  void beatsTheMeanOfAllOnThoseWhoCameLater() {
    ModelLake lake = lake(DailyUsers.made(VISITS));

    Map<String, Dataset<Row>> products = lake.run(MODEL, DAY);

    Promotion promotion = lake.last(MODEL);
    assertThat(promotion.champion()).isEqualTo(promotion.challenger()).isNotNull();
    assertThat(promotion.evidence().overBaseline().low()).isPositive();
    assertThat(
            products
                .get("lifetime_value_training")
                .selectExpr("concat(learner, ' ', metric)")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .contains("linear rmse", "forest rmse", "boosting rmse", "mean rmse");
  }

  @Test
  void theFirstDaysAreFeaturesAndTheDaysAfterThemTheTarget() {
    Dataset<Row> examples = literal().examples(MODEL, DAY);

    assertThat(
            examples
                .select(
                    "user_id",
                    "held_out",
                    "active_days_early",
                    "revenue_early",
                    "active_days_later",
                    "revenue_later",
                    "last_seen_later",
                    "revenue_after")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder(
            "[early,false,2,6.0,4,12.0,29,24.0]", "[late,true,1,1.0,1,1.0,0,2.0]");
  }

  @Test
  void thoseWhoseFirstDaysAreOverAndWhoseTargetIsNotAreScored() {
    assertThat(literal().subjects(MODEL, DAY).select("user_id", "revenue_later").collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder("[one_day_too_late,1.0]", "[first_days_just_over,1.0]");
  }

  @Test
  void aYearThatHasOnlyBegunHasNobodyToLearnFrom() {
    ModelLake lake = lake(DailyUsers.of("old 2024-12-30 0", "u1 2024-12-30 5", "u2 2024-12-31 7"));

    assertThat(lake.run(MODEL, DAY)).isEmpty();
    assertThat(lake.without())
        .hasSize(3)
        .allSatisfy((table, why) -> assertThat(why).contains("has 0 examples to learn from"));
  }

  private ModelLake literal() {
    return lake(
        DailyUsers.of(
            "old 2024-01-01 100",
            "perhaps_old 2024-01-30 1",
            // The first who was not there for thirty days, from the first day to the 210th and on.
            "early 2024-01-31 5",
            "early 2024-02-06 1",
            "early 2024-02-07 2",
            "early 2024-02-29 4",
            "early 2024-03-01 8",
            "early 2024-08-27 16",
            "early 2024-08-28 32",
            "late 2024-06-05 1",
            "late 2024-12-31 2",
            "one_day_too_late 2024-06-06 1",
            "first_days_just_over 2024-12-02 1",
            "first_days_not_over 2024-12-03 1",
            "tomorrow 2025-01-01 1"));
  }

  private ModelLake lake(Dataset<Row> visits) {
    return new ModelLake(folder, "web", QUICK).with("daily_users", "day", visits.cache());
  }
}
