package dev.assay.model;

import org.jspecify.annotations.Nullable;

/**
 * A figure of how good a learner is.
 *
 * @param learner which learner, or which baseline
 * @param metric the figure's name, as its field calls it: {@code rmse}, {@code auc}, {@code
 *     ndcg@10}
 * @param value the figure
 * @param low the lower end of its 95% interval; null where none is known
 * @param high the upper end
 */
public record Metric(
    String learner, String metric, double value, @Nullable Double low, @Nullable Double high) {

  /** A figure without an interval. */
  public static Metric of(String learner, String metric, double value) {
    return new Metric(learner, metric, value, null, null);
  }
}
