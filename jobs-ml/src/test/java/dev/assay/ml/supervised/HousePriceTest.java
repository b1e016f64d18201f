package dev.assay.ml.supervised;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ml.ModelLake;
import dev.assay.model.ModelRecord;
import dev.assay.model.Promotion;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a model, on real houses: learned, judged, promoted, used; and spoiled ones. */
class HousePriceTest {
  private static final String MODEL = "house_price";
  private static final LocalDate DAY = Houses.DAY;
  private static final LocalDate NEXT_WEEK = DAY.plusDays(7);

  /** Two quick learners, so that a day takes seconds. */
  private static final Map<String, String> QUICK =
      Map.of(
          "pipeline.models.house_price.parameters.folds", "0",
          "pipeline.models.house_price.parameters.learners.forest.trees", "10",
          "pipeline.models.house_price.parameters.learners.forest.depth", "5",
          "pipeline.models.house_price.parameters.learners.boosting.iterations", "2");

  @TempDir private static Path folder;
  private static ModelLake first;
  private static Map<String, Dataset<Row>> products;

  @TempDir private Path other;

  @BeforeAll
  static void learn() {
    first = lake(folder);
    products = first.run(MODEL, DAY);
  }

  @Test
  void itBeatsTheMeanAndIsPromotedWithItsEvidence() {
    Promotion promotion = first.last(MODEL);

    assertThat(promotion.champion()).isEqualTo(promotion.challenger()).isNotNull();
    assertThat(promotion.evidence().overBaseline().low()).isPositive();
    assertThat(promotion.evidence().rows()).isBetween(60, 110);
    List<String> measured =
        products
            .get("house_price_training")
            .selectExpr("concat(learner, ' ', metric)")
            .as(org.apache.spark.sql.Encoders.STRING())
            .collectAsList();
    assertThat(measured)
        .contains("linear rmse", "forest mae", "boosting cv_rmse", "mean rmse", "linear r2");
  }

