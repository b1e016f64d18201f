package dev.assay.ml;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.job.StageRun;
import dev.assay.model.Promotion;
import dev.assay.model.PromotionLog;
import dev.assay.plan.Action;
import dev.assay.plan.Step;
import dev.assay.store.LakeStore;
import dev.assay.testing.BlackFriday;
import dev.assay.testing.FakeInputs;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which days of a range are made side by side: those after one that learns wait for it. */
class TrainingsTest {
  private static final LocalDate WEDNESDAY = LocalDate.of(2017, 11, 22);

  private static final String MODEL = "customer_segments";

  @TempDir private Path folder;
  private final AssayConfig config = BlackFriday.config(Map.of());
  private final FakeInputs inputs = new FakeInputs();
  private Dataset<Row> features = rows(WEDNESDAY, 0);
  private Dataset<Row> learned = rows(WEDNESDAY, 0);

  @Test
  void aRangeIsPartedAfterEveryDayThatLearns() {
    // Friday has more than twice the rows of Wednesday, Saturday has not of Friday's.
    give(2, 4, 5, 6, 10, 3, 3, 7, 7);

    assertThat(parts(9))
        .as("Wednesday, Friday and Monday learn, and the Wednesday after, with more than twice")
        .containsExactly(
            List.of(22), List.of(23, 24), List.of(25, 26, 27), List.of(28, 29), List.of(30));
  }

  @Test
  void aDayWithoutInputsLearnsNothing() {
    give(2, 4, 4, 4, 4, 0, 3, 3);

    assertThat(parts(8)).containsExactly(List.of(22), List.of(23, 24, 25, 26, 27, 28), List.of(29));
  }

  @Test
  void aModelThatLacksRowsIsTakenToLackThemOnTheNextDayToo() {
    give(2, 2, 2, 2);

    assertThat(ofDays(first(steps(4)))).as("the first ever may learn").containsExactly(22);
    assertThat(ofDays(first(steps(4).subList(2, 8)))).containsExactly(23, 24, 25);
  }

  @Test
  void whatIsAfterADayWhoseTrainingWasInterruptedWaitsForIt() {
    give(2, 2, 2, 2);
    learned(WEDNESDAY);
    decided(WEDNESDAY.plusDays(2));

    assertThat(ofDays(first(steps(4).subList(2, 8)))).containsExactly(23, 24);
  }

  @Test
  void whatIsAfterADayThatLearnedOnceWaitsForIt() {
    give(2, 4, 4, 4);
    learned(WEDNESDAY);
    learned(WEDNESDAY.plusDays(2));

    // It need not learn any more, and once that is so, others may have to.
    assertThat(ofDays(first(steps(4).subList(2, 8)))).containsExactly(23, 24);
  }

  @Test
  void aDayByItselfIsNotAskedFor() {
    List<Step> one = steps(1);

    assertThat(
            new MlStage()
                .first(
                    one,
                    () -> {
                      throw new AssertionError("nothing is to be looked up");
                    }))
        .isEqualTo(one);
  }

  /** Rows of the days from Wednesday on; a day with none is not there. */
  private void give(int... counts) {
    for (int i = 0; i < counts.length; i++) {
      features = features.union(rows(WEDNESDAY.plusDays(i), counts[i]));
    }
    inputs.with("customer_features", "as_of", features.cache());
  }

  private void decided(LocalDate day) {
    LakeStore lake =
        new LakeStore(folder.toString(), TestSpark.session().sessionState().newHadoopConf());
    PromotionLog log = new PromotionLog(lake, "purchases", MODEL);
    String version = "of " + day;
    log.trained(
        new Promotion(
            0, Promotion.Act.TRAINING, day, version, version, Instant.EPOCH, "it passed", null),
        log.champions());
    inputs.withChampions(model -> log.champions());
  }

  private void learned(LocalDate day) {
    decided(day);
    learned = learned.union(rows(day, 1));
    config.pipeline().model(MODEL).learned().forEach(table -> inputs.with(table, "as_of", learned));
  }

  /** The days of a range as they are made in turn, the last of each learning. */
  private List<List<Integer>> parts(int days) {
    List<List<Integer>> parts = new ArrayList<>();
    List<Step> left = steps(days);
    while (!left.isEmpty()) {
      List<Step> first = first(left);
      parts.add(ofDays(first));
      learned(first.get(first.size() - 1).tableDay().day());
      left = left.subList(first.size(), left.size());
    }
    return parts;
  }

  private List<Step> first(List<Step> steps) {
    return new MlStage()
        .first(steps, () -> new StageRun("run", TestSpark.session(), config, inputs));
  }

  private static List<Integer> ofDays(List<Step> steps) {
    return steps.stream().map(step -> step.tableDay().day().getDayOfMonth()).distinct().toList();
  }

  private static List<Step> steps(int days) {
    List<Step> steps = new ArrayList<>();
    for (LocalDate day = WEDNESDAY; day.isBefore(WEDNESDAY.plusDays(days)); day = day.plusDays(1)) {
      for (String table : List.of("customer_segments", "customer_segments_training")) {
        TableDay tableDay = new TableDay(new TableName("purchases", table), day);
        steps.add(new Step(tableDay, day, Action.MAKE, "missing"));
      }
    }
    return steps;
  }

  private static Dataset<Row> rows(LocalDate day, int count) {
    return TestSpark.session().range(count).select(lit(day).as("as_of"));
  }
}
