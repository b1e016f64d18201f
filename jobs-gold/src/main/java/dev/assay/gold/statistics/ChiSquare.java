package dev.assay.gold.statistics;

import java.util.Arrays;
import org.hipparchus.stat.inference.ChiSquareTest;

/**
 * Pearson's chi-square test of independence: has one attribute to do with another? The effect size
 * is Cramér's V ("Mathematical Methods of Statistics", 1946).
 */
public final class ChiSquare {
  private static final double FEWEST_EXPECTED = 5;

  private ChiSquare() {}

  /**
   * The test.
   *
   * @param counts a row a value of one attribute, a column a value of the other; two or more of
   *     each, none of them empty
   */
  public static TestResult of(long[][] counts) {
    double statistic = new ChiSquareTest().chiSquare(counts);
    long n = Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    int rows = counts.length;
    int columns = counts[0].length;
    double df = (rows - 1.0) * (columns - 1.0);
    double v = Math.sqrt(statistic / n / (Math.min(rows, columns) - 1));
    return new TestResult(n, statistic, df, null, Tails.ofChiSquare(statistic, df), v);
  }

  /**
   * The share of cells in which fewer than 5 are to be expected: where it is over a fifth, the
   * p-value is no good approximation (Cochran, Biometrics 10, 1954).
   */
  public static double sparseShare(long[][] counts) {
    double n = Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    int columns = counts[0].length;
    double[] ofColumn = new double[columns];
    for (long[] row : counts) {
      for (int j = 0; j < columns; j++) {
        ofColumn[j] += row[j];
      }
    }
    long sparse = 0;
    for (long[] row : counts) {
      double share = Arrays.stream(row).sum() / n;
      sparse += Arrays.stream(ofColumn).filter(all -> share * all < FEWEST_EXPECTED).count();
    }
    return (double) sparse / (counts.length * columns);
  }
}
