package dev.assay.ml.evaluation;

import dev.assay.model.Metric;
import java.util.List;

/** How far predicted values are from what they were. */
public final class Regressions {
  private Regressions() {}

  /** The squared error of each row. */
  public static double[] losses(double[] labels, double[] predicted) {
    double[] losses = new double[labels.length];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = (labels[i] - predicted[i]) * (labels[i] - predicted[i]);
    }
    return losses;
  }

  /** RMSE, MAE, MSE and R2, with bootstrap intervals. */
  public static List<Metric> metrics(
      String learner, double[] labels, double[] predicted, long seed) {
    double[] squared = losses(labels, predicted);
    double[] absolute = new double[labels.length];
    for (int i = 0; i < absolute.length; i++) {
      absolute[i] = Math.sqrt(squared[i]);
    }
    Interval mse = Bootstrap.mean(squared, seed);
    Interval rmse =
        new Interval(Math.sqrt(mse.value()), Math.sqrt(mse.low()), Math.sqrt(mse.high()));
    Interval mae = Bootstrap.mean(absolute, seed);
    Interval r2 = Bootstrap.of(labels.length, seed, counts -> r2(labels, squared, counts));
    return List.of(
        rmse.as(learner, "rmse"),
        mae.as(learner, "mae"),
        mse.as(learner, "mse"),
        r2.as(learner, "r2"));
  }

  private static double r2(double[] labels, double[] squared, int[] counts) {
    double rows = 0;
    double sum = 0;
    double error = 0;
    for (int i = 0; i < labels.length; i++) {
      rows += counts[i];
      sum += counts[i] * labels[i];
      error += counts[i] * squared[i];
    }
    double mean = sum / rows;
    double spread = 0;
    for (int i = 0; i < labels.length; i++) {
      spread += counts[i] * (labels[i] - mean) * (labels[i] - mean);
    }
    return spread == 0 ? 0 : 1 - error / spread;
  }
}
