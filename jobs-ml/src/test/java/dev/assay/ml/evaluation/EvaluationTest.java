package dev.assay.ml.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.model.Metric;
import dev.assay.model.Profile;
import dev.assay.testing.TestSpark;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Figures by hand. */
class EvaluationTest {

  @Test
  void aMeansIntervalIsThatOfTheNormalDistribution() {
    SplittableRandom random = new SplittableRandom(1);
    double[] values = random.doubles(10_000).toArray();

    Interval interval = Bootstrap.mean(values, 42);

    double error = 1.96 * Math.sqrt(1.0 / 12 / values.length);
    assertThat(interval.low()).isCloseTo(interval.value() - error, within(error / 5));
    assertThat(interval.high()).isCloseTo(interval.value() + error, within(error / 5));
    assertThat(Bootstrap.mean(values, 42)).isEqualTo(interval);
  }

  @Test
  void oneThatIsNoBetterHasAnIntervalWithZeroInIt() {
    double[] one = IntStream.range(0, 100).mapToDouble(i -> i % 2).toArray();
    double[] other = IntStream.range(0, 100).mapToDouble(i -> (i + 1) % 2).toArray();

    Interval gain = Bootstrap.meanGain(one, other, 1);

    assertThat(gain.low()).isNegative();
    assertThat(gain.high()).isPositive();
  }

  @Test
  void errorsOfValues() {
    List<Metric> metrics =
        Regressions.metrics("any", new double[] {1, 2, 3, 4}, new double[] {1, 2, 3, 8}, 1);

    assertThat(metrics).extracting(Metric::metric).containsExactly("rmse", "mae", "mse", "r2");
    assertThat(metrics).extracting(Metric::value).containsExactly(2.0, 1.0, 4.0, 1 - 16.0 / 5);
  }

  @Test
  void aucCountsPairsInTheRightOrderAndHalfOfThoseThatTie() {
    // Of six pairs of a yes and a no, four are in order and one ties.
    List<Metric> metrics =
        Classifications.metrics(
            "any", new double[] {0, 0, 0, 1, 1}, new double[] {0.1, 0.4, 0.8, 0.4, 0.9}, 1);

    assertThat(metrics.get(0).value()).isCloseTo(4.5 / 6, within(1e-12));
    assertThat(metrics.get(1).metric()).isEqualTo("log_loss");
    assertThat(metrics.get(1).value())
        .isCloseTo(
            -(Math.log(0.9) + Math.log(0.6) + Math.log(0.2) + Math.log(0.4) + Math.log(0.9)) / 5,
            within(1e-12));
  }

  @Test
  void calibrationKeepsEqualProbabilitiesTogether() {
    double[] probabilities = IntStream.range(0, 100).mapToDouble(i -> i < 50 ? 0.2 : 0.7).toArray();
    double[] labels = IntStream.range(0, 100).mapToDouble(i -> i % 5 == 0 ? 1 : 0).toArray();

    assertThat(Classifications.calibration(labels, probabilities))
        .extracting(bin -> bin.bin() + " " + bin.rows() + " " + bin.observed())
        .containsExactly("1 50 0.2", "2 50 0.2");
  }

  @Test
  void aListIsTheBetterTheEarlierItHasWhatWasTaken() {
    List<String> items = List.of("a", "b", "c", "d");

    assertThat(Rankings.ndcg(items, Set.of("a"), 4)).isEqualTo(1);
    assertThat(Rankings.ndcg(items, Set.of("b"), 4))
        .isCloseTo(Math.log(2) / Math.log(3), within(1e-12));
    assertThat(Rankings.ndcg(items, Set.of("d", "x"), 4))
        .isCloseTo(Math.log(2) / Math.log(5) / (1 + Math.log(2) / Math.log(3)), within(1e-12));
    assertThat(Rankings.precision(items, Set.of("b", "d"), 4)).isEqualTo(0.5);
    assertThat(Rankings.recall(items, Set.of("b", "x", "y"), 2)).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void theStabilityIndexIsThatOfItsFormula() {
    assertThat(Stability.index(List.of(0.5, 0.5), List.of(0.5, 0.5))).isZero();
    assertThat(Stability.index(List.of(0.5, 0.5), List.of(0.25, 0.75)))
        .isCloseTo(-0.25 * Math.log(0.5) + 0.25 * Math.log(1.5), within(1e-12));
    assertThat(Stability.index(List.of(1.0, 0.0), List.of(0.0, 1.0))).isGreaterThan(10);
  }

  @Test
  void columnsAreSpreadOverDecilesAndOverWhatTheyAre() {
    Dataset<Row> rows =
        TestSpark.session()
            .sql(
                "SELECT CAST(id AS INT) AS n, IF(id < 25, 'a', IF(id < 99, 'b', NULL)) AS c"
                    + " FROM range(0, 100)");

    List<Profile> spread = Spread.of(rows);

    assertThat(spread).extracting(Profile::column).containsExactly("n", "c");
    assertThat(spread.get(0).edges()).hasSize(9);
    assertThat(spread.get(0).shares())
        .hasSize(11)
        .allSatisfy(share -> assertThat(share).isIn(0.1, 0.0));
    assertThat(spread.get(1).values()).containsExactly("b", "a");
    assertThat(spread.get(1).shares()).containsExactly(0.74, 0.25, 0.0, 0.01);
    List<Profile> shifted = Spread.in(spread, rows.selectExpr("n + 1000 AS n"));
    assertThat(shifted.get(0).shares().get(9)).isEqualTo(1.0);
    assertThat(shifted.get(1).shares()).containsExactly(0.0, 0.0, 0.0, 1.0);
  }

  @Test
  void ofAColumnThatIsMostlyZeroTheRestIsWatched() {
    Dataset<Row> rows =
        TestSpark.session()
            .sql("SELECT IF(id % 10 = 0, CAST(id AS DOUBLE), 0D) AS spent FROM range(1, 1001)");
    List<Profile> spread = Spread.of(rows);

    List<Profile> scaled = Spread.in(spread, rows.selectExpr("100 * spent AS spent"));

    assertThat(spread.get(0).edges()).hasSize(10).startsWith(0.0);
    assertThat(Stability.index(spread.get(0).shares(), scaled.get(0).shares())).isGreaterThan(0.25);
  }

  @Test
  void theStabilityIndexOfFewRowsIsGreatByChance() {
    SplittableRandom random = new SplittableRandom(7);
    double limit = Stability.byChance(11, 50, 50);
    int beyond = 0;
    for (int i = 0; i < 1_000; i++) {
      Profile then = Spread.of("any", random.doubles(50).toArray());
      Profile now = Spread.in(then, random.doubles(50).toArray());
      beyond += Stability.index(then.shares(), now.shares()) > limit ? 1 : 0;
    }

    assertThat(limit).isCloseTo(29.6 * 2 / 50, within(0.01));
    assertThat(beyond).isLessThan(50);
    assertThat(Stability.byChance(11, 10_000, 10_000)).isLessThan(0.01);
  }

  @Test
  void numbersAreSpreadTheSameWay() {
    double[] numbers = IntStream.range(0, 100).asDoubleStream().toArray();

    Profile spread = Spread.of("score", numbers);

    assertThat(spread.shares()).hasSize(11);
    assertThat(Stability.index(spread.shares(), Spread.in(spread, numbers).shares())).isZero();
    assertThat(spread.shares().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-12));
  }
}
