package dev.assay.gold.statistics;

/**
 * Do two groups differ in their means? The effect size is Cohen's d: the difference in pooled
 * standard deviations.
 */
public final class TTest {
  private TTest() {}

  /** For groups of one variance (Student, "The Probable Error of a Mean", Biometrika 6, 1908). */
  public static TestResult student(Moments a, Moments b) {
    double df = (double) a.n() + b.n() - 2;
    double error = pooledVariance(a, b) * (1.0 / a.n() + 1.0 / b.n());
    return result(a, b, error, df);
  }

  /** For groups whose variances may differ (Welch, Biometrika 34, 1947). */
  public static TestResult welch(Moments a, Moments b) {
    double errorOfA = a.variance() / a.n();
    double errorOfB = b.variance() / b.n();
    double error = errorOfA + errorOfB;
    double df =
        error * error / (errorOfA * errorOfA / (a.n() - 1) + errorOfB * errorOfB / (b.n() - 1));
    return result(a, b, error, df);
  }

  private static TestResult result(Moments a, Moments b, double error, double df) {
    double difference = a.mean() - b.mean();
    double t = difference / Math.sqrt(error);
    double d = difference / Math.sqrt(pooledVariance(a, b));
    return new TestResult(a.n() + b.n(), t, df, null, Tails.ofT(t, df), d);
  }

  private static double pooledVariance(Moments a, Moments b) {
    return (a.squares() + b.squares()) / (a.n() + b.n() - 2);
  }
}
