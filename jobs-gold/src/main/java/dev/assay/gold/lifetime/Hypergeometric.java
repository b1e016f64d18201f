package dev.assay.gold.lifetime;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;

/** Gauss's hypergeometric function 2F1 (DLMF 15.2.1), by its series. */
final class Hypergeometric {
  private static final double PRECISION = 1e-15;
  private static final int MOST_TERMS = 1_000_000;

  private Hypergeometric() {}

  /**
   * The value at {@code z}.
   *
   * @param z at least 0 and less than 1; the nearer to 1, the more terms it takes
   * @throws AssayException with REFUSED if it takes more than a million
   */
  static double of(double a, double b, double c, double z) {
    double term = 1;
    double sum = 1;
    for (int j = 0; j < MOST_TERMS; j++) {
      if (Math.abs(term) <= PRECISION * Math.abs(sum)) {
        return sum;
      }
      term *= (a + j) * (b + j) / ((c + j) * (j + 1)) * z;
      sum += term;
    }
    throw new AssayException(
        ExitCode.REFUSED,
        "the series of 2F1("
            + a
            + ", "
            + b
            + "; "
            + c
            + "; "
            + z
            + ") did not end after "
            + MOST_TERMS
            + " terms, so how often a customer will come back cannot be told, and the day was not"
            + " published rather than with a guess; look less far ahead (horizon-days of the mart),"
            + " or estimate of more customers (fit-customers)");
  }
}
