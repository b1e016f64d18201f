package dev.assay.ml.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ml.ModelLake;
import dev.assay.ml.OrderLines;
import dev.assay.model.Promotion;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Customers who buy products of their own taste, a few on each of four days. */
class RetailRecommendationsTest {
  private static final String MODEL = "product_recommendations";
  private static final LocalDate DAY = LocalDate.of(2011, 5, 31);
  private static final String LEAST =
      "pipeline.models.product_recommendations.parameters.least-pairs";

  private static final String TASTES =
      """
      SELECT
        date_add(DATE'2011-03-01', CAST(pmod(xxhash64(u.id, p.id, 'day'), 4) * 20 AS INT)) AS day,
        u.id AS customer_id, CAST(10000 + p.id AS STRING) AS stock_code, 'sale' AS kind, 10 AS amount
      FROM range(0, 160, 1, 1) u CROSS JOIN range(0, 80, 1, 1) p
      WHERE pmod(xxhash64(u.id, p.id, 'taken'), 100) < IF(u.id % 4 = p.id % 4, 50, 1)
      UNION ALL
      SELECT DATE'2011-05-31', 999, '10000', 'sale', 10
      """;

  @TempDir private Path folder;

  @Test
  void namesWhatCustomersBuyNextBetterThanWhatMostBuy() {
    ModelLake lake = lake(OrderLines.made(TASTES), Map.of(LEAST, "20"));

    Map<String, Dataset<Row>> products = lake.run(MODEL, DAY);

    Promotion promotion = lake.last(MODEL);
    assertThat(promotion.evidence().overBaseline().low()).isPositive();
    assertThat(promotion.champion()).isEqualTo(promotion.challenger()).isNotNull();
    double ofTheirTaste =
        products
            .get(MODEL)
            .where("place <= 3 AND customer_id <> 999")
            .selectExpr("avg(IF(customer_id % 4 = stock_code % 4, 1, 0))")
            .first()
            .getDouble(0);
    assertThat(ofTheirTaste).isGreaterThan(0.8);
  }

  @Test
  void whatIsBoughtForTheFirstTimeOnTheLastDayIsHeldBack() {
    Dataset<Row> pairs =
        lake(
                OrderLines.made(
                    """
                    SELECT * FROM VALUES
                      ('2011-05-01', 1, '10001', 'sale', 5), ('2011-05-08', 1, '10001', 'sale', 5),
                      ('2011-05-31', 1, '10001', 'sale', 5), ('2011-05-31', 1, '10002', 'sale', 5),
                      ('2011-05-31', 1, 'POST', 'sale', 5), ('2011-05-08', 1, '10003', 'cancellation', -5),
                      ('2011-05-31', 2, '10001', 'sale', 5), ('2011-05-31', 2, '10004A', 'sale', 5),
                      ('2010-12-02', 3, '10001', 'sale', 5), ('2011-06-01', 3, '10001', 'sale', 5),
                      ('2011-05-31', NULL, '10001', 'sale', 5)
                    AS given(day, customer_id, stock_code, kind, amount)
                    """),
                Map.of())
            .examples(MODEL, DAY)
            .selectExpr("customer_id", "stock_code", "round(exp(rating)) - 1 AS days", "held_out");

    assertThat(pairs.collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder(
            "[1,10001,2.0,false]",
            "[1,10002,1.0,true]",
            "[2,10001,1.0,false]",
            "[2,10004A,1.0,false]");
  }

  @Test
  void aFewDaysAreTooFew() {
    ModelLake few = lake(OrderLines.made(TASTES), Map.of());

    assertThat(few.run(MODEL, DAY)).isEmpty();
    assertThat(few.without())
        .hasSize(3)
        .allSatisfy((table, why) -> assertThat(why).contains("and needs 1000 of each"));
  }

  @Test
  @Tag("soak")
  void ofRealCustomersItNamesWhatTheyBuyNextBetterThanWhatMostBuy() {
    ModelLake lake = lake(OrderLines.real(), Map.of());

    lake.run(MODEL, DAY);

    assertThat(lake.last(MODEL).evidence().overBaseline().low()).isPositive();
  }

  private ModelLake lake(Dataset<Row> lines, Map<String, String> overrides) {
    return new ModelLake(folder, "retail", overrides).with("order_lines", "day", lines);
  }
}
