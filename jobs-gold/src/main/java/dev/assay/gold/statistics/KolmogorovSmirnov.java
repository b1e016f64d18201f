package dev.assay.gold.statistics;

/**
 * The two-sample Kolmogorov-Smirnov test: do two groups differ in their distributions (Smirnov,
 * Annals of Mathematical Statistics 19, 1948)? The statistic is also the effect size: how far the
 * shares of values up to some value lie apart, at most.
 */
public final class KolmogorovSmirnov {
  private KolmogorovSmirnov() {}

  /**
   * The test, its p-value by the limiting distribution, so for tens of values or more.
   *
   * @param distance how far the empirical distributions lie apart, at most
   * @param n how many values one group has
   * @param m how many the other has
   */
  public static TestResult of(double distance, long n, long m) {
    double scaled = distance * Math.sqrt((double) n * m / (n + m));
    return new TestResult(n + m, distance, null, null, Tails.ofKolmogorov(scaled), distance);
  }
}
