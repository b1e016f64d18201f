package dev.assay.ml.evaluation;

import dev.assay.model.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How good probabilities of a yes are, of rows that were a yes (1) or a no (0). */
public final class Classifications {
  /** A probability of 0 or 1 that is wrong would be infinitely bad. */
  private static final double LEAST = 1e-6;

  private static final int BINS = 10;

  private Classifications() {}

  /**
   * Rows of like probability: what was said of them, and what they were.
   *
   * @param bin from 1, the least probable first
   * @param rows how many
   * @param predicted their mean probability
   * @param observed the share of them that was a yes
   */
  public record CalibrationBin(int bin, long rows, double predicted, double observed) {}

  /** The log loss of each row, in nats. */
  public static double[] losses(double[] labels, double[] probabilities) {
    double[] losses = new double[labels.length];
    for (int i = 0; i < losses.length; i++) {
      double p = Math.min(1 - LEAST, Math.max(LEAST, probabilities[i]));
      losses[i] = -(labels[i] > 0.5 ? Math.log(p) : Math.log1p(-p));
    }
    return losses;
  }

  /** AUC, log loss and Brier score, with bootstrap intervals. */
  public static List<Metric> metrics(
      String learner, double[] labels, double[] probabilities, long seed) {
    int[] order = order(probabilities);
    Interval auc =
        Bootstrap.of(labels.length, seed, counts -> auc(labels, probabilities, order, counts));
    return List.of(
        auc.as(learner, "auc"),
        Bootstrap.mean(losses(labels, probabilities), seed).as(learner, "log_loss"),
        Bootstrap.mean(Regressions.losses(labels, probabilities), seed).as(learner, "brier"));
  }

  /** Ten bins of as many rows each, as far as equal probabilities allow. */
  public static List<CalibrationBin> calibration(double[] labels, double[] probabilities) {
    int[] order = order(probabilities);
    List<CalibrationBin> bins = new ArrayList<>();
    int from = 0;
    for (int bin = 1; bin <= BINS; bin++) {
      int to = (int) ((long) bin * order.length / BINS);
      while (to < order.length
          && to > 0
          && probabilities[order[to]] == probabilities[order[to - 1]]) {
        to++;
      }
      if (to > from) {
        double predicted = 0;
        double observed = 0;
        for (int i = from; i < to; i++) {
          predicted += probabilities[order[i]];
          observed += labels[order[i]];
        }
        int rows = to - from;
        bins.add(new CalibrationBin(bins.size() + 1, rows, predicted / rows, observed / rows));
        from = to;
      }
    }
    return bins;
  }

  private static int[] order(double[] probabilities) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> probabilities[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * The chance that a yes has the higher probability of a yes and a no, a tie counting half (Mann
   * and Whitney's U); a half where there are not both.
   */
  private static double auc(double[] labels, double[] probabilities, int[] order, int[] counts) {
    double below = 0;
    double yes = 0;
    double pairs = 0;
    int i = 0;
    while (i < order.length) {
      double tiedYes = 0;
      double tiedNo = 0;
      double probability = probabilities[order[i]];
      while (i < order.length && probabilities[order[i]] == probability) {
        int row = order[i++];
        if (labels[row] > 0.5) {
          tiedYes += counts[row];
        } else {
          tiedNo += counts[row];
        }
      }
      pairs += tiedYes * (below + tiedNo / 2);
      below += tiedNo;
      yes += tiedYes;
    }
    return yes == 0 || below == 0 ? 0.5 : pairs / (yes * below);
  }
}
