package dev.assay.ml.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ml.ModelLake;
import dev.assay.ml.Purchases;
import dev.assay.model.Promotion;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Customers of four tastes, who pay more for products of their own, and little for others. */
class PurchaseRecommendationsTest {
  private static final String MODEL = "product_recommendations";

  private static final String TASTES =
      """
      SELECT
        u.id AS user_id,
        concat('p', p.id) AS product_id,
        IF(u.id % 4 = p.id % 4, 9000, 100) + pmod(xxhash64(u.id, p.id), 50) AS purchase
      FROM range(0, 160, 1, 1) u CROSS JOIN range(0, 80, 1, 1) p
      WHERE pmod(xxhash64(u.id, p.id, 'taken'), 100) < IF(u.id % 4 = p.id % 4, 60, 10)
      """;

  @TempDir private static Path folder;
  private static ModelLake learned;
  private static Map<String, Dataset<Row>> products;

  @TempDir private Path other;

  @BeforeAll
  static void learn() {
    learned = lake(folder, Purchases.pairs(TASTES));
    products = learned.run(MODEL, Purchases.DAY);
  }

  @Test
  void namesWhatCustomersAlsoBoughtBetterThanWhatMostBought() {
    Promotion promotion = learned.last(MODEL);
    assertThat(promotion.evidence().overBaseline().low()).isPositive();
    assertThat(promotion.champion()).isEqualTo(promotion.challenger()).isNotNull();
    Dataset<Row> lists = products.get(MODEL);
    assertThat(lists.count()).isEqualTo(1_600);
    assertThat(
            lists
                .join(
                    Purchases.pairs(TASTES).select("user_id", "product_id"),
                    scala.jdk.javaapi.CollectionConverters.asScala(
                            java.util.List.of("user_id", "product_id"))
                        .toSeq(),
                    "left_semi")
                .count())
        .as("what they have")
        .isZero();
    double ofTheirTaste =
        lists
            .where("place <= 3")
            .selectExpr("avg(IF(user_id % 4 = substr(product_id, 2) % 4, 1, 0))")
            .first()
            .getDouble(0);
    assertThat(ofTheirTaste).isGreaterThan(0.8);
    assertThat(products.get("product_recommendations_users").count()).isEqualTo(800);
  }

  /** The model says first what they have, and more of it than is looked past. */
  @Test
  void whoBoughtMoreThanUsualHasAListOfTenToo() {
    Dataset<Row> lists =
        new ModelLake(
                other,
                "purchases",
                Map.of("pipeline.models.product_recommendations.parameters.left-out", "3"))
            .with("purchases", "as_of", Purchases.pairs(TASTES))
            .run(MODEL, Purchases.DAY)
            .get(MODEL);

    assertThat(lists.count()).isEqualTo(1_600);
    assertThat(lists.where("source = 'model'").count()).isEqualTo(1_600);
  }

  @Test
  void theSamePurchasesGiveTheSameLists() {
    ModelLake again = lake(other, Purchases.pairs(TASTES).orderBy("product_id"));

    Map<String, Dataset<Row>> same = again.run(MODEL, Purchases.DAY);

    learned.assertLearnedTheSame(MODEL, again);
    assertThat(texts(same.get(MODEL))).isEqualTo(texts(products.get(MODEL)));
  }

  @Test
  void aRatingIsWhereAnAmountStandsAmongThoseLearnedFrom() {
    Dataset<Row> pairs = examples(0);

    Dataset<Row> learned = pairs.where("NOT held_out").orderBy("paid");
    long others = learned.count() - 1;
    assertThat(pairs.where("held_out").count()).isBetween(10L, 30L);
    assertThat(learned.select("rating").collectAsList())
        .extracting(row -> row.getDouble(0))
        .startsWith(1.0, 1 + 4.0 / others, 1 + 8.0 / others)
        .endsWith(5.0);
  }

  @Test
  void whatWasPaidForPairsHeldBackChangesNoRatingOfOthers() {
    String ofOthers = "NOT held_out";

    assertThat(texts(examples(1_000_000).where(ofOthers)))
        .isEqualTo(texts(examples(0).where(ofOthers)));
    assertThat(examples(1_000_000).where("held_out").select("rating").distinct().collectAsList())
        .extracting(row -> row.getDouble(0))
        .containsExactly(5.0);
  }

  /** A hundred pairs, each for a different amount, and those held back for so much more. */
  private Dataset<Row> examples(int more) {
    String pairs =
        """
        SELECT id AS user_id, concat('p', id) AS product_id,
          100 + id + IF(pmod(xxhash64(id, concat('p', id), 42), 10000) < 2000, %d, 0) AS purchase
        FROM range(0, 100, 1, 1)
        """
            .formatted(more);
    return lake(other, Purchases.pairs(pairs))
        .examples(MODEL, Purchases.DAY)
        .withColumn("paid", org.apache.spark.sql.functions.col("user_id"));
  }

  private static ModelLake lake(Path folder, Dataset<Row> purchases) {
    return new ModelLake(folder, "purchases", Map.of()).with("purchases", "as_of", purchases);
  }

  private static java.util.List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
