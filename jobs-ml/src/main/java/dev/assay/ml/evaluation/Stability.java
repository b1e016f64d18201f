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

  private Stability() {}

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
