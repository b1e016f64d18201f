package dev.assay.job;

import dev.assay.audit.AuditReport;
import dev.assay.audit.CheckResult;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.table.Draft;
import dev.assay.table.TableDayWriter.Audited;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the business dates of an attempt came to so far; a date is published whole or not at all.
 */
final class Dates {
  private final SortedMap<LocalDate, List<Draft>> drafts = new TreeMap<>();
  private final Map<TableDay, Audited> audited = new LinkedHashMap<>();
  private final SortedMap<LocalDate, Map<TableDay, String>> withdrawn = new TreeMap<>();
  private final Map<TableDay, String> noData = new LinkedHashMap<>();
  private final SortedMap<LocalDate, AssayException> failures = new TreeMap<>();

  /**
   * A draft that was written.
   *
   * @param draft the draft
   * @param audited its files, and what the audit found
   */
  record Written(Draft draft, Audited audited) {}

  /**
   * What is wrong with one date leaves the others alone; a store that is gone does not.
   *
   * @return the failure, if it is of that kind
   */
  static AssayException requireOfOne(AssayException failure) {
    return switch (failure.exitCode()) {
      case REFUSED, INPUT_MISSING -> failure;
      default -> throw failure;
    };
  }

  void drafted(LocalDate date, List<Draft> made) {
    drafts.computeIfAbsent(date, key -> new ArrayList<>()).addAll(made);
  }

  void withdrawn(LocalDate date, TableDay tableDay, String why) {
    withdrawn.computeIfAbsent(date, key -> new LinkedHashMap<>()).put(tableDay, why);
  }

  /** What the dates that did not fail take away, with why. */
  Map<TableDay, String> withdrawn() {
    Map<TableDay, String> all = new LinkedHashMap<>();
    withdrawn.forEach(
        (date, ofDate) -> {
          if (!failures.containsKey(date)) {
            all.putAll(ofDate);
          }
        });
    return all;
  }

  void hasNoData(TableDay tableDay, String why) {
    noData.put(tableDay, why);
  }

  void written(Draft draft, Audited written) {
    audited.put(draft.tableDay(), written);
  }

  void failed(LocalDate date, AssayException failure) {
    failures.putIfAbsent(date, failure);
  }

  void failed(Draft draft, AssayException failure) {
    drafts.forEach(
        (date, all) -> {
          if (all.contains(draft)) {
            failed(date, failure);
          }
        });
  }

  /** The drafts of the dates that did not fail. */
  List<Draft> sound() {
    return drafts.entrySet().stream()
        .filter(entry -> !failures.containsKey(entry.getKey()))
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  /** Those of them that are not written yet. */
  List<Draft> unwritten() {
    return sound().stream().filter(draft -> !audited.containsKey(draft.tableDay())).toList();
  }

  /**
   * Of the dates that did not fail, Delta's actions that add a table-day's files, if it has any.
   */
  Map<TableDay, List<String>> files() {
    Map<TableDay, List<String>> files = new LinkedHashMap<>();
    soundAndWritten()
        .forEach(one -> files.put(one.draft().tableDay(), one.audited().files().actions()));
    withdrawn().keySet().forEach(tableDay -> files.put(tableDay, List.of()));
    return files;
  }

  /** The drafts of the dates that did not fail, as they were written. */
  List<Written> soundAndWritten() {
    List<Written> written = new ArrayList<>();
    for (Draft draft : sound()) {
      Audited found = audited.get(draft.tableDay());
      if (found != null) {
        written.add(new Written(draft, found));
      }
    }
    return written;
  }

  Map<TableDay, String> noData() {
    return noData;
  }

  SortedMap<LocalDate, AssayException> failures() {
    return failures;
  }

  @Nullable AssayException failureOf(LocalDate date) {
    return failures.get(date);
  }

  Map<TableDay, AuditReport> published() {
    Map<TableDay, AuditReport> reports = new LinkedHashMap<>();
    soundAndWritten().forEach(one -> reports.put(one.draft().tableDay(), one.audited().audit()));
    return reports;
  }

  /** Refuses the dates on which a check stands in the way. */
  void judge() {
    Map<LocalDate, AssayException> refused = new TreeMap<>();
    drafts.forEach(
        (date, all) -> {
          if (!failures.containsKey(date)) {
            refusal(all).ifPresent(refusal -> refused.put(date, refusal));
          }
        });
    failures.putAll(refused);
  }

  /** Fails every date after the first that failed. */
  void holdBackTheRest() {
    if (failures.isEmpty()) {
      return;
    }
    LocalDate first = failures.firstKey();
    SortedSet<LocalDate> later = new TreeSet<>(drafts.tailMap(first.plusDays(1)).keySet());
    later.addAll(withdrawn.tailMap(first.plusDays(1)).keySet());
    for (LocalDate date : later) {
      failed(
          date,
          new AssayException(
              ExitCode.REFUSED,
              "held back, because "
                  + first
                  + " was not published; correct that, or go on with --keep-going"));
    }
  }

  /**
   * Fails every date of which something was made from what a date that failed had written.
   *
   * @param isMadeFrom whether a table-day is made from any of some others
   */
  void holdBackReaders(BiPredicate<TableDay, Collection<TableDay>> isMadeFrom) {
    int before;
    do {
      before = failures.size();
      Map<TableDay, LocalDate> unpublished = new LinkedHashMap<>();
      for (LocalDate date : failures.keySet()) {
        drafts
            .getOrDefault(date, List.of())
            .forEach(draft -> unpublished.put(draft.tableDay(), date));
        withdrawn.getOrDefault(date, Map.of()).keySet().forEach(one -> unpublished.put(one, date));
      }
      for (Draft draft : sound()) {
        if (isMadeFrom.test(draft.tableDay(), unpublished.keySet())) {
          failed(
              draft,
              new AssayException(
                  ExitCode.REFUSED,
                  "held back, because "
                      + draft.tableDay()
                      + " was made from what was not published of "
                      + new TreeSet<>(unpublished.values())
                      + "; correct that, and run the stage again"));
        }
      }
    } while (failures.size() > before);
  }

  private Optional<AssayException> refusal(List<Draft> all) {
    List<String> blocking = new ArrayList<>();
    for (Draft draft : all) {
      Audited found = audited.get(draft.tableDay());
      if (found != null) {
        for (CheckResult check : found.audit().blocking()) {
          blocking.add(draft.tableDay() + ": check " + check.name() + ": " + check.message());
        }
      }
    }
    return blocking.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AssayException(
                ExitCode.REFUSED,
                String.join("; ", blocking)
                    + ". Nothing of that day was published; what readers see is as it was. Rejected"
                    + " rows are in quarantine; correct the input or the check, and run the stage"
                    + " again"));
  }
}
