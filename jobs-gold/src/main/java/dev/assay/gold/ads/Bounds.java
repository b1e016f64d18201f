package dev.assay.gold.ads;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;

/**
 * Bounds of a row's figures, which hold when all of them do.
 *
 * @param over by the figure's column, what it must be greater than
 * @param under what it must be less than
 * @param atLeast what it must not be less than
 */
record Bounds(
    Map<String, BigDecimal> over, Map<String, BigDecimal> under, Map<String, BigDecimal> atLeast) {
  private static final String OVER = "over";
  private static final String UNDER = "under";
  private static final String AT_LEAST = "at-least";

  /**
   * Reads the bounds of a block.
   *
   * @param besides the key that the block may have besides bounds
   * @param figures the columns that there are
   * @throws ConfigException if it has other keys, or bounds of other columns
   */
  static Bounds from(Config block, String besides, Set<String> figures) {
    Set<String> known = Set.of(besides, OVER, UNDER, AT_LEAST);
    requireKnown(block, known);
    return new Bounds(
        bounds(block, OVER, figures),
        bounds(block, UNDER, figures),
        bounds(block, AT_LEAST, figures));
  }

  private static Map<String, BigDecimal> bounds(Config block, String key, Set<String> figures) {
    Map<String, BigDecimal> bounds = new TreeMap<>();
    if (block.hasPath(key)) {
      Config inner = block.getConfig(key);
      requireKnown(inner, figures);
      for (String figure : inner.root().keySet()) {
        // By way of its digits: 0.1 is no binary number.
        bounds.put(figure, new BigDecimal(inner.getNumber(figure).toString()));
      }
    }
    return bounds;
  }

  private static void requireKnown(Config block, Set<String> known) {
    for (String key : block.root().keySet()) {
      if (!known.contains(key)) {
        throw new ConfigException.BadPath(
            block.origin(), key, "is none of " + new TreeSet<>(known));
      }
    }
  }

  /** Whether they bound nothing. */
  boolean areNone() {
    return over.isEmpty() && under.isEmpty() && atLeast.isEmpty();
  }

  /** Whether they hold for a row. */
  Column hold() {
    Column holds = lit(true);
    for (Map.Entry<String, BigDecimal> bound : over.entrySet()) {
      holds = holds.and(col(bound.getKey()).gt(bound.getValue()));
    }
    for (Map.Entry<String, BigDecimal> bound : under.entrySet()) {
      holds = holds.and(col(bound.getKey()).lt(bound.getValue()));
    }
    for (Map.Entry<String, BigDecimal> bound : atLeast.entrySet()) {
      holds = holds.and(col(bound.getKey()).geq(bound.getValue()));
    }
    return holds;
  }
}
