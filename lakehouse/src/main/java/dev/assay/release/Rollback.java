package dev.assay.release;

import dev.assay.audit.AuditReport;
import dev.assay.concurrent.Concurrently;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayState;
import dev.assay.store.LakeStore;
import dev.assay.table.TableLayout;
import dev.assay.table.TableVersions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes readers see an older release again, by a new one that has the older one's table-days: an
 * intent like any other, so that all tables go back together, whoever finds it unsealed completes
 * it, and the next publication builds on it.
 */
public final class Rollback {
  private static final int LOOKS_AT_ONCE = 16;

  private final LakeStore lake;
  private final String pipeline;
  private final TableVersions tables;
  private final ReleaseLog log;
  private final Ledger ledger;
  private final Amendment amendment;

  public Rollback(LakeStore lake, String pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
    this.tables = new TableVersions(lake);
    this.log = new ReleaseLog(lake, pipeline);
    this.ledger = Ledger.of(lake, pipeline);
    this.amendment = new Amendment(lake, pipeline);
  }

  /**
   * Goes back.
   *
   * @param number the release to go back to
   * @param runId what to call this run in ledger and releases
   * @return the new release; empty if the newest has the same table-days already
   * @throws AssayException with USAGE if there is no such release, or what it needs is gone
   */
  public Optional<Release> to(long number, String runId) {
    Release target = log.existing(number);
    return amendment.publish(
        runId,
        newest -> {
          List<String> dropped =
              newest.tables().keySet().stream()
                  .filter(table -> !target.tables().containsKey(table))
                  .toList();
          return new Amendment.Change(replacements(newest, target), dropped, number);
        });
  }

  private List<Intent.Replacement> replacements(Release newest, Release target) {
    LedgerState then = ledger.asOf(target.number());
    LedgerState now = ledger.state();
    SortedSet<String> names = new TreeSet<>(newest.tables().keySet());
    names.addAll(target.tables().keySet());
    List<List<Intent.Replacement>> all =
        Concurrently.map(
            List.copyOf(names),
            LOOKS_AT_ONCE,
            table -> replacements(table, newest, target, then, now));
    return all.stream().flatMap(List::stream).toList();
  }

  private List<Intent.Replacement> replacements(
      String table, Release newest, Release target, LedgerState then, LedgerState now) {
    Release.TableVersion today = newest.tables().get(table);
    Release.TableVersion before = target.tables().get(table);
    if (Objects.equals(today, before)) {
      return List.of();
    }
    TableName name = new TableName(pipeline, table);
    Stage stage = Objects.requireNonNull(today == null ? before : today, "one has it").stage();
    TableLayout layout = TableLayout.ofFiles(stage, name);
    SortedMap<String, List<String>> has = files(layout, today);
    SortedMap<String, List<String>> had = files(layout, before);
    List<Intent.Replacement> replacements = new ArrayList<>();
    for (String day : days(name, has, had, then, now)) {
      TableDay tableDay = new TableDay(name, LocalDate.parse(day));
      TableDayState.Publication old = then.published(tableDay).orElse(null);
      String archive = then.of(tableDay).archive();
      List<String> files = had.getOrDefault(day, List.of());
      requireThere(target, layout, files, has.getOrDefault(day, List.of()));
      replacements.add(
          new Intent.Replacement(
              stage,
              table,
              tableDay.day(),
              files,
              kind(old, archive),
              "as release " + target.number() + " had it",
              audit(old),
              old == null ? Map.of() : old.inputs(),
              old == null ? null : old.basis(),
              old == null ? null : old.recipe(),
              archive));
    }
    return replacements;
  }

  private SortedMap<String, List<String>> files(
      TableLayout layout, Release.@Nullable TableVersion at) {
    return at == null ? new TreeMap<>() : tables.files(layout, at.version());
  }

  /** Archived rows are where they were: nothing removes them. */
  private static OutcomeKind kind(
      TableDayState.@Nullable Publication old, @Nullable String archive) {
    if (old != null) {
      return OutcomeKind.PUBLISHED;
    }
    return archive == null ? OutcomeKind.WITHDRAWN : OutcomeKind.ARCHIVED;
  }

  /** The days that differ, in their files or in what the ledger knows of them. */
  private static SortedSet<String> days(
      TableName name,
      SortedMap<String, List<String>> has,
      SortedMap<String, List<String>> had,
      LedgerState then,
      LedgerState now) {
    SortedSet<String> days = new TreeSet<>();
    SortedSet<String> all = new TreeSet<>(has.keySet());
    all.addAll(had.keySet());
    for (String day : all) {
      if (!Set.copyOf(has.getOrDefault(day, List.of()))
          .equals(Set.copyOf(had.getOrDefault(day, List.of())))) {
        days.add(day);
      }
    }
    for (LedgerState state : List.of(then, now)) {
      for (TableDayState known : state.ended()) {
        TableDay tableDay = known.tableDay();
        if (tableDay.table().equals(name) && !isSame(then, now, tableDay)) {
          days.add(tableDay.day().toString());
        }
      }
    }
    return days;
  }

  private static boolean isSame(LedgerState then, LedgerState now, TableDay tableDay) {
    return Objects.equals(
            then.published(tableDay).map(TableDayState.Publication::token),
            now.published(tableDay).map(TableDayState.Publication::token))
        && Objects.equals(then.of(tableDay).archive(), now.of(tableDay).archive());
  }

  private void requireThere(
      Release target, TableLayout layout, List<String> files, List<String> present) {
    List<String> wanted = files.stream().filter(file -> !present.contains(file)).toList();
    List<String> gone =
        Concurrently.map(
                wanted, LOOKS_AT_ONCE, file -> layout.folder() + "/" + TableVersions.pathOf(file))
            .stream()
            .filter(path -> !lake.exists(path))
            .toList();
    if (!gone.isEmpty()) {
      throw new AssayException(
          ExitCode.USAGE,
          "release "
              + target.number()
              + " expired: "
              + layout.name()
              + " lacks "
              + gone.size()
              + " of its files, as "
              + gone.get(0)
              + "; choose a newer release");
    }
  }

  private static @Nullable AuditReport audit(TableDayState.@Nullable Publication old) {
    return old == null
        ? null
        : new AuditReport(old.rows(), List.of(), old.totals(), old.contentHash(), old.parts());
  }
}
