package dev.assay.job;

import dev.assay.audit.AuditReport;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.plan.State;
import dev.assay.plan.TableDayStatus;
import dev.assay.release.Release;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of every table-day that a stage was to settle.
 *
 * @param stage the stage
 * @param newRelease the release that made visible what was published, of several the last
 * @param published what was published, with what its checks found
 * @param withdrawn what was taken away, with why
 * @param unchanged what was current already, with why
 * @param noData what has no data and need not have, with why
 * @param waiting what could not be made because an input is missing, with why
 * @param failures why a date was not published
 */
public record StageResult(
    Stage stage,
    Optional<Release> newRelease,
    Map<TableDay, AuditReport> published,
    Map<TableDay, String> withdrawn,
    Map<TableDay, String> unchanged,
    Map<TableDay, String> noData,
    Map<TableDay, String> waiting,
    SortedMap<LocalDate, AssayException> failures) {

  /**
   * The release that made visible what was published.
   *
   * @throws java.util.NoSuchElementException if nothing was
   */
  public Release release() {
    return newRelease.orElseThrow();
  }

  /** Whether nothing became visible. */
  boolean isEmpty() {
    return published.isEmpty() && withdrawn.isEmpty();
  }

  /** How a process ends that was to settle this and nothing else. */
  public ExitCode exitCode() {
    if (!failures.isEmpty()) {
      return failures.values().iterator().next().exitCode();
    }
    if (!waiting.isEmpty()) {
      return ExitCode.INPUT_MISSING;
    }
    boolean isNoData = published.isEmpty() && withdrawn.isEmpty() && unchanged.isEmpty();
    return isNoData ? ExitCode.NO_DATA : ExitCode.DONE;
  }

  /** This, if something of it was published or is current, and all that is due; else throws why. */
  StageResult orThrow() {
    if (!failures.isEmpty()) {
      throw failures.values().iterator().next();
    }
    if (exitCode() != ExitCode.DONE) {
      Map.Entry<TableDay, String> why =
          (waiting.isEmpty() ? noData : waiting).entrySet().iterator().next();
      throw new AssayException(exitCode(), why.getKey() + ": " + why.getValue());
    }
    return this;
  }

  /** What a stage comes to that has nothing to make. */
  static StageResult of(Stage stage, List<TableDayStatus> statuses) {
    Map<TableDay, String> unchanged = new LinkedHashMap<>();
    Map<TableDay, String> noData = new LinkedHashMap<>();
    for (TableDayStatus status : statuses) {
      if (status.state() == State.CURRENT) {
        unchanged.put(status.tableDay(), status.why());
      } else if (status.state() == State.NO_DATA) {
        noData.put(status.tableDay(), status.why());
      }
    }
    return new StageResult(
        stage, Optional.empty(), Map.of(), Map.of(), unchanged, noData, Map.of(), new TreeMap<>());
  }

  /** This, with what could not be made at all. */
  StageResult waitingFor(List<TableDayStatus> missing) {
    Map<TableDay, String> all = new LinkedHashMap<>();
    missing.forEach(status -> all.put(status.tableDay(), status.why()));
    return new StageResult(
        stage, newRelease, published, withdrawn, unchanged, noData, both(all, waiting), failures);
  }

  /** This, and that a date was not published. */
  StageResult failed(LocalDate date, AssayException failure) {
    SortedMap<LocalDate, AssayException> all = new TreeMap<>(failures);
    all.putIfAbsent(date, failure);
    return new StageResult(
        stage, newRelease, published, withdrawn, unchanged, noData, waiting, all);
  }

  /** What this and the next of the same stage came to. */
  StageResult then(StageResult next) {
    SortedMap<LocalDate, AssayException> allFailures = new TreeMap<>(failures);
    allFailures.putAll(next.failures);
    return new StageResult(
        stage,
        next.newRelease.or(() -> newRelease),
        both(published, next.published),
        both(withdrawn, next.withdrawn),
        without(both(unchanged, next.unchanged), published.keySet()),
        both(noData, next.noData),
        both(waiting, next.waiting),
        allFailures);
  }

  private static Map<TableDay, String> without(Map<TableDay, String> all, Set<TableDay> tableDays) {
    all.keySet().removeAll(tableDays);
    return all;
  }

  private static <T> Map<TableDay, T> both(Map<TableDay, T> one, Map<TableDay, T> other) {
    Map<TableDay, T> both = new LinkedHashMap<>(one);
    both.putAll(other);
    return both;
  }
}
