package dev.assay.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.Json;
import dev.assay.store.LakeStore;
import dev.assay.table.TableState.TableFile;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commits of Delta tables, without Spark: what versions hold, and commits of files that were
 * written before. Read by Delta's Kernel. A commit is the next version or none, and is tried again
 * on top of whoever was first, after a look at the fences there.
 *
 * <p>Spark would start a job for each of these looks, which costs more than what is looked for.
 */
public final class KernelTables {
  private static final Logger LOG = LoggerFactory.getLogger(KernelTables.class);
  private static final long ABSENT = -1;
  private static final int COMMITS_A_CHECKPOINT = 10;
  private static final int TXN = SingleAction.CHECKPOINT_SCHEMA.indexOf("txn");
  private static final int ADD = SingleAction.CHECKPOINT_SCHEMA.indexOf("add");

  private final LakeStore lake;
  private final Engine engine;
  private final Map<String, TableState> known = new ConcurrentHashMap<>();

  public KernelTables(LakeStore lake) {
    this.lake = lake;
    this.engine = DefaultEngine.create(new LogFiles(lake.conf()));
  }

  /**
   * The files of a version, as Delta's actions that add them, by table-day.
   *
   * @throws AssayException with USAGE if the version's log is gone
   */
  public SortedMap<String, List<String>> files(TableLayout layout, long version) {
    try {
      SortedMap<String, List<String>> files = new TreeMap<>();
      SnapshotImpl snapshot =
          (SnapshotImpl) TableManager.loadSnapshot(path(layout)).atVersion(version).build(engine);
      String partition = snapshot.getPartitionColumnNames().get(0);
      for (AddFile file : files(snapshot)) {
        String day = Objects.requireNonNull(partitionValues(file).get(partition));
        files.computeIfAbsent(day, key -> new ArrayList<>()).add(added(file).toString());
      }
      return files;
    } catch (io.delta.kernel.exceptions.KernelException gone) {
      throw expired(layout, version, String.valueOf(gone.getMessage()), gone);
    }
  }

  /**
   * Refuses a version that cannot be read any more.
   *
   * @throws AssayException with USAGE if its log or one of its files is gone
   */
  public void requireReadable(TableLayout layout, long version) {
    for (List<String> ofDay : files(layout, version).values()) {
      for (String action : ofDay) {
        if (!lake.exists(layout.folder() + "/" + pathOf(action))) {
          throw expired(layout, version, pathOf(action) + " is gone", null);
        }
      }
    }
  }

  private static AssayException expired(
      TableLayout layout, long version, String what, @Nullable Throwable cause) {
    return new AssayException(
        ExitCode.USAGE,
        "version "
            + version
            + " of "
            + layout.name()
            + " expired ("
            + what
            + "): it is older than retention.releases",
        cause);
  }

  /** The column that a table's days are told apart by. */
  public String partition(TableLayout layout, long version) {
    return TableManager.loadSnapshot(path(layout))
        .atVersion(version)
        .build(engine)
        .getPartitionColumnNames()
        .get(0);
  }

  /** The path below the table's folder of a file that one of Delta's actions adds. */
  public static String pathOf(String action) {
    // In the log it is a URI.
    return URI.create(Json.tree(action).path("add").path("path").asText()).getPath();
  }

  /** A table's newest version; -1 if it does not exist. */
  public long newestVersion(TableLayout layout) {
    return newest(layout).map(TableState::version).orElse(ABSENT);
  }

  /** The token of the newest attempt that published any of a table's days; -1 if none did. */
  public long fence(TableLayout layout, Collection<String> days) {
    return newest(layout).map(state -> state.fence(layout, days)).orElse(TableState.NO_FENCE);
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
      if (create(layout, state, new Commit(tokens, removed, added, userMetadata))) {
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
      if (isNothing || create(layout, state, new Commit(Map.of(), removed, added, userMetadata))) {
        return others;
      }
    }
  }

