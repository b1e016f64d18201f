package dev.assay.gold.statistics;

import java.util.Arrays;

/**
 * The Shapiro-Wilk test: do values come from a normal distribution? Weights, W and its p-value by
 * Royston ("Remark AS R94: A remark on algorithm AS 181", Applied Statistics 44, 1995), for 3 to
 * 5,000 values. The effect size is 1 - W: what of the values' spread their normal scores leave
 * unexplained.
 */
public final class ShapiroWilk {
  /** The fewest values that the test is defined for. */
  public static final int FEWEST = 3;

  /** The most values that the approximation of its p-value was made for. */
  public static final int MOST = 5_000;

  private static final int MOST_OF_SMALL = 11;

  // Polynomials of Royston, 1995, from the constant term on: of the two outer weights in 1/sqrt(n),
  private static final double[] OUTERMOST = {
    0, 0.221157, -0.147981, -2.071190, 4.434685, -2.706056
  };
  private static final double[] NEXT = {0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633};
  // of the transformation for up to 11 values in n,
  private static final double[] SMALL_GAMMA = {-2.273, 0.459};
  private static final double[] SMALL_MEAN = {0.5440, -0.39978, 0.025054, -0.0006714};
  private static final double[] SMALL_LOG_SD = {1.3822, -0.77857, 0.062767, -0.0020322};
  // and for more in log n.
  private static final double[] LARGE_MEAN = {-1.5861, -0.31082, -0.083751, 0.0038915};
  private static final double[] LARGE_LOG_SD = {-0.4803, -0.082676, 0.0030302};

  private ShapiroWilk() {}

  /**
   * The test; undefined where all values are equal.
   *
   * @param values 3 to 5,000, in any order
   * @throws IllegalArgumentException if there are fewer or more
   */
  public static TestResult of(double[] values) {
    int n = values.length;
    if (n < FEWEST || n > MOST) {
      throw new IllegalArgumentException(
          "Shapiro-Wilk is for " + FEWEST + " to " + MOST + " values, not " + n);
    }
    double[] ordered = values.clone();
    Arrays.sort(ordered);
    double mean = Arrays.stream(ordered).average().orElse(0);
    double squares = Arrays.stream(ordered).map(value -> Math.pow(value - mean, 2)).sum();
    double[] weights = weights(n);
    double estimate = 0;
    for (int i = 0; i < weights.length; i++) {
      estimate += weights[i] * (ordered[n - 1 - i] - ordered[i]);
    }
    double w = Math.min(1, estimate * estimate / squares);
    return new TestResult(n, w, null, null, pValue(w, n), 1 - w);
  }

  /** What each of the greater half of the values weighs, from the greatest on. */
  private static double[] weights(int n) {
    if (n == FEWEST) {
      return new double[] {Math.sqrt(0.5)};
    }
    double[] scores = new double[n / 2];
    Arrays.setAll(scores, i -> NormalScores.of(i + 1, n));
    double sum = 2 * Arrays.stream(scores).map(score -> score * score).sum();
    double step = 1 / Math.sqrt(n);
    double[] weights = new double[n / 2];
    weights[0] = polynomial(OUTERMOST, step) + scores[0] / Math.sqrt(sum);
    int corrected = 1;
    if (n > 5) {
      weights[1] = polynomial(NEXT, step) + scores[1] / Math.sqrt(sum);
      corrected = 2;
    }
    double restOfScores = sum;
    double restOfWeights = 1;
    for (int i = 0; i < corrected; i++) {
      restOfScores -= 2 * scores[i] * scores[i];
      restOfWeights -= 2 * weights[i] * weights[i];
    }
    double scale = Math.sqrt(restOfScores / restOfWeights);
    for (int i = corrected; i < weights.length; i++) {
      weights[i] = scores[i] / scale;
    }
    return weights;
  }

  /** W is turned into a value that is nearly normal. */
  private static double pValue(double w, int n) {
    if (n == FEWEST) {
      double exact = 6 / Math.PI * (Math.asin(Math.sqrt(w)) - Math.asin(Math.sqrt(0.75)));
      return Math.max(0, exact);
    }
    double log = Math.log1p(-w);
    if (n > MOST_OF_SMALL) {
      double logN = Math.log(n);
      double sd = Math.exp(polynomial(LARGE_LOG_SD, logN));
      return Tails.ofNormal((log - polynomial(LARGE_MEAN, logN)) / sd);
    }
    double gamma = polynomial(SMALL_GAMMA, n);
    if (log >= gamma) {
      // W is below all that the transformation reaches.
      return 0;
    }
    double sd = Math.exp(polynomial(SMALL_LOG_SD, n));
    return Tails.ofNormal((-Math.log(gamma - log) - polynomial(SMALL_MEAN, n)) / sd);
  }

  private static double polynomial(double[] coefficients, double x) {
    double value = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      value = value * x + coefficients[i];
    }
    return value;
  }
}
