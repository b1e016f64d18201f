package dev.assay.gold.statistics;

import org.jspecify.annotations.Nullable;

/**
 * What a test found.
 *
 * @param n how many observations it is of
 * @param statistic the test's statistic
 * @param df1 its degrees of freedom, the first where there are two; null if it has none
 * @param df2 the second; null if it has none
 * @param pValue how often a statistic as extreme would come by chance
 * @param effectSize how large the effect is, in the measure that the test's method names
 */
public record TestResult(
    long n,
    double statistic,
    @Nullable Double df1,
    @Nullable Double df2,
    double pValue,
    double effectSize) {

  /** Whether the data allowed the test: values that are all equal, for one, leave it 0 / 0. */
  public boolean isDefined() {
    return Double.isFinite(statistic) && Double.isFinite(pValue) && Double.isFinite(effectSize);
  }
}
