package dev.assay.gold.statistics;

import org.hipparchus.special.Erf;

/**
 * About where the greatest, the second greatest, ... of n standard normal values lie (Blom,
 * "Statistical Estimates and Transformed Beta-Variables", 1958).
 */
final class NormalScores {
  private NormalScores() {}

  /**
   * The score of a rank.
   *
   * @param rank 1 for the greatest value
   * @param n how many values
   */
  static double of(int rank, int n) {
    double above = (rank - 0.375) / (n + 0.25);
    return Math.sqrt(2) * Erf.erfcInv(2 * above);
  }
}
