package dev.assay.gold.purchases;

import dev.assay.gold.statistics.ChiSquare;
import dev.assay.gold.statistics.EffectSize;
import dev.assay.gold.statistics.TestResult;
import java.util.Locale;

/**
 * What a test's figures mean, in words, and what they do not.
 *
 * @param alpha the p-value below which a difference counts as more than chance
 */
record Reading(double alpha) {
  /** Royston's first algorithm, AS 181 of 1982, took no more values. */
  private static final int MANY = 2_000;

  private static final double MOST_SPARSE = 0.2;

  /** Of a test of means. */
  String ofMeans(TestResult result, EffectSize measure) {
    return verdict(result, "the means differ", "no difference of the means is shown")
        + effect(measure.magnitude(result.effectSize()));
  }

  /** Of a test of distributions. */
  String ofDistributions(TestResult result) {
    return verdict(
            result, "the distributions differ", "no difference of the distributions is shown")
        + String.format(
            Locale.ROOT,
            "; the shares of purchases up to an amount lie %.3f apart at most",
            result.effectSize());
  }

  /** Of a test of independence. */
  String ofIndependence(TestResult result, long[][] counts) {
    // Cohen's words are for w, which V is the same as where an attribute has two values.
    int lesser = Math.min(counts.length, counts[0].length);
    double w = result.effectSize() * Math.sqrt(lesser - 1.0);
    String sparse =
        ChiSquare.sparseShare(counts) > MOST_SPARSE
            ? "; over a fifth of the cells expect fewer than 5, so that p is no good approximation"
            : "";
    return verdict(result, "they are associated", "no association is shown")
        + effect(EffectSize.COHENS_W.magnitude(w))
        + sparse;
  }

  /**
   * Of a test of normality.
   *
   * @param purchases how many the sample was taken from
   */
  String ofNormality(TestResult result, long purchases) {
    String many =
        result.n() > MANY
            ? "; so many values that p means nothing: any departure from normality, however small,"
                + " is significant, so look at 1 - W"
            : "";
    return verdict(result, "not normal", "no departure from normality is shown")
        + "; a sample of "
        + result.n()
        + " of "
        + purchases
        + many;
  }

  private String verdict(TestResult result, String beyondChance, String byChance) {
    return result.pValue() < alpha
        ? beyondChance + " (p < " + alpha + ")"
        : byChance + " (p >= " + alpha + ")";
  }

  private static String effect(String magnitude) {
    return "; the effect is " + magnitude;
  }
}
