package dev.assay.ml.supervised;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.assay.ml.ModelLake;
import dev.assay.model.Promotion;
import dev.assay.query.SqlQuery;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Visitors as of the 30th of June: learned from as of the 1st of May, measured on the 31st. */
class ChurnTest {
  private static final String MODEL = "churn";
  private static final LocalDate DAY = LocalDate.of(2024, 6, 30);
  private static final LocalDate EARLIER = LocalDate.of(2024, 5, 1);
  private static final LocalDate LATER = LocalDate.of(2024, 5, 31);

  /** Half of 400 visitors come on a tenth of the days, the others on one of a hundred. */
  private static final String VISITS =
      """
      (
        SELECT 'u' || user AS user_id, date_add(DATE'2024-02-02', CAST(n AS INT)) AS day, 0 AS revenue
        FROM (SELECT u.id AS user, d.id AS n FROM range(0, 400, 1, 1) u CROSS JOIN range(0, 150, 1, 1) d)
        WHERE pmod(xxhash64(user, n), 1000) < IF(user % 2 = 0, 100, 10)
      )
      """;

  private static final Dataset<Row> LITERAL =
      DailyUsers.of(
          // Comes back on the last day that counts, and not in June.
          "stays 2024-05-01 0",
          "stays 2024-04-20 7",
          "stays 2024-05-31 0",
          // Was here on the last day that counts as active, and comes back too late.
          "leaves 2024-04-02 5",
          "leaves 2024-06-01 0",
          // Has gone already as of May.
          "gone 2024-04-01 5",
          // Too old for the window of the features of May.
          "old 2024-02-01 9",
          "old 2024-05-01 0",
          "new 2024-05-20 3",
          "new 2024-06-30 0",
          "after_the_day 2024-05-30 0",
          "after_the_day 2024-07-01 0");

  @TempDir private Path folder;

  @Test
  void beatsTheBaseRateAtTheLaterCutOffAndScoresWhoWasHereLately() throws IOException {
    Dataset<Row> visits = DailyUsers.made(VISITS).cache();
    ModelLake lake = lake(visits);

    Map<String, Dataset<Row>> products = lake.run(MODEL, DAY);

    Promotion promotion = lake.last(MODEL);
    assertThat(promotion.champion()).isEqualTo(promotion.challenger()).isNotNull();
    assertThat(promotion.evidence().overBaseline().low()).isPositive();
    assertThat(products.get(MODEL).count())
        .isEqualTo(visits.where("day > DATE'2024-05-31'").select("user_id").distinct().count());
    double oftenHere = meanOf(products.get(MODEL), 0);
    double seldomHere = meanOf(products.get(MODEL), 1);
    assertThat(seldomHere).isGreaterThan(oftenHere + 0.3);
  }

  @Test
  void whatComesAfterACutOffIsItsAnswerAndNothingElse() throws IOException {
    Dataset<Row> examples = lake(LITERAL).examples(MODEL, DAY);

    assertThat(
            examples
                .select(
                    "user_id",
                    "held_out",
                    "churned",
                    "recency_days",
                    "active_days_30d",
                    "sessions_90d",
                    "revenue_90d")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder(
            "[stays,false,0,0,2,2,7.0]",
            "[leaves,false,1,29,1,1,5.0]",
            "[old,false,1,0,1,1,0.0]",
            "[stays,true,1,0,1,3,7.0]",
            "[new,true,0,11,1,1,3.0]",
            "[after_the_day,true,1,1,1,1,0.0]");
  }

  @Test
  void featuresAtACutOffAreThoseThatTheMartHadThen() throws IOException {
    Dataset<Row> visits = DailyUsers.made(VISITS).cache();
    ModelLake lake = lake(visits);

    for (LocalDate cutOff : new LocalDate[] {EARLIER, LATER}) {
      String columns = String.join(", ", lake.subjects(MODEL, DAY).columns());
      Dataset<Row> ofTheModel =
          lake.examples(MODEL, DAY)
              .where("held_out = " + cutOff.equals(LATER))
              .selectExpr(columns.split(", "));
      Dataset<Row> ofTheMart =
          features(visits, cutOff).where("recency_days < 30").selectExpr(columns.split(", "));

      assertThat(ofTheModel.orderBy("user_id").collectAsList())
          .extracting(Row::toString)
          .isNotEmpty()
          .isEqualTo(
              ofTheMart
                  .selectExpr(
                      java.util.Arrays.stream(columns.split(", "))
                          .map(
                              column ->
                                  column.startsWith("revenue")
                                      ? "CAST(" + column + " AS DOUBLE) AS " + column
                                      : column)
                          .toArray(String[]::new))
                  .orderBy("user_id")
                  .collectAsList()
                  .stream()
                  .map(Row::toString)
                  .toList());
    }
  }

  @Test
  void aDayOfVisitorsHasNoAnswersYet() throws IOException {
    ModelLake lake = lake(DailyUsers.made(VISITS).where("day = DATE'" + DAY + "'"));

    assertThat(lake.run(MODEL, DAY)).isEmpty();
    assertThat(lake.without())
        .hasSize(4)
        .allSatisfy((table, why) -> assertThat(why).contains("has 0 examples to learn from"));
  }

  private ModelLake lake(Dataset<Row> visits) throws IOException {
    return new ModelLake(folder, "web", Map.of())
        .with("daily_users", "day", visits)
        .with(
            "churn_features",
            "as_of",
            features(visits, DAY).withColumn("as_of", org.apache.spark.sql.functions.lit(DAY)));
  }

  /** The mart's own query, of what was known on a day. */
  private static Dataset<Row> features(Dataset<Row> visits, LocalDate day) throws IOException {
    Dataset<Row> known = visits.where("day <= DATE'" + day + "'");
    Dataset<Row> history =
        known
            .groupBy("user_id")
            .agg(
                org.apache.spark.sql.functions.min("day").as("first_day"),
                org.apache.spark.sql.functions.max("day").as("last_day"));
    LocalDate first = day.minusDays(89);
    String sql =
        Files.readString(Path.of(System.getProperty("assay.home"), "conf/web/churn_features.sql"));
    return new SqlQuery("churn_features", sql, ConfigFactory.empty())
        .rows(
            TestSpark.session(),
            Map.of(
                "daily_users",
                known.where("day >= DATE'" + first + "'"),
                "visitor_history",
                history),
            first,
            day);
  }

  private static double meanOf(Dataset<Row> scores, int kind) {
    return scores
        .where("CAST(substr(user_id, 2) AS INT) % 2 = " + kind)
        .selectExpr("avg(probability)")
        .first()
        .getDouble(0);
  }
}
