package dev.assay.gold.retail;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * Names of pairs of recency and frequency scores: the first that holds counts.
 *
 * @param segments the names, each with the scores it stands for
 */
record RfmSegments(List<Segment> segments) {
  private static final int BEST = 5;

  /**
   * A segment; bounds are inclusive.
   *
   * @param name its name
   * @param leastR the least recency score
   * @param mostR the greatest
   * @param leastF the least frequency score
   * @param mostF the greatest
   */
  record Segment(String name, int leastR, int mostR, int leastF, int mostF) {
    boolean holds(int r, int f) {
      return r >= leastR && r <= mostR && f >= leastF && f <= mostF;
    }
  }

  /**
   * Reads the table of segments.
   *
   * @throws AssayException with USAGE if it is malformed, or some pair of scores has no name
   */
  static RfmSegments from(TableName table, Config parameters) {
    List<Segment> segments = new ArrayList<>();
    try {
      for (Config segment : parameters.getConfigList("segments")) {
        List<Integer> r = segment.getIntList("r");
        List<Integer> f = segment.getIntList("f");
        segments.add(
            new Segment(segment.getString("name"), r.get(0), r.get(1), f.get(0), f.get(1)));
      }
    } catch (ConfigException | IndexOutOfBoundsException e) {
      throw new AssayException(
          ExitCode.USAGE,
          "the parameters of "
              + table
              + " are wrong: "
              + e.getMessage()
              + "; write segments = [{ name = champions, r = [4, 5], f = [4, 5] }, ...]",
          e);
    }
    RfmSegments all = new RfmSegments(segments);
    all.requireEveryPair(table);
    return all;
  }

  /** The name of a pair of scores. */
  Column nameOf(Column r, Column f) {
    Column name = lit(null).cast("string");
    for (int i = segments.size() - 1; i >= 0; i--) {
      Segment segment = segments.get(i);
      Column holds =
          r.between(segment.leastR(), segment.mostR())
              .and(f.between(segment.leastF(), segment.mostF()));
      name = when(holds, lit(segment.name())).otherwise(name);
    }
    return name;
  }

  private void requireEveryPair(TableName table) {
    for (int r = 1; r <= BEST; r++) {
      for (int f = 1; f <= BEST; f++) {
        int recency = r;
        int frequency = f;
        if (segments.stream().noneMatch(segment -> segment.holds(recency, frequency))) {
          throw new AssayException(
              ExitCode.USAGE,
              "the segments of "
                  + table
                  + " have no name for r = "
                  + r
                  + ", f = "
                  + f
                  + "; let some segment hold it");
        }
      }
    }
  }
}
