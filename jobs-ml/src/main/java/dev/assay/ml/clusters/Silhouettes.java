package dev.assay.ml.clusters;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How much nearer each point is to the middle of its own cluster than to that of the next: (b - a)
 * / max(a, b), the simplified silhouette (Hruschka, de Castro and Campello, "Evolutionary
 * Algorithms for Clustering Gene-Expression Data", 2004). In one space, whoever parted it.
 */
final class Silhouettes {
  private final double[][] points;

  Silhouettes(double[][] points) {
    this.points = points;
  }

  /** One less the silhouette of each point, given each point's cluster. */
  double[] losses(int[] clusters) {
    double[][] middles = middles(clusters);
    double[] losses = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      double own = 0;
      double next = Double.POSITIVE_INFINITY;
      for (int cluster = 0; cluster < middles.length; cluster++) {
        if (middles[cluster].length > 0) {
          double distance = distance(points[i], middles[cluster]);
          if (cluster == clusters[i]) {
            own = distance;
          } else {
            next = Math.min(next, distance);
          }
        }
      }
      double most = Math.max(own, next);
      losses[i] = Double.isInfinite(next) || most == 0 ? 1 : 1 - (next - own) / most;
    }
    return losses;
  }

  /** As many points as these, spread evenly over the range of each of their coordinates. */
  double[][] evenly(SplittableRandom random) {
    int width = points.length == 0 ? 0 : points[0].length;
    double[] least = new double[width];
    double[] most = new double[width];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    for (double[] point : points) {
      for (int i = 0; i < width; i++) {
        least[i] = Math.min(least[i], point[i]);
        most[i] = Math.max(most[i], point[i]);
      }
    }
    double[][] even = new double[points.length][width];
    for (double[] point : even) {
      for (int i = 0; i < width; i++) {
        point[i] = least[i] + random.nextDouble() * (most[i] - least[i]);
      }
    }
    return even;
  }

  private double[][] middles(int[] clusters) {
    int most = Arrays.stream(clusters).max().orElse(-1) + 1;
    double[][] middles = new double[most][0];
    int[] counts = new int[most];
    for (int i = 0; i < points.length; i++) {
      int cluster = clusters[i];
      if (middles[cluster].length == 0) {
        middles[cluster] = new double[points[i].length];
      }
      for (int j = 0; j < points[i].length; j++) {
        middles[cluster][j] += points[i][j];
      }
      counts[cluster]++;
    }
    for (int cluster = 0; cluster < most; cluster++) {
      for (int j = 0; j < middles[cluster].length; j++) {
        middles[cluster][j] /= counts[cluster];
      }
    }
    return middles;
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return Math.sqrt(sum);
  }
}
