package dev.assay.gold.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * Tukey's honestly significant difference: which pairs of groups differ in their means, the chance
 * of any false alarm among all pairs being the p-value; for groups of unlike sizes by Kramer
 * ("Extension of Multiple Range Tests", Biometrics 12, 1956). The effect size is the difference in
 * standard deviations within groups.
 */
public final class TukeyHsd {
  private TukeyHsd() {}

  /**
   * Two groups compared.
   *
   * @param a the first
   * @param b the second
   * @param result q, with the number of groups and the degrees of freedom within groups
   */
  public record Comparison(Moments a, Moments b, TestResult result) {}

  /**
   * The test of every pair, in the groups' order.
   *
   * @param groups two or more, with more values than groups
   */
  public static List<Comparison> of(List<Moments> groups) {
    long n = groups.stream().mapToLong(Moments::n).sum();
    double df = (double) n - groups.size();
    double variance = groups.stream().mapToDouble(Moments::squares).sum() / df;
    StudentizedRange range = new StudentizedRange(groups.size(), df);
    List<Comparison> pairs = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i + 1; j < groups.size(); j++) {
        Moments a = groups.get(i);
        Moments b = groups.get(j);
        double difference = a.mean() - b.mean();
        double q = Math.abs(difference) / Math.sqrt(variance / 2 * (1.0 / a.n() + 1.0 / b.n()));
        TestResult result =
            new TestResult(
                a.n() + b.n(),
                q,
                (double) groups.size(),
                df,
                range.upperTail(q),
                difference / Math.sqrt(variance));
        pairs.add(new Comparison(a, b, result));
      }
    }
    return pairs;
  }
}
