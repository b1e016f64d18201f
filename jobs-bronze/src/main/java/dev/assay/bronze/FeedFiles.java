package dev.assay.bronze;

import dev.assay.audit.CheckResult;
import dev.assay.checks.Severity;
import dev.assay.config.ColumnContract;
import dev.assay.config.Drift;
import dev.assay.config.FeedConfig;
import dev.assay.config.ReceivedColumns;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.feed.Landing.LandedFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * A day's files of a feed, of which is known how their fields differ from its columns.
 *
 * @param feed the feed
 * @param differences of each file, by path
 */
record FeedFiles(FeedConfig feed, Map<FilePlan, Differences> differences) {
  private static final String DRIFT_CHECK = "schema_drift";
  private static final int FILES_NAMED = 3;

  /**
   * Looks at files.
   *
   * @throws AssayException with REFUSED if one cannot be read, or differs more than the feed allows
   */
  static FeedFiles look(FeedConfig feed, List<LandedFile> files, Configuration conf) {
    Map<FilePlan, Differences> differences = new LinkedHashMap<>();
    for (LandedFile file : files) {
      FilePlan plan = FilePlan.of(file, feed, conf);
      differences.put(plan, Differences.of(plan, feed));
    }
    return new FeedFiles(feed, differences);
  }

  /** The files, by path. */
  List<FilePlan> plans() {
    return new ArrayList<>(differences.keySet());
  }

  /** The columns of what was received: the feed's, then those that the files add. */
  List<String> columns() {
    Set<String> columns = new LinkedHashSet<>(feed.columns());
    if (feed.drift() == Drift.ADD) {
      differences.values().forEach(ofFile -> columns.addAll(ofFile.unknown()));
    }
    return List.copyOf(columns);
  }

  /**
   * A bronze table's contract, with the columns that the files add at its end.
   *
   * @throws AssayException with REFUSED if the name of one is taken
   */
  TableContract widened(TableContract contract) {
    List<ColumnContract> columns = new ArrayList<>(contract.columns());
    for (String added : columns().subList(feed.columns().size(), columns().size())) {
      for (ColumnContract column : columns) {
        if (column.name().equalsIgnoreCase(added)) {
          throw taken(added, column.name(), contract);
        }
      }
      columns.add(ReceivedColumns.received(added));
    }
    return contract.with(columns);
  }

  private static AssayException taken(String added, String by, TableContract contract) {
    return new AssayException(
        ExitCode.REFUSED,
        "field '"
            + added
            + "' cannot be a column of "
            + contract.name()
            + " beside '"
            + by
            + "': names that differ in case alone are one to Spark. Nothing was published; deliver"
            + " it under another name, or let the feed set it aside (drift = rescue)");
  }

  /** What the check of the fields found, where the feed takes in files that differ. */
  List<CheckResult> found() {
    if (feed.drift() == Drift.REFUSE) {
      return List.of();
    }
    Map<String, List<String>> alike = new LinkedHashMap<>();
    differences.forEach(
        (plan, ofFile) -> {
          if (!ofFile.areNone()) {
            alike.computeIfAbsent(ofFile.text(), any -> new ArrayList<>()).add(plan.name());
          }
        });
    String message =
        alike.entrySet().stream()
            .map(one -> one.getKey() + " in " + named(one.getValue()))
            .collect(Collectors.joining("; "));
    return List.of(
        new CheckResult(
            DRIFT_CHECK,
            Severity.WARN,
            alike.isEmpty(),
            0,
            alike.isEmpty() ? "every file has the feed's fields" : message));
  }

  private static String named(List<String> files) {
    String first = files.stream().limit(FILES_NAMED).collect(Collectors.joining(", "));
    int more = files.size() - FILES_NAMED;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
