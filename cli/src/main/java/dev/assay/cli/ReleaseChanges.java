package dev.assay.cli;

import dev.assay.audit.AuditReport;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.TableDayState;
import dev.assay.ledger.TableDayState.Publication;
import dev.assay.release.Intent;
import dev.assay.release.ReleaseLog;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What releases changed, table-day for table-day.
 *
 * @param log the releases
 * @param ledger what was known of table-days when
 */
record ReleaseChanges(ReleaseLog log, Ledger ledger) {

  /**
   * What became of a table-day.
   *
   * @param release the newest release that touched it
   * @param table the table
   * @param day the day
   * @param what what became of it
   * @param rows how many rows it has, or had; null if that was never published
   */
  record Change(long release, String table, LocalDate day, String what, @Nullable Long rows) {}

  /** What a release made visible, or took away, whether or not it differs from what was there. */
  List<Change> madeBy(long release) {
    return touched(release - 1, release).values().stream()
        .map(
            one -> {
              AuditReport audit = one.replacement().audit();
              return one.change(
                  one.replacement().kind().id(), audit == null ? null : audit.rows().published());
            })
        .toList();
  }

  /** The table-days of which readers see something else at one release than at an older one. */
  List<Change> between(long older, long newer) {
    Map<TableDay, Touched> touched = touched(older, newer);
    Function<TableDay, Shown> before = touched.isEmpty() ? any -> Shown.NOTHING : shownAt(older);
    List<Change> changes = new ArrayList<>();
    touched.forEach(
        (tableDay, touch) -> {
          Shown had = before.apply(tableDay);
          Shown has = Shown.of(touch.replacement());
          difference(had, older, has, newer)
              .map(what -> touch.change(what, has.rows() == null ? had.rows() : has.rows()))
              .ifPresent(changes::add);
        });
    return changes;
  }

  /** By the ledger; of a lake of layout 1, whose ledger of then is not kept, by its releases. */
  private Function<TableDay, Shown> shownAt(long release) {
    Optional<LedgerState> known = ledger.keptAsOf(release);
    if (known.isPresent()) {
      return tableDay -> Shown.of(known.get().of(tableDay));
    }
    Map<TableDay, Touched> all = touched(0, release);
    return tableDay -> {
      Touched touch = all.get(tableDay);
      return touch == null ? Shown.NOTHING : Shown.of(touch.replacement());
    };
  }

  private static Optional<String> difference(Shown had, long older, Shown has, long newer) {
    if (had.equals(has)) {
      return Optional.empty();
    }
    if (had.content() != null && has.content() != null) {
      return Optional.of("other rows");
    }
    if (has.content() != null) {
      return Optional.of("only in " + newer);
    }
    boolean archived = has.archive() != null;
    if (had.content() != null) {
      return Optional.of("only in " + older + (archived ? ", archived since" : ""));
    }
    return Optional.of(archived ? "archived" : "not archived any more");
  }

  /**
   * What readers see of a table-day at a release.
   *
   * @param content the hash of its rows; null where it is not published
   * @param rows how many; null where it is not published
   * @param archive where its rows are instead; null where they are not archived
   */
  private record Shown(@Nullable String content, @Nullable Long rows, @Nullable String archive) {
    static final Shown NOTHING = new Shown(null, null, null);

    static Shown of(TableDayState state) {
      Publication published = state.published();
      return published == null
          ? new Shown(null, null, state.archive())
          : new Shown(published.contentHash(), published.rows().published(), state.archive());
    }

    static Shown of(Intent.Replacement replacement) {
      AuditReport audit = replacement.audit();
      return audit == null
          ? new Shown(null, null, replacement.archive())
          : new Shown(audit.contentHash(), audit.rows().published(), replacement.archive());
    }
  }

  /** A table-day that a release touched. */
  private record Touched(long release, Intent.Replacement replacement) {
    Change change(String what, @Nullable Long rows) {
      return new Change(release, replacement.table(), replacement.day(), what, rows);
    }
  }

  /** The newest touch of each table-day, in the order of their names. */
  private Map<TableDay, Touched> touched(long after, long upTo) {
    Map<TableDay, Touched> touched = new TreeMap<>(Comparator.comparing(TableDay::toString));
    for (Intent intent : log.intents(after, upTo)) {
      for (Intent.Replacement replacement : intent.replacements()) {
        touched.put(
            new TableDay(new TableName(intent.pipeline(), replacement.table()), replacement.day()),
            new Touched(intent.number(), replacement));
      }
    }
    return touched;
  }
}
