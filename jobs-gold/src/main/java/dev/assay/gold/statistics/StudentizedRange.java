package dev.assay.gold.statistics;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The distribution of the studentised range: the range of k standard normal values, divided by an
 * independent estimate s of their standard deviation.
 *
 * <p>It is the double integral of Copenhaver and Holland ("Computation of the distribution of the
 * maximum studentized range statistic", Journal of Statistical Computation and Simulation 30,
 * 1988): the range's tail over its largest value, within the expectation over s. Both are taken by
 * Gauss-Legendre quadrature in panels; agreement with tables is better than 1e-9.
 *
 * @param groups k, at least 2
 * @param df degrees of freedom of s, at least 1
 */
record StudentizedRange(int groups, double df) {
  private static final GaussIntegratorFactory FACTORY = new GaussIntegratorFactory();
  private static final int POINTS = 16;
  private static final int PANELS_OF_S = 8;

  /** Beyond so many standard deviations less than 1e-16 of a normal distribution is left. */
  private static final double REACH = 8.5;

  /** A range so wide has a chance below the least double. */
  private static final double WIDEST = 75;

  /** P(Q > q). */
  double upperTail(double q) {
    if (q <= 0) {
      return 1;
    }
    double spread = REACH / Math.sqrt(2 * df);
    double from = Math.max(0, 1 - spread);
    double to = 1 + spread;
    // The density of s by its greatest value; dividing by its integral spares the gamma function,
    // whose digits cancel where there are many degrees of freedom.
    double all = integral(this::densityOfS, from, to, PANELS_OF_S);
    DoubleUnaryOperator tailGivenS = s -> densityOfS(s) * tailOfRange(q * s);
    // Where q is large, all of the tail is at small s, which then gets panels of its own.
    double bend = Math.max(from, Math.min(2 * REACH / q, to));
    double tail =
        integral(tailGivenS, from, bend, PANELS_OF_S) + integral(tailGivenS, bend, to, PANELS_OF_S);
    return Math.min(1, tail / all);
  }

  private double densityOfS(double s) {
    return s == 0 ? 0 : Math.exp((df - 1) * Math.log(s) - df * (s * s - 1) / 2);
  }

  /**
   * P(range > w). Given the largest value z, the others all lie below it, and not all within w of
   * it; the difference of the two powers is taken as one, so that a small tail keeps its digits.
   */
  private double tailOfRange(double w) {
    if (w > WIDEST) {
      return 0;
    }
    int others = groups - 1;
    DoubleUnaryOperator ofLargest =
        z -> {
          double below = Tails.ofNormal(-z);
          double farBelow = Tails.ofNormal(w - z);
          double within = Math.expm1(others * Math.log1p(-farBelow / below));
          return -density(z) * Math.pow(below, others) * within;
        };
    double to = Math.max(REACH, w / 2 + REACH);
    int panels = (int) Math.ceil((to + REACH) / 2);
    return groups * integral(ofLargest, -REACH, to, panels);
  }

  private static double density(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  private static double integral(DoubleUnaryOperator f, double from, double to, int panels) {
    if (from == to) {
      return 0;
    }
    double width = (to - from) / panels;
    double sum = 0;
    for (int panel = 0; panel < panels; panel++) {
      double start = from + panel * width;
      GaussIntegrator quadrature = FACTORY.legendre(POINTS, start, start + width);
      sum += quadrature.integrate(f::applyAsDouble);
    }
    return sum;
  }
}
