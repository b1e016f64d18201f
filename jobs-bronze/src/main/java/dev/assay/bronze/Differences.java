package dev.assay.bronze;

import dev.assay.config.Drift;
import dev.assay.config.FeedConfig;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the fields of a file differ from its feed's columns. A file whose records name no field has
 * none.
 *
 * @param missing the columns of which it has no field
 * @param unknown its fields that are no columns
 */
record Differences(List<String> missing, List<String> unknown) {

  /**
   * Those of a file.
   *
   * @throws AssayException with REFUSED if two of its fields would be one column, or the feed takes
   *     in no file that differs
   */
  static Differences of(FilePlan plan, FeedConfig feed) {
    List<String> fields = plan.names().stream().map(FeedConfig::columnName).toList();
    List<String> missing = new ArrayList<>(fields.isEmpty() ? List.of() : feed.columns());
    missing.removeAll(fields);
    List<String> unknown = new ArrayList<>(fields);
    feed.columns().forEach(unknown::remove);
    Differences differences = new Differences(missing, unknown);
    Set<String> once = new HashSet<>(fields);
    boolean isRefused = feed.drift() == Drift.REFUSE && !differences.areNone();
    if (isRefused || once.size() < fields.size()) {
      throw differences.refusal(plan, feed);
    }
    return differences;
  }

  boolean areNone() {
    return missing.isEmpty() && unknown.isEmpty();
  }

  String text() {
    return "missing " + missing + ", unknown " + unknown;
  }

  private AssayException refusal(FilePlan plan, FeedConfig feed) {
    return new AssayException(
        ExitCode.REFUSED,
        "the fields of "
            + plan.path()
            + " are not those of feed "
            + feed.name()
            + ": missing "
            + missing
            + ", unexpected or twice "
            + unknown
            + ". Nothing was published, because columns would be lost or mixed up; deliver the file"
            + " with the fields "
            + feed.columns()
            + ", or change in conf the feed's columns, or what becomes of others (drift = add or"
            + " rescue; a name that is there twice is refused by all)");
  }
}
