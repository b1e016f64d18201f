package dev.assay.ml.evaluation;

import java.util.List;

/**
 * The population stability index of two spreads over the same bins: the sum of (q - p) ln(q / p),
 * of credit scoring's usage (Siddiqi, "Credit Risk Scorecards", 2006): below 0.1 nothing moved,
 * above 0.25 the population shifted.
 */
public final class Stability {
  /** What an empty bin counts as, since its logarithm has no end. */
  private static final double LEAST_SHARE = 1e-4;

  /** Of the normal distribution: what is met once in a thousand times. */
  private static final double RARE = 3.09;

  private Stability() {}

  /**
   * What it is at most by chance, but once in a thousand times, of so many rows of one population
   * then and now: a chi-square by the rows (Yurdakul, "Statistical properties of population
   * stability index", 2018), by the approximation of Wilson and Hilferty (1931). Of few rows it is
   * more than any limit by custom.
   */
  public static double byChance(int bins, long then, long now) {
    if (then == 0 || now == 0) {
      return 0;
    }
    double degrees = Math.max(1, bins - 1);
    double spread = 2 / (9 * degrees);
    double rare = degrees * Math.pow(1 - spread + RARE * Math.sqrt(spread), 3);
    return rare * (1.0 / then + 1.0 / now);
  }

  /** The index of the shares of bins then and now. */
  public static double index(List<Double> then, List<Double> now) {
    if (then.size() != now.size()) {
      throw new IllegalArgumentException(then.size() + " bins are not " + now.size());
    }
    double sum = 0;
    for (int i = 0; i < then.size(); i++) {
      double p = Math.max(LEAST_SHARE, then.get(i));
      double q = Math.max(LEAST_SHARE, now.get(i));
      sum += (q - p) * Math.log(q / p);
    }
    return sum;
  }
}
