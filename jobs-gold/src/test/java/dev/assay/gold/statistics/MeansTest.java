package dev.assay.gold.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Tests of means against what R 4 prints, and SciPy 1.17 in more digits, for the same data. */
class MeansTest {
  private static final Offset<Double> DIGITS = within(1e-9);
  private static final Moments AUTOMATIC = DataSets.moments("0", DataSets.CARS_AUTOMATIC);
  private static final Moments MANUAL = DataSets.moments("1", DataSets.CARS_MANUAL);

  @Test
  void analysesTheVarianceOfPlants() {
    TestResult plants = OneWayAnova.of(DataSets.plants());

    assertThat(plants.n()).isEqualTo(30);
    assertThat(plants.statistic()).isEqualTo(4.846087862380, DIGITS);
    assertThat(plants.df1()).isEqualTo(2);
    assertThat(plants.df2()).isEqualTo(27);
    assertThat(plants.pValue()).isEqualTo(0.015909958325623, DIGITS);
    assertThat(plants.effectSize()).isEqualTo(0.264148296832, DIGITS);
  }

  @Test
  void keepsTheDigitsOfAVerySmallPValue() {
    TestResult irises = OneWayAnova.of(DataSets.irises());

    assertThat(irises.statistic()).isEqualTo(119.264502184505, DIGITS);
    assertThat(irises.pValue()).isEqualTo(1.66966919e-31, within(1e-39));
  }

  @Test
  void comparesEveryPairOfPlantGroups() {
    List<TukeyHsd.Comparison> pairs = TukeyHsd.of(DataSets.plants());

    assertThat(pairs)
        .extracting(pair -> pair.a().group() + " " + pair.b().group())
        .containsExactly("ctrl trt1", "ctrl trt2", "trt1 trt2");
    assertThat(pairs.get(0).result().pValue()).isEqualTo(0.39087114, within(1e-8));
    assertThat(pairs.get(1).result().pValue()).isEqualTo(0.19799599, within(1e-8));
    assertThat(pairs.get(2).result().pValue()).isEqualTo(0.01200642, within(1e-8));
  }

  @Test
  void tellsTheGroupsAndTheDegreesOfFreedomOfTukeysRange() {
    TestResult pair = TukeyHsd.of(DataSets.plants()).get(2).result();

    assertThat(pair.n()).isEqualTo(20);
    assertThat(pair.df1()).isEqualTo(3);
    assertThat(pair.df2()).isEqualTo(27);
    // The difference, 0.865, in standard deviations within groups, 0.6233746.
    assertThat(pair.effectSize()).isEqualTo(-1.387609, within(1e-6));
  }

  @Test
  void comparesCarsWhoseVariancesDiffer() {
    TestResult cars = TTest.welch(AUTOMATIC, MANUAL);

    assertThat(cars.statistic()).isEqualTo(-3.767123145145, DIGITS);
    assertThat(cars.df1()).isEqualTo(18.332251638400, DIGITS);
    assertThat(cars.df2()).isNull();
    assertThat(cars.pValue()).isEqualTo(0.001373638333, DIGITS);
    assertThat(cars.effectSize()).isEqualTo(-1.477947095802, DIGITS);
  }

  @Test
  void comparesCarsAsIfTheirVariancesWereOne() {
    TestResult cars = TTest.student(AUTOMATIC, MANUAL);

    assertThat(cars.statistic()).isEqualTo(-4.106126983101, DIGITS);
    assertThat(cars.df1()).isEqualTo(30);
    assertThat(cars.pValue()).isEqualTo(0.000285020744, DIGITS);
  }

  @Test
  void comparesStudentsOwnSleepers() {
    Moments first = DataSets.moments("1", DataSets.SLEEP_FIRST);
    Moments second = DataSets.moments("2", DataSets.SLEEP_SECOND);

    assertThat(TTest.welch(first, second).df1()).isEqualTo(17.776473516178, DIGITS);
    assertThat(TTest.welch(first, second).pValue()).isEqualTo(0.079394140187, DIGITS);
    assertThat(TTest.student(first, second).statistic()).isEqualTo(-1.860813467487, DIGITS);
    assertThat(TTest.student(first, second).pValue()).isEqualTo(0.079186714216, DIGITS);
  }

  @Test
  void isUndefinedWhereAllValuesAreEqual() {
    Moments fives = DataSets.moments("a", new double[] {5, 5, 5});
    Moments alsoFives = DataSets.moments("b", new double[] {5, 5, 5});

    assertThat(OneWayAnova.of(List.of(fives, alsoFives)).isDefined()).isFalse();
    assertThat(TTest.welch(fives, alsoFives).isDefined()).isFalse();
    assertThat(TTest.student(fives, alsoFives).isDefined()).isFalse();
    assertThat(TukeyHsd.of(List.of(fives, alsoFives)).get(0).result().isDefined()).isFalse();
  }
}
