package dev.assay.gold.statistics;

/**
 * A group of values, summed up.
 *
 * @param group its name
 * @param n how many values
 * @param mean their mean
 * @param squares the sum of their squared deviations from it
 */
public record Moments(String group, long n, double mean, double squares) {

  /** The sample variance; not a number for fewer than two values. */
  double variance() {
    return squares / (n - 1);
  }
}
