package dev.assay.gold.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentizedRangeTest {

  @ParameterizedTest(name = "q = {0}, {1} groups, {2} degrees of freedom")
  @CsvSource({
    "3.486436, 3, 12, 0.07116358114090",
    "3.5, 3, 20, 0.05589184908175",
    "0.5, 3, 5, 0.93429853982335",
    "4.0, 2, 1, 0.21634689593879",
    "90, 2, 1, 0.01000269141138",
    "3.0, 10, 120, 0.51643780731248",
    "5.0, 21, 10031, 0.05593167412568",
    "7.0, 3, 10, 0.00152061198807"
  })
  void agreesWithSciPy(double q, int groups, double df, double tail) {
    assertThat(new StudentizedRange(groups, df).upperTail(q)).isEqualTo(tail, within(1e-9));
  }

  /** Upper 5% points of Pearson and Hartley, "Biometrika Tables for Statisticians", table 29. */
  @ParameterizedTest(name = "{1} groups, {2} degrees of freedom")
  @CsvSource({"6.08, 2, 2", "5.22, 4, 5", "3.88, 3, 10", "4.23, 5, 20", "4.56, 10, 120"})
  void agreesWithTheTables(double q, int groups, double df) {
    // The tables round q to 0.005, about which the tail changes by less than 1e-3.
    assertThat(new StudentizedRange(groups, df).upperTail(q)).isEqualTo(0.05, within(1e-3));
  }

  @Property(tries = 50)
  void ofTwoGroupsIsStudentsTTimesTheRootOfTwo(
      @ForAll @DoubleRange(min = 0.01, max = 200) double q,
      @ForAll @IntRange(min = 1, max = 100_000) int df) {
    double ofT = Tails.ofT(q / Math.sqrt(2), df);

    assertThat(new StudentizedRange(2, df).upperTail(q)).isEqualTo(ofT, within(1e-9));
  }

  @Test
  void keepsTheDigitsOfASmallTail() {
    double tail = new StudentizedRange(2, 200).upperTail(14);

    assertThat(tail / Tails.ofT(14 / Math.sqrt(2), 200)).isEqualTo(1, within(1e-6));
    assertThat(tail).isLessThan(1e-18);
  }

  @Test
  void isCertainToBeAboveNothing() {
    assertThat(new StudentizedRange(3, 10).upperTail(0)).isEqualTo(1);
  }
}
