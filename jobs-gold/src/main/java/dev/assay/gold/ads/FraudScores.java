package dev.assay.gold.ads;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.Set;

/**
 * How suspicious a minute is by its figures, and from where on it is kept.
 *
 * @param rules the scores, fractions, the first that holds counts
 * @param keptOver the score that a minute must be over
 */
public record FraudScores(Rules rules, double keptOver) {
  private static final Set<String> FIGURES = Set.of("events", "distinct_ads", "avg_bid_price");

  /**
   * Reads the parameters {@code scores} and {@code kept-over}.
   *
   * @throws AssayException with USAGE if they are malformed
   */
  public static FraudScores from(TableName table, Config parameters) {
    Rules rules = Rules.from(table, parameters, "scores", "score", FIGURES);
    try {
      return new FraudScores(rules, parameters.getDouble("kept-over"));
    } catch (ConfigException e) {
      throw new AssayException(
          ExitCode.USAGE,
          "the parameter kept-over of "
              + table
              + " is no number ("
              + e.getMessage()
              + "); write the score that a minute must be over, as kept-over = 0.5",
          e);
    }
  }
}
