package dev.assay.ml.evaluation;

import java.util.List;
import java.util.Set;

/**
 * How good a list of K items is for somebody of whom it is known what they took. Formulas as in
 * Jarvelin and Kekalainen, "Cumulated gain-based evaluation of IR techniques" (2002), with a gain
 * of 1 an item.
 */
public final class Rankings {
  private Rankings() {}

  /** The share of the K items that were taken. */
  public static double precision(List<String> items, Set<String> taken, int k) {
    return (double) hits(items, taken, k) / k;
  }

  /** The share of what was taken that is among the K items. */
  public static double recall(List<String> items, Set<String> taken, int k) {
    return (double) hits(items, taken, k) / taken.size();
  }

  /** The discounted gain of the K items, over that of the best list there could be. */
  public static double ndcg(List<String> items, Set<String> taken, int k) {
    double gain = 0;
    for (int place = 0; place < Math.min(k, items.size()); place++) {
      gain += taken.contains(items.get(place)) ? discount(place) : 0;
    }
    double best = 0;
    for (int place = 0; place < Math.min(k, taken.size()); place++) {
      best += discount(place);
    }
    return gain / best;
  }

  private static double discount(int place) {
    return Math.log(2) / Math.log(place + 2.0);
  }

  private static long hits(List<String> items, Set<String> taken, int k) {
    return items.stream().limit(k).filter(taken::contains).count();
  }
}
