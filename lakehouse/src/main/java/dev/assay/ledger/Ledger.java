package dev.assay.ledger;

import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.store.Json;
import dev.assay.store.LakeStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * The append-only record of attempts and what became of them: one small immutable object each,
 * {@code _assay/ledger/<pipeline>/<day>/<table>/<token>-<what>.json}.
 */
public final class Ledger {
  private static final String ROOT = "_assay/ledger/";
  private static final String ATTEMPT = "attempt";
  private static final String SUFFIX = ".json";

  private final LakeStore lake;

  public Ledger(LakeStore lake) {
    this.lake = lake;
  }

  /**
   * Opens an attempt at a table-day, with a token higher than that of every attempt before it, here
   * or in Delta's own log, so that it survives a lost ledger.
   *
   * @param fence the token of the newest attempt that Delta's log knows
   * @param attempt the attempt that has a token
   */
  public Attempt open(TableDay tableDay, long fence, LongFunction<Attempt> attempt) {
    long highest = Math.max(fence, 0);
    for (String name : lake.names(folder(tableDay))) {
      highest = Math.max(highest, token(name));
    }
    while (true) {
      Attempt next = attempt.apply(highest + 1);
      if (lake.createIfAbsent(path(tableDay, next.token(), ATTEMPT), Json.bytes(next))) {
        return next;
      }
      highest = next.token();
    }
  }

  /** Records what became of an attempt; the first record of a kind stays. */
  public void record(Outcome outcome) {
    TableDay tableDay = new TableDay(TableName.parse(outcome.table()), outcome.day());
    lake.createIfAbsent(path(tableDay, outcome.token(), outcome.kind().id()), Json.bytes(outcome));
  }

  /** What the ledger has on each table-day of a pipeline, by day, then table. */
  public List<TableDayRecord> records(String pipeline) {
    return records(ROOT + pipeline, "");
  }

  /** What the ledger has on each table-day of one day of a pipeline. */
  public List<TableDayRecord> records(String pipeline, LocalDate day) {
    return records(ROOT + pipeline, day + "/");
  }

  /** An entry's outcome. */
  public Outcome outcome(String pipeline, TableDayRecord.Entry entry) {
    String path = ROOT + pipeline + "/" + entry.path();
    byte[] json = lake.read(path).orElseThrow(() -> new IllegalStateException(path + " is gone"));
    return Json.read(json, Outcome.class, path);
  }

  /** The newest publication of a table-day that a table's version has. */
  public Optional<Outcome> published(TableDay tableDay, long version) {
    String pipeline = tableDay.table().pipeline();
    List<TableDayRecord.Entry> publications = new ArrayList<>();
    for (TableDayRecord found :
        records(ROOT + pipeline, tableDay.day() + "/" + tableDay.table().table() + "/")) {
      found.entries().stream()
          .filter(entry -> entry.outcome().equals(OutcomeKind.PUBLISHED.id()))
          .forEach(publications::add);
    }
    for (int i = publications.size() - 1; i >= 0; i--) {
      Outcome outcome = outcome(pipeline, publications.get(i));
      if (outcome.version() != null && outcome.version() <= version) {
        return Optional.of(outcome);
      }
    }
    return Optional.empty();
  }

  private List<TableDayRecord> records(String root, String below) {
    Map<String, List<TableDayRecord.Entry>> byTableDay = new TreeMap<>();
    for (String path : lake.tree(root + "/" + below)) {
      String[] parts = (below + path).split("/", -1);
      String what =
          parts[2].substring(parts[2].indexOf('-') + 1, parts[2].length() - SUFFIX.length());
      byTableDay
          .computeIfAbsent(parts[0] + "/" + parts[1], key -> new ArrayList<>())
          .add(
              new TableDayRecord.Entry(
                  token(parts[2]), what.equals(ATTEMPT) ? "" : what, below + path));
    }
    List<TableDayRecord> records = new ArrayList<>();
    byTableDay.forEach(
        (key, entries) -> {
          String[] dayAndTable = key.split("/", -1);
          records.add(new TableDayRecord(dayAndTable[1], LocalDate.parse(dayAndTable[0]), entries));
        });
    return records;
  }

  private static long token(String name) {
    return Long.parseLong(name.substring(0, name.indexOf('-')));
  }

  private static String folder(TableDay tableDay) {
    return ROOT
        + tableDay.table().pipeline()
        + "/"
        + tableDay.day()
        + "/"
        + tableDay.table().table();
  }

  private static String path(TableDay tableDay, long token, String what) {
    return folder(tableDay)
        + "/"
        + String.format(Locale.ROOT, "%010d", token)
        + "-"
        + what
        + SUFFIX;
  }
}
