package dev.assay.table;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.LakeStore;
import dev.assay.table.TableState.TableFile;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.SnapshotImpl;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commits of Delta tables, without Spark, of files that were written before: by Delta's Kernel,
 * which reads what the newest version holds. A commit is the next version or none, and is tried
 * again on top of whoever was first, after a look at the fences there.
 *
 * <p>Spark would start a job for each of these looks, which costs more than what is looked for.
 */
public final class TableCommits {
  private static final Logger LOG = LoggerFactory.getLogger(TableCommits.class);
  private static final long ABSENT = -1;
  private static final int COMMITS_A_CHECKPOINT = 10;

  private final LakeStore lake;
  private final Engine engine;
  private final Map<String, TableState> known = new ConcurrentHashMap<>();

  public TableCommits(LakeStore lake) {
    this.lake = lake;
    this.engine = new TableEngine(lake.conf());
  }

  /** A table's newest version; -1 if it does not exist. */
  public long newestVersion(TableLayout layout) {
    return newest(layout).map(TableState::version).orElse(ABSENT);
  }

  /** The token of the newest attempt that published any of a table's days; -1 if none did. */
  public long fence(TableLayout layout, Collection<String> days) {
    return newest(layout).map(state -> state.fence(layout, days)).orElse(TableState.NO_FENCE);
  }

  /** The same of several tables. A new attempt's is higher, even if the ledger was lost. */
  public long fence(Map<TableLayout, List<String>> days) {
    return days.entrySet().stream()
        .mapToLong(ofTable -> fence(ofTable.getKey(), ofTable.getValue()))
        .max()
        .orElse(TableState.NO_FENCE);
  }

  /**
   * Replaces table-days by files written earlier, in one commit, once: where the days' fences
   * already are at {@code token}, that is found and nothing is committed.
   *
   * @param files each day's files, as Delta's actions that add them
   * @return the table's version that has them; empty if a newer attempt's fence is there
   */
  public Optional<Long> commit(
      TableLayout layout, Map<String, List<String>> files, long token, String userMetadata) {
    Map<String, Long> tokens = new LinkedHashMap<>();
    files.keySet().forEach(day -> tokens.put(layout.fenceId(day), token));
    List<String> added = files.values().stream().flatMap(List::stream).toList();
    while (true) {
      TableState state = existing(layout);
      long fence = state.fence(layout, files.keySet());
      if (fence == token) {
        return Optional.of(state.version());
      }
      if (fence > token) {
        return Optional.empty();
      }
      List<TableFile> removed =
          files.keySet().stream().flatMap(day -> state.files(day).stream()).toList();
      if (create(layout, state, new TableCommit(tokens, removed, added, userMetadata))) {
        return Optional.of(state.version() + 1);
      }
    }
  }

  /**
   * Adds files written earlier to a table-day, and removes some of those that it has.
   *
   * @param goes which files go, by the values of their partition columns
   * @param added Delta's actions that add files
   * @return whether other files stay in the table-day
   */
  public boolean exchange(
      TableLayout layout,
      String day,
      Predicate<Map<String, String>> goes,
      List<String> added,
      String userMetadata) {
    while (true) {
      TableState state = existing(layout);
      List<TableFile> removed =
          state.files(day).stream().filter(file -> goes.test(file.partitionValues())).toList();
      boolean others = removed.size() < state.files(day).size();
      boolean isNothing = removed.isEmpty() && added.isEmpty();
      if (isNothing
          || create(layout, state, new TableCommit(Map.of(), removed, added, userMetadata))) {
        return others;
      }
    }
  }

  /** Creates the next version, if nobody else has. */
  private boolean create(TableLayout layout, TableState state, TableCommit commit) {
    long version = state.version() + 1;
    if (!lake.createIfAbsent(commitPath(layout, version), commit.json(state.version()))) {
      return false;
    }
    known.put(layout.folder(), state.after(commit));
    sumUp(layout, version);
    return true;
  }

  /**
   * Writes what spares the next reader most of the log. The commit stands without it, so that no
   * failure here is one of the commit.
   */
  private void sumUp(TableLayout layout, long version) {
    try {
      // Not at our version: to find that, the whole log is listed, of which a table may have years.
      Snapshot snapshot = TableManager.loadSnapshot(path(layout)).build(engine);
      if (snapshot.getVersion() != version) {
        // Whoever made the next one sums up both.
        return;
      }
      Optional<Snapshot.ChecksumWriteMode> checksum =
          snapshot.getStatistics().getChecksumWriteMode();
      if (checksum.isPresent()) {
        snapshot.writeChecksum(engine, checksum.get());
      }
      if (version % COMMITS_A_CHECKPOINT == 0) {
        snapshot.writeCheckpoint(engine);
      }
    } catch (IOException | RuntimeException left) {
      LOG.info("version {} of {} was not summed up: {}", version, layout.name(), left.toString());
    }
  }

  private TableState existing(TableLayout layout) {
    return newest(layout)
        .orElseThrow(() -> new IllegalStateException(layout.name() + " has no log"));
  }

  /** What the newest version holds; it is read anew only if there is a newer one than is known. */
  private Optional<TableState> newest(TableLayout layout) {
    TableState state = known.get(layout.folder());
    if (state != null && !lake.exists(commitPath(layout, state.version() + 1))) {
      return Optional.of(state);
    }
    try {
      SnapshotImpl snapshot = (SnapshotImpl) TableManager.loadSnapshot(path(layout)).build(engine);
      requireSimple(layout, snapshot);
      TableState read = TableState.of(snapshot, engine);
      known.put(layout.folder(), read);
      return Optional.of(read);
    } catch (TableNotFoundException absent) {
      return Optional.empty();
    }
  }

  /** A table that Assay made needs no more of a writer than is done here. */
  private static void requireSimple(TableLayout layout, SnapshotImpl snapshot) {
    if (snapshot.getProtocol().getMinWriterVersion() > 2) {
      throw new AssayException(
          ExitCode.USAGE,
          layout.name()
              + " needs a Delta writer of version "
              + snapshot.getProtocol().getMinWriterVersion()
              + ", so something other than Assay changed it; undo that, or publish its days again");
    }
  }

  private static String commitPath(TableLayout layout, long version) {
    return layout.folder() + String.format(Locale.ROOT, "/_delta_log/%020d.json", version);
  }

  private String path(TableLayout layout) {
    return lake.path(layout.folder()).toString();
  }
}
