package dev.assay.gold.statistics;

import org.hipparchus.special.Beta;
import org.hipparchus.special.Erf;
import org.hipparchus.special.Gamma;

/**
 * Upper tails of distributions, each computed as itself: one minus a probability near one would
 * leave nothing of a p-value below 1e-16.
 */
final class Tails {
  private static final double ROOT_OF_TWO = Math.sqrt(2);

  private Tails() {}

  /** P(F > f). */
  static double ofF(double f, double df1, double df2) {
    return Beta.regularizedBeta(df2 / (df2 + df1 * f), df2 / 2, df1 / 2);
  }

  /** P(|T| > |t|). */
  static double ofT(double t, double df) {
    return Beta.regularizedBeta(df / (df + t * t), df / 2, 0.5);
  }

  /** P(X > x) of a chi-square distribution. */
  static double ofChiSquare(double x, double df) {
    return Gamma.regularizedGammaQ(df / 2, x / 2);
  }

  /** P(Z > z). */
  static double ofNormal(double z) {
    return Erf.erfc(z / ROOT_OF_TWO) / 2;
  }
}
