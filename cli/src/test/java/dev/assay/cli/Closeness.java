package dev.assay.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.assay.config.TableContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How close a table's columns must be to the recomputed ones, where that is not exactly, or 1e-9
 * for doubles.
 *
 * @param estimates columns made by sketches, each with how far it may be off, relative to it
 * @param leftOut columns that are not compared
 * @param only SQL for the rows that are
 */
record Closeness(Map<String, Double> estimates, List<String> leftOut, String only) {
  private static final String NOT_RECOMPUTED = "not-recomputed";

  /** What {@code closeness.conf} of the table's pipeline says of it. */
  static Closeness of(TableContract contract) {
    Config all = read(contract.name().pipeline());
    String table = contract.name().table();
    Config own = all.hasPath(table) ? all.getConfig(table) : ConfigFactory.empty();
    Map<String, Double> estimates = new HashMap<>();
    if (own.hasPath("estimates")) {
      own.getConfig("estimates")
          .root()
          .forEach(
              (name, value) -> estimates.put(name, ((Number) value.unwrapped()).doubleValue()));
    }
    return new Closeness(
        estimates,
        own.hasPath("left-out") ? own.getStringList("left-out") : List.of(),
        own.hasPath("only") ? own.getString("only") : "true");
  }

  /** The tables of a pipeline that have no second implementation. */
  static List<String> notRecomputed(String pipeline) {
    Config all = read(pipeline);
    return all.hasPath(NOT_RECOMPUTED) ? all.getStringList(NOT_RECOMPUTED) : List.of();
  }

  private static Config read(String pipeline) {
    return ConfigFactory.parseString(Recomputation.text(pipeline + "/closeness.conf").orElse(""))
        .resolve();
  }
}
