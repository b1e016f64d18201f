package dev.assay.ml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.GateConfig;
import dev.assay.model.Profile;
import dev.assay.testing.TestModels;
import dev.assay.testing.TestSpark;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a champion's own loss says of the rows; the margin is a hundredth. */
class GateTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 6);
  private static final int ROWS = 1000;
  private static final Gate GATE = new Gate(new GateConfig(0.01, 0.25, 0, Set.of()), DAY, DAY);
  private static final SavedModel CHAMPION =
      new SavedModel(
          TestModels.record("test", "model", "a", DAY, new TreeMap<>(), "a"),
          new Pipeline().setStages(new PipelineStage[0]).fit(TestSpark.session().range(0).toDF()));

  @ParameterizedTest
  @CsvSource({"0.9, 0", "1.0, 0", "1.009, 0", "1.011, 1", "2.0, 1"})
  void aChampionThatIsWorseThanTheBaselineByTheMarginTellsOfSpoiledRows(
      double ofTheChampion, int refusals) {
    assertThat(
            GATE.judge(new Losses(0.5, 1.0, ofTheChampion), CHAMPION, 1, false).refusals().stream()
                .filter(refusal -> refusal.contains("is worse than the baseline on these rows")))
        .hasSize(refusals);
  }

  /** Losses that are the same of every row, and no columns. */
  private record Losses(double ofTheChallenger, double ofTheBaseline, double ofTheChampion)
      implements Learned.Trial {
    @Override
    public String loss() {
      return "loss";
    }

    @Override
    public double[] challenger() {
      return each(ofTheChallenger);
    }

    @Override
    public double[] baseline() {
      return each(ofTheBaseline);
    }

    @Override
    public Learned.Other of(SavedModel other) {
      return new Learned.Other(each(ofTheChampion), List.of());
    }

    @Override
    public boolean isAgeing() {
      return false;
    }

    @Override
    public List<Profile> profiles() {
      return List.of();
    }

    @Override
    public void close() {}

    private static double[] each(double loss) {
      double[] losses = new double[ROWS];
      Arrays.fill(losses, loss);
      return losses;
    }
  }
}