  /**
   * A commit.
   *
   * @param tokens the attempt's token by the ids of the table-days that it publishes
   * @param removed files that go
   * @param added Delta's actions that add files
   * @param userMetadata what it says of itself
   */
  private record Commit(
      Map<String, Long> tokens, List<TableFile> removed, List<String> added, String userMetadata) {

    byte[] json(TableState before) {
      long now = Instant.now().toEpochMilli();
      List<String> lines = new ArrayList<>();
      ObjectNode info = Json.object();
      info.putObject("commitInfo")
          .put("timestamp", now)
          .put("operation", "WRITE")
          .put("readVersion", before.version())
          .put("isolationLevel", "Serializable")
          .put("isBlindAppend", false)
          .put("userMetadata", userMetadata)
          // Two commits must never have the same content, or each would take the other for itself.
          .put("txnId", UUID.randomUUID().toString())
          .putObject("operationParameters")
          .put("mode", "Overwrite");
      lines.add(info.toString());
      tokens.forEach(
          (day, token) -> {
            ObjectNode transaction = Json.object();
            transaction
                .putObject("txn")
                .put("appId", day)
                .put("version", token)
                .put("lastUpdated", now);
            lines.add(transaction.toString());
          });
      removed.forEach(file -> lines.add(remove(file, now)));
      lines.addAll(added);
      return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String remove(TableFile file, long now) {
      ObjectNode action = Json.object();
      ObjectNode remove =
          action
              .putObject("remove")
              .put("path", file.path())
              .put("deletionTimestamp", now)
              .put("dataChange", true)
              .put("extendedFileMetadata", true)
              .put("size", file.size());
      ObjectNode values = remove.putObject("partitionValues");
      file.partitionValues().forEach(values::put);
      return action.toString();
    }
  }

  /** Creates the next version, if nobody else has. */
  private boolean create(TableLayout layout, TableState state, Commit commit) {
    long version = state.version() + 1;
    if (!lake.createIfAbsent(commitPath(layout, version), commit.json(state))) {
      return false;
    }
    List<TableFile> added = commit.added().stream().map(TableFile::of).toList();
    known.put(layout.folder(), state.after(commit.tokens(), commit.removed(), added));
    sumUp(layout, version);
    return true;
  }

  /**
   * Writes what spares the next reader most of the log. The commit stands without it, so that no
   * failure here is one of the commit.
   */
  private void sumUp(TableLayout layout, long version) {
    try {
      Snapshot snapshot = TableManager.loadSnapshot(path(layout)).atVersion(version).build(engine);
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
      TableState read = read(snapshot);
      known.put(layout.folder(), read);
      return Optional.of(read);
    } catch (TableNotFoundException absent) {
      return Optional.empty();
    }
  }

  /** Reads a version's log once, as one who writes a checkpoint does. */
  private TableState read(SnapshotImpl snapshot) {
    String partition = snapshot.getPartitionColumnNames().get(0);
    TableState empty = new TableState(snapshot.getVersion() - 1, partition, Map.of(), Map.of());
    Map<String, Long> tokens = new HashMap<>();
    List<TableFile> files = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> actions =
        snapshot.getCreateCheckpointIterator(engine)) {
      while (actions.hasNext()) {
        try (CloseableIterator<Row> rows = actions.next().getRows()) {
          while (rows.hasNext()) {
            add(rows.next(), tokens, files);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the log of " + snapshot.getPath(), e);
    }
    return empty.after(tokens, List.of(), files);
  }

  private static void add(Row action, Map<String, Long> tokens, List<TableFile> files) {
    if (!action.isNullAt(TXN)) {
      Row transaction = action.getStruct(TXN);
      tokens.put(
          transaction.getString(SetTransaction.FULL_SCHEMA.indexOf("appId")),
          transaction.getLong(SetTransaction.FULL_SCHEMA.indexOf("version")));
    } else if (!action.isNullAt(ADD)) {
      AddFile file = new AddFile(action.getStruct(ADD));
      files.add(new TableFile(file.getPath(), file.getSize(), partitionValues(file)));
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

  private List<AddFile> files(SnapshotImpl snapshot) {
    List<AddFile> files = new ArrayList<>();
    ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            files.add(new AddFile(rows.next().getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)));
          }
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the log of " + snapshot.getPath(), e);
    }
  }

  private static JsonNode added(AddFile file) {
    ObjectNode action = Json.object();
    ObjectNode add = action.putObject("add");
    describe(add, file);
    add.put("modificationTime", file.getModificationTime()).put("dataChange", true);
    return action;
  }

  private static void describe(ObjectNode action, AddFile file) {
    action.put("path", file.getPath()).put("size", file.getSize());
    ObjectNode values = action.putObject("partitionValues");
    partitionValues(file).forEach(values::put);
    file.getStatsJson().ifPresent(stats -> action.put("stats", stats));
  }

  private static Map<String, String> partitionValues(AddFile file) {
    return VectorUtils.toJavaMap(file.getPartitionValues());
  }

  private static String commitPath(TableLayout layout, long version) {
    return layout.folder() + String.format(Locale.ROOT, "/_delta_log/%020d.json", version);
  }

  private String path(TableLayout layout) {
    return lake.path(layout.folder()).toString();
  }
}
