package dev.assay.gold.statistics;

import org.hipparchus.special.Beta;
import org.hipparchus.special.Erf;
import org.hipparchus.special.Gamma;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;

/**
 * Upper tails of distributions, each computed as itself: one minus a probability near one would
 * leave nothing of a p-value below 1e-16.
 */
final class Tails {
  private static final double ROOT_OF_TWO = Math.sqrt(2);

  /** A series of which no double has more, and the most terms of one that alternates slowly. */
  private static final double NEGLIGIBLE = 1e-20;

  private static final int MOST_TERMS = 100_000;

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

  /**
   * P(K > x) of Kolmogorov's distribution. Its series is that of the tail itself: below 1 it
   * alternates slowly, but there the tail is no small number, and its complement will do.
   */
  static double ofKolmogorov(double x) {
    if (x < 1) {
      double p = 1 - new KolmogorovSmirnovTest().ksSum(x, NEGLIGIBLE, MOST_TERMS);
      return Math.max(0, Math.min(1, p));
    }
    double sum = 0;
    double term = 1;
    for (int k = 1; Math.abs(term) > NEGLIGIBLE * sum; k++) {
      term = (k % 2 == 0 ? -2 : 2) * Math.exp(-2.0 * k * k * x * x);
      sum += term;
    }
    return sum;
  }

  /** P(Z > z). */
  static double ofNormal(double z) {
    return Erf.erfc(z / ROOT_OF_TWO) / 2;
  }
}
