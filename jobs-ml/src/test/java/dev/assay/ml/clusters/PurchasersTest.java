package dev.assay.ml.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.assay.ml.ModelLake;
import dev.assay.ml.Purchases;
import dev.assay.query.SqlQuery;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments of who buys on Black Friday, from the mart's own figures. */
class PurchasersTest {
  private static final String MODEL = "customer_segments";

  /**
   * Of 90 customers a third buys much and dear, a third some and cheap, a third little and dear.
   */
  private static final String OBVIOUS =
      """
      SELECT
        u.id AS user_id,
        concat('p', n.id) AS product_id,
        element_at(array(20000, 500, 15000), CAST(u.id % 3 AS INT) + 1) + 30 * (u.id DIV 3) AS purchase
      FROM range(0, 90, 1, 1) u
      JOIN range(0, 50, 1, 1) n ON n.id < element_at(array(40, 15, 2), CAST(u.id % 3 AS INT) + 1) + u.id DIV 3 % 5
      """;

  @TempDir private Path folder;

  @Test
  void threeObviousGroupsAreFoundAndNamedByWhatTheySpend() throws IOException {
    Map<String, Dataset<Row>> products = lake(Purchases.pairs(OBVIOUS)).run(MODEL, Purchases.DAY);

    assertThat(
            products
                .get("customer_segments_training")
                .where("chosen")
                .select("k", "reading")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[3,strong]");
    assertThat(
            products
                .get("customer_segments_profiles")
                .selectExpr("segment", "members", "round(purchases)", "round(products)")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder(
            "[high value, expensive taste,30,42.0,42.0]",
            "[middle value, expensive taste,30,4.0,4.0]",
            "[low value, modest taste,30,17.0,17.0]");
  }

  @Test
  void everyRealCustomerHasASegmentOfClustersThatAreBetterThanNone() throws IOException {
    ModelLake lake = lake(Purchases.real());

    Map<String, Dataset<Row>> products = lake.run(MODEL, Purchases.DAY);

    assertThat(lake.last(MODEL).evidence().overBaseline().low()).isPositive();
    assertThat(products.get(MODEL).where("segment IS NOT NULL").count()).isEqualTo(1_370);
    assertThat(products.get("customer_segments_training").select("k").count()).isEqualTo(9);
    assertThat(
            products
                .get("customer_segments_training")
                .where("chosen AND silhouette > 0.5")
                .select("k")
                .collectAsList())
        .extracting(row -> row.getInt(0))
        .containsExactly(2);
    assertThat(
            products.get("customer_segments_profiles").select("segment", "members").collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder(
            "[high value, modest taste,199]", "[low value, expensive taste,1171]");
  }

  @Test
  void customersWithoutAnyGroupsHaveNoSegments() {
    Dataset<Row> even =
        TestSpark.session()
            .sql(
                """
                SELECT id AS user_id, rand(1) AS purchases, rand(2) AS total, rand(3) AS mean, rand(4) AS products
                FROM range(0, 500, 1, 1)
                """)
            .withColumn("as_of", functions.lit(Purchases.DAY));
    ModelLake lake =
        new ModelLake(folder, "purchases", Map.of())
            .with("customer_features", "as_of", even.cache());

    assertThat(lake.run(MODEL, Purchases.DAY)).doesNotContainKey(MODEL);

    assertThat(lake.last(MODEL).why()).contains("no better than its baseline");
  }

  private ModelLake lake(Dataset<Row> purchases) throws IOException {
    String sql =
        Files.readString(
            Path.of(System.getProperty("assay.home"), "conf/purchases/customer_features.sql"));
    Dataset<Row> features =
        new SqlQuery("customer_features", sql, ConfigFactory.empty())
            .rows(TestSpark.session(), Map.of("purchases", purchases), Purchases.DAY, Purchases.DAY)
            .withColumn("as_of", functions.lit(Purchases.DAY));
    return new ModelLake(folder, "purchases", Map.of())
        .with("customer_features", "as_of", features.cache());
  }
}