  @Test
  void everyHouseHasAPriceByTheVersionThatIsChampion() {
    assertThat(products.get("house_price").count()).isEqualTo(414);
    assertThat(products.get("house_price").select("model_version").distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly(first.champions(MODEL).at(DAY).orElseThrow());
  }

  @Test
  void itsRecordSaysAllItIsMadeFromAndItsSaveLoads() {
    ModelRecord record = first.record(MODEL, first.champions(MODEL).at(DAY).orElseThrow());

    assertThat(record.inputs().get("valuations").rows()).isEqualTo(414);
    assertThat(record.takes()).contains("log_distance DOUBLE").doesNotContain("price");
    assertThat(record.parameters()).contains("\"seed\":42");
    assertThat(record.metrics()).anyMatch(metric -> metric.metric().equals("rmse"));
    assertThat(PipelineModel.load(folder.resolve(record.path()).toString()).stages()).isNotEmpty();
  }

  @Test
  void theSameHousesGiveTheSameVersionAndFigures() {
    ModelLake again = lake(other);
    Map<String, Dataset<Row>> same = again.run(MODEL, DAY);

    assertThat(again.last(MODEL).challenger()).isEqualTo(first.last(MODEL).challenger());
    assertThat(again.record(MODEL, again.last(MODEL).challenger()).metrics())
        .isEqualTo(first.record(MODEL, first.last(MODEL).challenger()).metrics());
    assertThat(texts(same.get("house_price"))).isEqualTo(texts(products.get("house_price")));
    again.run(MODEL, DAY);
    assertThat(again.champions(MODEL).promotions()).hasSize(1);
  }

  @Test
  void whatIsAskedForInPartIsNeitherSavedNorDecidesAnything() {
    ModelLake lake = lake(other);

    assertThatThrownBy(() -> lake.run(MODEL, DAY, Set.of("house_price")))
        .hasMessageContaining("house_price_training")
        .hasMessageContaining("name them all with --tables");

    assertThat(lake.champions(MODEL).promotions()).isEmpty();
    assertThat(lake.lake().names("models/housing/house_price")).isEmpty();
  }

  @Test
  void aLaterDayOfTheWeekIsScoredByTheSameVersionAndTheNextWeekLearns() {
    ModelLake lake = learned();
    LocalDate later = DAY.plusDays(2);
    lake.with("valuations", "as_of", Houses.of(later).union(Houses.of(DAY)));

    assertThat(lake.run(MODEL, later)).containsOnlyKeys("house_price");
    lake.with("valuations", "as_of", Houses.of(NEXT_WEEK));
    assertThat(lake.run(MODEL, NEXT_WEEK)).hasSize(3);
    // The same houses once more make no better model.
    assertThat(lake.last(MODEL).why()).contains("not better than the champion");
    assertThat(lake.champions(MODEL).at(NEXT_WEEK)).isEqualTo(lake.champions(MODEL).at(DAY));
  }

  @Test
  void shuffledPricesFallBackToTheMean() {
    Dataset<Row> houses = Houses.of(DAY);
    Dataset<Row> prices =
        houses.selectExpr(
            "price_per_ping AS shuffled", "row_number() OVER (ORDER BY valuation_no) AS n");
    Dataset<Row> shuffled =
        houses
            .withColumn(
                "n",
                org.apache.spark.sql.functions.expr(
                    "row_number() OVER (ORDER BY xxhash64(valuation_no, 'any'))"))
            .join(prices, "n")
            .withColumn("price_per_ping", col("shuffled"))
            .drop("n", "shuffled");
    ModelLake lake = new ModelLake(other, "housing", QUICK).with("valuations", "as_of", shuffled);

    Map<String, Dataset<Row>> learned = lake.run(MODEL, DAY);

    assertThat(learned).doesNotContainKey("house_price");
    assertThat(lake.last(MODEL).why()).contains("no better than its baseline");
    assertThat(lake.last(MODEL).champion()).isNull();
    assertThat(lake.without().get("house_price")).contains("no version").contains("is champion");
  }

  @Test
  void ofFeaturesThatSayNothingOneIsKept() {
    Dataset<Row> noise =
        TestSpark.session()
            .sql("SELECT rand(1) AS a, rand(2) AS b, rand(3) AS _label FROM range(0, 50, 1, 1)");
    PipelineModel fitted =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new VectorAssembler().setInputCols(new String[] {"a", "b"}).setOutputCol("all"),
                  new Selection(1e-9, "all", "kept")
                })
            .fit(noise);

    assertThat(((Vector) fitted.transform(noise).select("kept").first().get(0)).size())
        .isEqualTo(1);
  }

  @Test
  void aDayWhoseScaleChangedIsNotPromoted() {
    assertSpoiled(
        Houses.of(NEXT_WEEK).withColumn("mrt_distance_m", col("mrt_distance_m").multiply(100)),
        "distance is not as it was");
  }

  @Test
  void aDayWithAConstantFeatureIsNotPromoted() {
    assertSpoiled(
        Houses.of(NEXT_WEEK).withColumn("house_age_years", lit(10.0)), "age is not as it was");
  }

  @Test
  void aDayWithTurnedPricesIsNotPromoted() {
    assertSpoiled(
        Houses.of(NEXT_WEEK)
            .withColumn(
                "price_per_ping", lit(120).minus(col("price_per_ping")).cast("decimal(10,4)")),
        "(label) is not as it was");
  }

  private void assertSpoiled(Dataset<Row> spoiled, String why) {
    ModelLake lake = learned();
    String champion = lake.champions(MODEL).at(DAY).orElseThrow();
    lake.with("valuations", "as_of", spoiled);

    lake.run(MODEL, NEXT_WEEK);

    assertThat(lake.last(MODEL).why()).contains(why);
    assertThat(lake.champions(MODEL).at(NEXT_WEEK)).contains(champion);
  }

  /** A lake that learned on the day. */
  private ModelLake learned() {
    return lake(other).after(first, products, DAY);
  }

  private static ModelLake lake(Path folder) {
    return new ModelLake(folder, "housing", QUICK).with("valuations", "as_of", Houses.of(DAY));
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
