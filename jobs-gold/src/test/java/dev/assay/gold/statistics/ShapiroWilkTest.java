package dev.assay.gold.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against what R 4 prints, and SciPy 1.17 in more digits, for the same data. */
class ShapiroWilkTest {

  @Test
  void agreesForCars() {
    double[] cars =
        DoubleStream.concat(
                DoubleStream.of(DataSets.CARS_MANUAL), DoubleStream.of(DataSets.CARS_AUTOMATIC))
            .toArray();

    expect(cars, 0.947564726597, 0.122881359486);
    assertThat(ShapiroWilk.of(cars).effectSize()).isEqualTo(0.052435273403, within(1e-9));
  }

  @Test
  void agreesForIrises() {
    expect(DataSets.SETOSA, 0.977698549797, 0.459513149917);
    expect(DataSets.VERSICOLOR, 0.977835678590, 0.464737035925);
    expect(DataSets.VIRGINICA, 0.971179397111, 0.258314746141);
  }

  @Test
  void agreesForFewValues() {
    expect(first(3), 0.984491315136, 0.761538727088);
    expect(first(4), 0.951570903948, 0.725940159672);
    expect(first(5), 0.950127727183, 0.738101012277);
    expect(first(6), 0.885898298528, 0.297251142249);
    expect(DataSets.SLEEP_FIRST, 0.925806028623, 0.407928793539);
  }

  @Test
  void agreesForTheMostValuesThatItIsFor() {
    double[] uniform = IntStream.rangeClosed(1, 5_000).asDoubleStream().toArray();
    TestResult result = ShapiroWilk.of(uniform);

    assertThat(result.statistic()).isEqualTo(0.954906019358, within(1e-9));
    assertThat(result.pValue() / 9.41267774906e-37).isEqualTo(1, within(1e-6));
  }

  @Test
  void isUndefinedWhereAllValuesAreEqual() {
    assertThat(ShapiroWilk.of(new double[] {2, 2, 2, 2}).isDefined()).isFalse();
  }

  @Test
  void isForThreeToFiveThousandValues() {
    assertThatThrownBy(() -> ShapiroWilk.of(new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 to 5000 values, not 2");
    assertThatThrownBy(() -> ShapiroWilk.of(new double[5_001]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void expect(double[] values, double w, double p) {
    TestResult result = ShapiroWilk.of(values);
    assertThat(result.statistic()).as("W").isEqualTo(w, within(1e-9));
    assertThat(result.pValue()).as("p").isEqualTo(p, within(1e-8));
  }

  private static double[] first(int n) {
    return DoubleStream.of(DataSets.SLEEP_FIRST).limit(n).toArray();
  }
}
