package dev.assay.ml.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * 95% intervals by the percentiles of resampled rows (Efron, "Bootstrap methods: another look at
 * the jackknife", 1979).
 */
public final class Bootstrap {
  private static final int RESAMPLES = 1000;

  /** So many draws at most: of many rows fewer resamples tell as much. */
  private static final long MOST_DRAWS = 40_000_000;

  private static final int LEAST_RESAMPLES = 200;
  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /** The mean of values. */
  public static Interval mean(double[] values, long seed) {
    return of(
        values.length,
        seed,
        counts -> {
          double sum = 0;
          for (int i = 0; i < values.length; i++) {
            sum += counts[i] * values[i];
          }
          return sum / values.length;
        });
  }

  /** How much less the losses of one are than those of another, of the same rows. */
  public static Interval meanGain(double[] of, double[] than, long seed) {
    if (of.length != than.length) {
      throw new IllegalArgumentException(
          of.length + " losses cannot be paired with " + than.length);
    }
    double[] gains = new double[of.length];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = of[i] - than[i];
    }
    return mean(gains, seed);
  }

  /**
   * A figure of rows.
   *
   * @param rows how many rows there are
   * @param figure the figure, given how often each row counts
   */
  public static Interval of(int rows, long seed, ToDoubleFunction<int[]> figure) {
    int[] counts = new int[rows];
    Arrays.fill(counts, 1);
    double value = figure.applyAsDouble(counts);
    int resamples =
        (int) Math.max(LEAST_RESAMPLES, Math.min(RESAMPLES, MOST_DRAWS / Math.max(1, rows)));
    double[] drawn = new double[resamples];
    SplittableRandom random = new SplittableRandom(seed);
    for (int resample = 0; resample < resamples; resample++) {
      Arrays.fill(counts, 0);
      for (int draw = 0; draw < rows; draw++) {
        counts[random.nextInt(rows)]++;
      }
      drawn[resample] = figure.applyAsDouble(counts);
    }
    Arrays.sort(drawn);
    return new Interval(
        value,
        drawn[(int) Math.floor(TAIL * resamples)],
        drawn[(int) Math.ceil((1 - TAIL) * resamples) - 1]);
  }
}
