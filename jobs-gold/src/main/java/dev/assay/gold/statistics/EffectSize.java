package dev.assay.gold.statistics;

/**
 * Measures of how large an effect is, with the bounds of Cohen ("Statistical Power Analysis for the
 * Behavioral Sciences", 1988) for what is small, medium and large.
 */
public enum EffectSize {
  /** The share of the sum of squares that is between groups. */
  ETA_SQUARED(0.01, 0.06, 0.14),
  /** A difference of means in standard deviations. */
  COHENS_D(0.2, 0.5, 0.8),
  /** The root of chi-square by the number of observations. */
  COHENS_W(0.1, 0.3, 0.5);

  private final double small;
  private final double medium;
  private final double large;

  EffectSize(double small, double medium, double large) {
    this.small = small;
    this.medium = medium;
    this.large = large;
  }

  /** Cohen's word for a value: negligible, small, medium or large. */
  public String magnitude(double value) {
    double size = Math.abs(value);
    if (size < small) {
      return "negligible";
    }
    if (size < medium) {
      return "small";
    }
    return size < large ? "medium" : "large";
  }
}
