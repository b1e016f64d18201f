package dev.assay.samples;

/** The logistic function, the same to the last bit on every machine. */
final class Logistic {
  private Logistic() {}

  /** The probability of which {@code logit} is the logarithm of the odds. */
  static double probability(double logit) {
    return 1 / (1 + StrictMath.exp(-logit));
  }
}
