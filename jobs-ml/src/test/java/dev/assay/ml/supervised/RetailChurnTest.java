package dev.assay.ml.supervised;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ml.ModelLake;
import dev.assay.ml.OrderLines;
import dev.assay.model.Promotion;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Customers as of the 31st of May: learned from as of the 1st of April, measured on that of May.
 */
class RetailChurnTest {
  private static final String MODEL = "churn";
  private static final LocalDate DAY = LocalDate.of(2011, 5, 31);
  private static final LocalDate LATER = LocalDate.of(2011, 5, 1);

  /** Half of 400 customers buy on a tenth of the days, the others on one of a hundred. */
  private static final String HABITS =
      """
      SELECT date_add(DATE'2010-12-01', CAST(d.id AS INT)) AS day, u.id AS customer_id,
        CAST(10000 + pmod(xxhash64(u.id, d.id), 50) AS STRING) AS stock_code, 'sale' AS kind, 10 AS amount
      FROM range(0, 400, 1, 1) u CROSS JOIN range(0, 182, 1, 1) d
      WHERE pmod(xxhash64(u.id, d.id, 'bought'), 1000) < IF(u.id % 2 = 0, 100, 10)
      UNION ALL
      SELECT DATE'2011-05-31', 0, '10000', 'sale', 10
      """;

  @TempDir private Path folder;

  @Test
  void beatsTheBaseRateAtTheLaterCutOffAndScoresEveryCustomer() {
    Dataset<Row> lines = OrderLines.made(HABITS);
    ModelLake lake = lake(lines);

    Dataset<Row> scores = lake.run(MODEL, DAY).get(MODEL);

    Promotion promotion = lake.last(MODEL);
    assertThat(promotion.evidence().overBaseline().low()).isPositive();
    assertThat(promotion.champion()).isEqualTo(promotion.challenger()).isNotNull();
    assertThat(scores.count())
        .isEqualTo(lines.where("day > DATE'2010-12-02'").select("customer_id").distinct().count());
    assertThat(meanOf(scores, 1)).isGreaterThan(meanOf(scores, 0) + 0.3);
  }

  @Test
  void whatComesAfterACutOffIsItsAnswerAndNothingElse() {
    Dataset<Row> examples =
        lake(OrderLines.made(
                """
                    SELECT * FROM VALUES
                      -- Comes back on the last day that counts, and not in May.
                      ('2011-03-02', 1, '10001', 'sale', 100), ('2011-04-01', 1, '10002', 'sale', 20),
                      ('2011-04-01', 1, '10001', 'cancellation', -20), ('2011-05-01', 1, '10003', 'sale', 50),
                      -- Comes back a day too late, and only takes back what it bought.
                      ('2011-03-22', 2, '10001', 'sale', 10), ('2011-05-02', 2, '10001', 'cancellation', -10),
                      -- New in April, and back in May.
                      ('2011-04-11', 3, '10001', 'sale', 10), ('2011-05-31', 3, '10001', 'sale', 10),
                      -- On the last day of the history of April, too long ago for that of May.
                      ('2010-10-04', 4, '10001', 'sale', 10),
                      ('2010-10-03', 5, '10001', 'sale', 10),
                      ('2011-05-20', 6, '10001', 'sale', 10), ('2011-06-01', 6, '10001', 'sale', 10)
                    AS given(day, customer_id, stock_code, kind, amount)
                    """))
            .examples(MODEL, DAY)
            .selectExpr(
                "customer_id",
                "held_out",
                "churned",
                "recency",
                "tenure",
                "round(exp(log_orders)) AS orders",
                "round(exp(log_products)) AS products",
                "round(exp(log_net)) - 1 AS net",
                "mean_gap");

    assertThat(examples.collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder(
            "[1,false,0,0.0,30.0,2.0,2.0,100.0,30.0]",
            "[2,false,1,10.0,10.0,1.0,1.0,10.0,180.0]",
            "[4,false,1,179.0,179.0,1.0,1.0,10.0,180.0]",
            "[1,true,1,0.0,60.0,3.0,3.0,150.0,30.0]",
            "[2,true,1,40.0,40.0,1.0,1.0,10.0,180.0]",
            "[3,true,0,20.0,20.0,1.0,1.0,10.0,180.0]");
  }

  @Test
  void customersAreScoredByTheFiguresThatTheyWereLearnedFromWith() {
    Dataset<Row> lines = OrderLines.made(HABITS);

    Dataset<Row> then = lake(lines).subjects(MODEL, LATER);
    Dataset<Row> since = lake(lines).examples(MODEL, DAY).where("held_out");

    assertThat(texts(since.select("customer_id", columns(then)))).isEqualTo(texts(then));
  }

  @Test
  void aDayOfOrdersHasNoAnswersYet() {
    ModelLake lake = lake(OrderLines.made(HABITS).where("day = DATE'" + DAY + "'"));

    assertThat(lake.run(MODEL, DAY)).isEmpty();
    assertThat(lake.without())
        .hasSize(4)
        .allSatisfy((table, why) -> assertThat(why).contains("has 0 examples to learn from"));
  }

  @Test
  @Tag("soak")
  void ofRealCustomersItBeatsTheBaseRate() {
    ModelLake lake = lake(OrderLines.real());

    lake.run(MODEL, DAY);

    assertThat(lake.last(MODEL).evidence().overBaseline().low()).isPositive();
  }

  private ModelLake lake(Dataset<Row> lines) {
    return new ModelLake(folder, "retail", Map.of()).with("order_lines", "day", lines);
  }

  private static String[] columns(Dataset<Row> rows) {
    return java.util.Arrays.stream(rows.columns())
        .filter(column -> !column.equals("customer_id"))
        .toArray(String[]::new);
  }

  private static double meanOf(Dataset<Row> scores, int kind) {
    return scores
        .where("customer_id % 2 = " + kind)
        .selectExpr("avg(probability)")
        .first()
        .getDouble(0);
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
