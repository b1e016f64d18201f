package dev.assay.ml.retail;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageRun;
import dev.assay.ml.MlStage;
import dev.assay.testing.FakeInputs;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.TestSpark;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomerSegmentsTest {
  private static final LocalDate WEDNESDAY = LocalDate.of(2010, 12, 1);
  private static final StructType RFM =
      StructType.fromDDL(
          "as_of date, customer_id bigint, recency_days int, frequency bigint,"
              + " monetary decimal(28,4), r_score int, f_score int, m_score int, segment string");

  private static final SparkSession SPARK = TestSpark.session();
  @TempDir private static Path lake;

  /** What the model of a Wednesday's twelve customers came to: learning takes longest. */
  private static Map<String, Dataset<Row>> ofWednesday = Map.of();

  private Map<String, String> without = Map.of();

  @BeforeAll
  static void learn() {
    ofWednesday = products(drafts(inputs(WEDNESDAY, 12), WEDNESDAY));
  }

  @Test
  void findsThreeObviousGroupsAndNamesThem() {
    List<Row> chosen =
        ofWednesday.get("customer_segments_training").where("chosen").select("k").collectAsList();
    assertThat(chosen).extracting(row -> row.getInt(0)).containsExactly(3);
    assertThat(texts(ofWednesday.get("customer_segments_profiles"), "segment", "customers"))
        .containsExactly("high value, active 4", "low value, gone 4", "middle value, cooling 4");
    assertThat(ofWednesday.get("customer_segments_training").count()).isEqualTo(9);
    assertThat(ofWednesday.get("customer_segments").count()).isEqualTo(12);
  }

  @Test
  void savesAModelThatGivesTheSameClustersWhenItIsLoaded() {
    FakeInputs inputs = inputs(WEDNESDAY, 12);
    String path =
        ofWednesday.get("customer_segments_training").select("model_path").first().getString(0);

    Dataset<Row> again =
        PipelineModel.load(lake.resolve(path).toString())
            .transform(inputs.days("customer_rfm", WEDNESDAY, WEDNESDAY).drop("segment"));

    assertThat(texts(again, "customer_id", "prediction"))
        .isEqualTo(texts(ofWednesday.get("customer_segments"), "customer_id", "cluster"));
  }

  @Test
  void usesTheModelOfTheWeekAndTrainsAnewInTheNext() {
    FakeInputs inputs = inputs(WEDNESDAY, 12);
    publish(inputs, ofWednesday, WEDNESDAY);
    LocalDate friday = WEDNESDAY.plusDays(2);
    LocalDate monday = WEDNESDAY.plusDays(5);
    inputs.with("customer_rfm", "as_of", customers(friday, 12).union(customers(monday, 12)));

    Map<String, Dataset<Row>> ofFriday = run(inputs, friday);
    assertThat(ofFriday).containsOnlyKeys("customer_segments");
    assertThat(texts(ofFriday.get("customer_segments"), "customer_id", "segment"))
        .isEqualTo(texts(ofWednesday.get("customer_segments"), "customer_id", "segment"));
    assertThat(run(inputs, monday)).hasSize(3);
  }

  @Test
  void takesItsOwnModelBackWhereADayBeforeItHasTrainedSince() {
    LocalDate tuesday = WEDNESDAY.minusDays(1);
    Map<String, Dataset<Row>> trained = run(inputs(tuesday, 12), tuesday);
    FakeInputs both =
        new FakeInputs()
            .with("customer_rfm", "as_of", customers(tuesday, 12).union(customers(WEDNESDAY, 12)));
    trained.forEach(
        (table, rows) ->
            both.with(
                table,
                "as_of",
                rows.withColumn("as_of", lit(tuesday))
                    .union(ofWednesday.get(table).withColumn("as_of", lit(WEDNESDAY)))));

    Map<String, Dataset<Row>> again = run(both, WEDNESDAY);

    assertThat(again).containsOnlyKeys("customer_segments");
    assertThat(without)
        .containsOnlyKeys("customer_segments_training", "customer_segments_profiles");
    assertThat(texts(again.get("customer_segments"), "customer_id", "model_version"))
        .isEqualTo(texts(trained.get("customer_segments"), "customer_id", "model_version"));
  }

  @Test
  void neverUsesAModelOfTheFuture() {
    LocalDate tuesday = WEDNESDAY.minusDays(1);
    FakeInputs inputs = inputs(WEDNESDAY, 12);
    publish(inputs, ofWednesday, WEDNESDAY);
    inputs.with("customer_rfm", "as_of", customers(tuesday, 12));

    assertThat(run(inputs, tuesday)).hasSize(3);
  }

  @Test
  void givesTheSameModelForTheSameCustomersHoweverTheyAreParted() {
    Dataset<Row> customers = customers(WEDNESDAY, 100);
    Map<String, Dataset<Row>> first =
        run(new FakeInputs().with("customer_rfm", "as_of", customers), WEDNESDAY);
    Map<String, Dataset<Row>> second =
        run(
            new FakeInputs()
                .with("customer_rfm", "as_of", customers.repartition(7, col("monetary"))),
            WEDNESDAY);

    assertThat(second.get("customer_segments_training").collectAsList())
        .isEqualTo(first.get("customer_segments_training").collectAsList());
  }

  @Test
  void saysThatThereIsNothingToTrainOnWhereCustomersAreTooFew() {
    assertThat(run(inputs(WEDNESDAY, 2), WEDNESDAY)).isEmpty();

    assertThat(without)
        .hasSize(3)
        .allSatisfy((table, why) -> assertThat(why).contains("only 2 different customers"));
  }

  private Map<String, Dataset<Row>> run(FakeInputs inputs, LocalDate date) {
    DayDrafts day = drafts(inputs, date);
    without = day.without();
    return products(day);
  }

  private static DayDrafts drafts(FakeInputs inputs, LocalDate date) {
    AssayConfig config = OnlineRetail.config(Map.of("lake", lake.toString()));
    return new MlStage()
        .drafts(
            new StageRun("run", SPARK, config, inputs), date, config.pipeline().tablesOf(Stage.ML));
  }

  private static Map<String, Dataset<Row>> products(DayDrafts day) {
    Map<String, Dataset<Row>> products = new TreeMap<>();
    day.drafts().forEach(draft -> products.put(draft.contract().name().table(), draft.rows()));
    return products;
  }

  private static void publish(
      FakeInputs inputs, Map<String, Dataset<Row>> products, LocalDate date) {
    products.forEach(
        (table, rows) -> inputs.with(table, "as_of", rows.withColumn("as_of", lit(date))));
  }

  private static FakeInputs inputs(LocalDate date, int customers) {
    return new FakeInputs().with("customer_rfm", "as_of", customers(date, customers));
  }

  /** A third each: many recent expensive orders; some; one cheap order long ago. */
  private static Dataset<Row> customers(LocalDate date, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int group = i % 3;
      int recency = new int[] {1, 40, 90}[group] + i / 3;
      long frequency = new long[] {50, 10, 1}[group] + (group == 2 ? 0 : i / 3);
      BigDecimal monetary =
          BigDecimal.valueOf(new long[] {90_000, 2_000, 30}[group] + i).setScale(4);
      rows.add(
          RowFactory.create(
              Date.valueOf(date), (long) i, recency, frequency, monetary, 1, 1, 1, "x"));
    }
    return SPARK.createDataFrame(rows, RFM);
  }

  private static List<String> texts(Dataset<Row> rows, String left, String right) {
    return rows.select(col(left).cast("string"), col(right).cast("string")).collectAsList().stream()
        .map(row -> row.getString(0) + " " + row.getString(1))
        .sorted()
        .toList();
  }
}
