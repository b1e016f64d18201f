package dev.assay.gold.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

/** Tests of counts and of whole distributions, against R 4 and SciPy 1.17. */
class DistributionsTest {

  @Test
  void testsWhetherTransmissionHasToDoWithCylinders() {
    TestResult cars = ChiSquare.of(DataSets.CARS_BY_CYLINDERS);

    assertThat(cars.n()).isEqualTo(32);
    assertThat(cars.statistic()).isEqualTo(8.740732951259, within(1e-9));
    assertThat(cars.df1()).isEqualTo(2);
    assertThat(cars.pValue()).isEqualTo(0.012646605046, within(1e-9));
    assertThat(cars.effectSize()).as("Cramér's V").isEqualTo(0.522635537183, within(1e-9));
  }

  @Test
  void tellsInHowManyCellsTooFewAreExpected() {
    // 4.47, 4.16 and 2.84 of the six.
    assertThat(ChiSquare.sparseShare(DataSets.CARS_BY_CYLINDERS)).isEqualTo(0.5);
  }

  @Test
  void takesTheLimitingDistributionOfTheDistance() {
    TestResult sleepers = KolmogorovSmirnov.of(0.4, 10, 10);

    assertThat(sleepers.n()).isEqualTo(20);
    assertThat(sleepers.statistic()).isEqualTo(0.4);
    assertThat(sleepers.effectSize()).isEqualTo(0.4);
    assertThat(sleepers.pValue())
        .as("ks.test(exact = FALSE)")
        .isEqualTo(0.400471036208, within(1e-9));
    assertThat(KolmogorovSmirnov.of(0.6356275303643725, 19, 13).pValue())
        .isEqualTo(0.003911055594, within(1e-9));
  }

  @Test
  void keepsTheDigitsOfASmallChance() {
    // 2 exp(-2 x^2), with x of 4, 6 and 10: what follows in the series is beyond a double.
    assertThat(KolmogorovSmirnov.of(0.4, 200, 200).pValue())
        .isCloseTo(2.532_833_109_818_835e-14, withinPercentage(1e-9));
    assertThat(KolmogorovSmirnov.of(0.6, 200, 200).pValue())
        .isCloseTo(1.076_037_232_004_228e-31, withinPercentage(1e-9));
    assertThat(KolmogorovSmirnov.of(1, 200, 200).pValue())
        .isCloseTo(2.767_793_053_473_475e-87, withinPercentage(1e-9));
  }

  @Test
  void goesOnWithoutAStepFromLargeChancesToSmallOnes() {
    double below = KolmogorovSmirnov.of(Math.nextDown(0.1), 200, 200).pValue();

    assertThat(KolmogorovSmirnov.of(0.1, 200, 200).pValue())
        .as("kolmogorov(1) of SciPy")
        .isEqualTo(0.269_999_671_677_355, within(1e-12))
        .isEqualTo(below, within(1e-12));
  }

  @Test
  void findsNoDifferenceWhereThereIsNoDistance() {
    assertThat(KolmogorovSmirnov.of(0, 100, 200).pValue()).isEqualTo(1);
  }

  @Test
  void saysHowLargeAnEffectIsInCohensWords() {
    assertThat(EffectSize.ETA_SQUARED.magnitude(0.0099)).isEqualTo("negligible");
    assertThat(EffectSize.ETA_SQUARED.magnitude(0.01)).isEqualTo("small");
    assertThat(EffectSize.COHENS_D.magnitude(-0.5)).isEqualTo("medium");
    assertThat(EffectSize.COHENS_W.magnitude(0.5)).isEqualTo("large");
  }
}
