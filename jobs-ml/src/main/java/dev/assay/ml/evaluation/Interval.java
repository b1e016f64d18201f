package dev.assay.ml.evaluation;

import dev.assay.model.Metric;
import java.util.Locale;

/**
 * A figure with its 95% interval.
 *
 * @param value the figure
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double value, double low, double high) {

  /** As a metric of a learner. */
  public Metric as(String learner, String metric) {
    return new Metric(learner, metric, value, low, high);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.4g (%.4g to %.4g)", value, low, high);
  }
}
