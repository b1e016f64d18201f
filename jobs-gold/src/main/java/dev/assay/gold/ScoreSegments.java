package dev.assay.gold;

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
 * Names of pairs of scores from 1 to 5, as of recency and frequency: the first that holds counts.
 *
 * @param segments the names, each with the scores it stands for
 */
public record ScoreSegments(List<Segment> segments) {
  private static final int BEST = 5;

  /**
   * A segment; bounds are inclusive.
   *
   * @param name its name
   * @param leastFirst the least first score
   * @param mostFirst the greatest
   * @param leastSecond the least second score
   * @param mostSecond the greatest
   */
  public record Segment(
      String name, int leastFirst, int mostFirst, int leastSecond, int mostSecond) {
    boolean holds(int first, int second) {
      return first >= leastFirst
          && first <= mostFirst
          && second >= leastSecond
          && second <= mostSecond;
    }
  }

  /**
   * Reads the table of segments.
   *
   * @param first the key of the first score's bounds, as r
   * @param second the key of the second's, as f
   * @throws AssayException with USAGE if it is malformed, or some pair of scores has no name
   */
  public static ScoreSegments from(
      TableName table, Config parameters, String first, String second) {
    List<Segment> segments = new ArrayList<>();
    try {
      for (Config segment : parameters.getConfigList("segments")) {
        List<Integer> ofFirst = segment.getIntList(first);
        List<Integer> ofSecond = segment.getIntList(second);
        segments.add(
            new Segment(
                segment.getString("name"),
                ofFirst.get(0),
                ofFirst.get(1),
                ofSecond.get(0),
                ofSecond.get(1)));
      }
    } catch (ConfigException | IndexOutOfBoundsException e) {
      throw new AssayException(
          ExitCode.USAGE,
          "the parameters of "
              + table
              + " are wrong: "
              + e.getMessage()
              + "; write segments = [{ name = champions, "
              + first
              + " = [4, 5], "
              + second
              + " = [4, 5] }, ...]",
          e);
    }
    ScoreSegments all = new ScoreSegments(segments);
    all.requireEveryPair(table, first, second);
    return all;
  }

  /** The name of a pair of scores. */
  public Column nameOf(Column first, Column second) {
    Column name = lit(null).cast("string");
    for (int i = segments.size() - 1; i >= 0; i--) {
      Segment segment = segments.get(i);
      Column holds =
          first
              .between(segment.leastFirst(), segment.mostFirst())
              .and(second.between(segment.leastSecond(), segment.mostSecond()));
      name = when(holds, lit(segment.name())).otherwise(name);
    }
    return name;
  }

  private void requireEveryPair(TableName table, String first, String second) {
    for (int i = 1; i <= BEST; i++) {
      for (int j = 1; j <= BEST; j++) {
        int ofFirst = i;
        int ofSecond = j;
        if (segments.stream().noneMatch(segment -> segment.holds(ofFirst, ofSecond))) {
          throw new AssayException(
              ExitCode.USAGE,
              "the segments of "
                  + table
                  + " have no name for "
                  + first
                  + " = "
                  + i
                  + ", "
                  + second
                  + " = "
                  + j
                  + "; let some segment hold it");
        }
      }
    }
  }
}
