package dev.assay.gold.ads;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;

/**
 * What a row is called by its figures: the first rule that holds says it, and the last always does.
 *
 * @param rules the rules, the first that is asked first
 */
record Rules(List<Rule> rules) {

  /**
   * A rule.
   *
   * @param says a text or a number
   * @param bounds when it holds
   */
  record Rule(Object says, Bounds bounds) {}

  /**
   * Reads a list of rules, as {@code [{ name = Viewer, over { impressions = 50 } }, { name = Other
   * }]}.
   *
   * @param key the parameter that holds the list
   * @param says the key of a rule under which it has what it says
   * @param figures the columns that a rule may bound
   * @throws AssayException with USAGE if it is malformed, or some row has no rule that holds
   */
  static Rules from(
      TableName table, Config parameters, String key, String says, Set<String> figures) {
    List<Rule> rules = new ArrayList<>();
    try {
      for (Config rule : parameters.getConfigList(key)) {
        rules.add(new Rule(rule.getValue(says).unwrapped(), Bounds.from(rule, says, figures)));
      }
    } catch (ConfigException e) {
      throw new AssayException(
          ExitCode.USAGE,
          "the parameter "
              + key
              + " of "
              + table
              + " is wrong: "
              + e.getMessage()
              + "; write "
              + key
              + " = [{ "
              + says
              + " = ..., over { events = 100 } }, { "
              + says
              + " = ... }], and bound "
              + String.join(", ", figures),
          e);
    }
    if (rules.isEmpty() || !rules.get(rules.size() - 1).bounds().areNone()) {
      throw new AssayException(
          ExitCode.USAGE,
          "the last of the "
              + key
              + " of "
              + table
              + " must hold for every row, or some would have none; end them with one without"
              + " bounds");
    }
    return new Rules(rules);
  }

  /** What the first rule that holds says of a row. */
  Column first() {
    Column says = lit(rules.get(rules.size() - 1).says());
    for (int i = rules.size() - 2; i >= 0; i--) {
      says = when(rules.get(i).bounds().hold(), lit(rules.get(i).says())).otherwise(says);
    }
    return says;
  }
}
