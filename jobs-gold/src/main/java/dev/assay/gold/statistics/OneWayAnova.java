package dev.assay.gold.statistics;

import java.util.List;

/**
 * One-way analysis of variance: do groups differ in their means (Fisher, "Statistical Methods for
 * Research Workers", 1925)? The effect size is eta squared, the share of the sum of squares that is
 * between groups.
 */
public final class OneWayAnova {
  private OneWayAnova() {}

  /**
   * The test.
   *
   * @param groups two or more, with more values than groups
   */
  public static TestResult of(List<Moments> groups) {
    long n = groups.stream().mapToLong(Moments::n).sum();
    double grandMean = groups.stream().mapToDouble(group -> group.n() * group.mean()).sum() / n;
    double between =
        groups.stream()
            .mapToDouble(group -> group.n() * Math.pow(group.mean() - grandMean, 2))
            .sum();
    double within = groups.stream().mapToDouble(Moments::squares).sum();
    double df1 = groups.size() - 1.0;
    double df2 = (double) n - groups.size();
    double f = (between / df1) / (within / df2);
    return new TestResult(n, f, df1, df2, Tails.ofF(f, df1, df2), between / (between + within));
  }
}
