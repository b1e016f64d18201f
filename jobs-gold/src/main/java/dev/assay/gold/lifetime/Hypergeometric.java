package dev.assay.gold.lifetime;

/** Gauss's hypergeometric function 2F1 (DLMF 15.2.1), by its series. */
final class Hypergeometric {
  private static final double PRECISION = 1e-15;
  private static final int MOST_TERMS = 1_000_000;

  private Hypergeometric() {}

  /**
   * The value at {@code z}.
   *
   * @param z at least 0 and less than 1; the nearer to 1, the more terms it takes
   */
  static double of(double a, double b, double c, double z) {
    double term = 1;
    double sum = 1;
    for (int j = 0; j < MOST_TERMS && Math.abs(term) > PRECISION * Math.abs(sum); j++) {
      term *= (a + j) * (b + j) / ((c + j) * (j + 1)) * z;
      sum += term;
    }
    return sum;
  }
}
