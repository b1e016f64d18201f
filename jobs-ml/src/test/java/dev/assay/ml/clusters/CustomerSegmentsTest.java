package dev.assay.ml.clusters;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ml.ModelLake;
import dev.assay.model.Champions;
import dev.assay.testing.TestSpark;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private static final String MODEL = "customer_segments";
  private static final LocalDate WEDNESDAY = LocalDate.of(2010, 12, 1);
  private static final StructType RFM =
      StructType.fromDDL(
          "as_of date, customer_id bigint, recency_days int, frequency bigint,"
              + " monetary decimal(28,4), r_score int, f_score int, m_score int, segment string");

  private static final SparkSession SPARK = TestSpark.session();
  @TempDir private static Path folder;
  @TempDir private Path other;

  /** What the model of a Wednesday's twelve customers came to: learning takes longest. */
  private static Map<String, Dataset<Row>> ofWednesday = Map.of();

  private static ModelLake lake;

  @BeforeAll
  static void learn() {
    lake = lake(folder, customers(WEDNESDAY, 12));
    ofWednesday = lake.run(MODEL, WEDNESDAY);
  }

  @Test
  void findsThreeObviousGroupsAndNamesThem() {
    List<Row> chosen =
        ofWednesday
            .get("customer_segments_training")
            .where("chosen")
            .select("k", "reading")
            .collectAsList();
    assertThat(chosen).extracting(Row::toString).containsExactly("[3,strong]");
    assertThat(texts(ofWednesday.get("customer_segments_profiles"), "segment", "members"))
        .containsExactly("high value, active 4", "low value, gone 4", "middle value, cooling 4");
    assertThat(ofWednesday.get("customer_segments_training").count()).isEqualTo(9);
    assertThat(texts(ofWednesday.get("customer_segments"), "customer_id", "segment"))
        .hasSize(12)
        .contains("0 high value, active", "1 middle value, cooling", "2 low value, gone");
  }

  @Test
  void savesAModelThatGivesTheSameClustersWhenItIsLoaded() {
    String version = lake.champions(MODEL).at(WEDNESDAY).orElseThrow();
    String path = lake.record(MODEL, version).path();

    Dataset<Row> again =
        PipelineModel.load(folder.resolve(path).toString())
            .transform(customers(WEDNESDAY, 12).drop("segment"));

    assertThat(texts(again, "customer_id", "prediction"))
        .isEqualTo(texts(ofWednesday.get("customer_segments"), "customer_id", "cluster"));
  }

  @Test
  void usesTheModelOfTheWeekAndTrainsAnewInTheNext() {
    ModelLake week = learned();
    LocalDate friday = WEDNESDAY.plusDays(2);
    LocalDate monday = WEDNESDAY.plusDays(5);
    week.with(
        "customer_rfm",
        "as_of",
        customers(WEDNESDAY, 12).union(customers(friday, 12)).union(customers(monday, 12)));

    Map<String, Dataset<Row>> ofFriday = week.run(MODEL, friday);

    assertThat(ofFriday).containsOnlyKeys("customer_segments");
    assertThat(texts(ofFriday.get("customer_segments"), "customer_id", "segment"))
        .isEqualTo(texts(ofWednesday.get("customer_segments"), "customer_id", "segment"));
    assertThat(week.run(MODEL, monday)).hasSize(3);
  }

  @Test
  void learnsAgainInTheWeekOnceMuchHasComeIn() {
    ModelLake week = learned();
    LocalDate friday = WEDNESDAY.plusDays(2);
    week.with("customer_rfm", "as_of", customers(WEDNESDAY, 12).union(customers(friday, 60)));

    assertThat(week.run(MODEL, friday)).hasSize(3);
  }

  @Test
  void neverUsesAModelOfTheFuture() {
    LocalDate tuesday = WEDNESDAY.minusDays(1);
    ModelLake backfilled = learned();
    String newer = backfilled.champions(MODEL).at(WEDNESDAY).orElseThrow();
    backfilled.with("customer_rfm", "as_of", customers(tuesday, 12));

    assertThat(backfilled.run(MODEL, tuesday)).hasSize(3);

    Champions champions = backfilled.champions(MODEL);
    assertThat(champions.at(tuesday)).isPresent().isNotEqualTo(champions.at(WEDNESDAY));
    assertThat(champions.at(WEDNESDAY)).contains(newer);
  }

  @Test
  void givesTheSameModelForTheSameCustomersHoweverTheyAreParted() {
    Map<String, Dataset<Row>> parted =
        lake(other, customers(WEDNESDAY, 12).repartition(7, col("monetary"))).run(MODEL, WEDNESDAY);

    assertThat(parted.get("customer_segments_training").drop("model_version").collectAsList())
        .isEqualTo(
            ofWednesday.get("customer_segments_training").drop("model_version").collectAsList());
  }

  @Test
  void saysThatThereIsNothingToTrainOnWhereCustomersAreTooFew() {
    ModelLake few = lake(other, customers(WEDNESDAY, 2));

    assertThat(few.run(MODEL, WEDNESDAY)).isEmpty();

    assertThat(few.without())
        .hasSize(3)
        .allSatisfy((table, why) -> assertThat(why).contains("only 2 different rows"));
  }

  /** A lake that learned on the Wednesday. */
  private ModelLake learned() {
    return lake(other, customers(WEDNESDAY, 12)).after(lake, ofWednesday, WEDNESDAY);
  }

  private static ModelLake lake(Path folder, Dataset<Row> customers) {
    return new ModelLake(folder, "retail", Map.of()).with("customer_rfm", "as_of", customers);
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
