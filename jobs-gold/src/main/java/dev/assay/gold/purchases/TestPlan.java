package dev.assay.gold.purchases;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.gold.statistics.ShapiroWilk;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which tests are made.
 *
 * @param alpha the p-value below which a difference counts as more than chance
 * @param anova attributes whose values' means are compared at once
 * @param tukey attributes whose values' means are compared in pairs
 * @param twoSample attributes of two values
 * @param chiSquare pairs of attributes
 * @param sample how many purchases are tested for normality
 * @param seed which they are
 */
record TestPlan(
    double alpha,
    List<String> anova,
    List<String> tukey,
    List<String> twoSample,
    List<Pair> chiSquare,
    int sample,
    long seed) {

  /**
   * Two attributes.
   *
   * @param first a column of purchases
   * @param second another
   */
  record Pair(String first, String second) {}

  /**
   * Reads a table's parameters.
   *
   * @throws AssayException with USAGE if they are malformed
   */
  static TestPlan from(TableName table, Config parameters) {
    try {
      TestPlan plan =
          new TestPlan(
              parameters.getDouble("alpha"),
              parameters.getStringList("anova"),
              parameters.getStringList("tukey"),
              parameters.getStringList("two-sample"),
              parameters.getConfigList("chi-square").stream().map(TestPlan::pair).toList(),
              parameters.getInt("shapiro-wilk.sample"),
              parameters.getLong("shapiro-wilk.seed"));
      plan.requireSample(table);
      return plan;
    } catch (ConfigException e) {
      throw new AssayException(
          ExitCode.USAGE,
          "the parameters of "
              + table
              + " are wrong: "
              + e.getMessage()
              + "; conf/purchases.conf has each of them with its meaning",
          e);
    }
  }

  private static Pair pair(Config names) {
    return new Pair(names.getString("first"), names.getString("second"));
  }

  /** Every attribute whose groups are compared, once. */
  List<String> grouped() {
    return Stream.of(anova, tukey, twoSample).flatMap(List::stream).distinct().toList();
  }

  private void requireSample(TableName table) {
    if (sample < ShapiroWilk.FEWEST || sample > ShapiroWilk.MOST) {
      throw new AssayException(
          ExitCode.USAGE,
          "shapiro-wilk.sample of "
              + table
              + " is "
              + sample
              + ", but the test is defined for "
              + ShapiroWilk.FEWEST
              + " to "
              + ShapiroWilk.MOST
              + " values; choose one of these");
    }
  }
}
