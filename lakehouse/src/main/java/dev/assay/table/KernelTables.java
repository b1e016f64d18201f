package dev.assay.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.Json;
import dev.assay.store.LakeStore;
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
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Delta tables without Spark, for what must not wait for a session: what a version holds, and the
 * commit of files that are there already. Read by Delta's Kernel; a commit is the next version or
 * none, and is tried again on top of whoever was first.
 */
public final class KernelTables implements TableCommits {
  private static final long ABSENT = -1;

  private final LakeStore lake;
  private final Engine engine;

  public KernelTables(LakeStore lake) {
    this.lake = lake;
    this.engine = DefaultEngine.create(lake.conf());
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
      throw new AssayException(
          ExitCode.USAGE,
          "version "
              + version
              + " of "
              + layout.name()
              + " cannot be read any more ("
              + gone.getMessage()
              + "): it is older than retention keeps",
          gone);
    }
  }

  /** The column that a table's days are told apart by. */
  public String partition(TableLayout layout, long version) {
    return TableManager.loadSnapshot(path(layout))
        .atVersion(version)
        .build(engine)
        .getPartitionColumnNames()
        .get(0);
  }

  /** The path below the lake's root of a file that one of Delta's actions adds. */
  public static String pathOf(TableLayout layout, String action) {
    return layout.folder() + "/" + Json.tree(action).path("add").path("path").asText();
  }

  @Override
  public long fence(TableLayout layout, Collection<String> days) {
    return newest(layout).map(snapshot -> fence(snapshot, layout, days)).orElse(ABSENT);
  }

  @Override
  public Optional<Long> commit(
      TableLayout layout, Map<String, List<String>> files, long token, String userMetadata) {
    while (true) {
      SnapshotImpl snapshot =
          newest(layout)
              .orElseThrow(() -> new IllegalStateException(layout.name() + " has no log"));
      long fence = fence(snapshot, layout, files.keySet());
      if (fence == token) {
        return Optional.of(snapshot.getVersion());
      }
      if (fence > token) {
        return Optional.empty();
      }
      requireSimple(layout, snapshot);
      long version = snapshot.getVersion() + 1;
      byte[] commit =
          lines(layout, snapshot, files, token, userMetadata).getBytes(StandardCharsets.UTF_8);
      String log = layout.folder() + String.format(Locale.ROOT, "/_delta_log/%020d.json", version);
      if (lake.createIfAbsent(log, commit)) {
        return Optional.of(version);
      }
    }
  }

  private Optional<SnapshotImpl> newest(TableLayout layout) {
    try {
      return Optional.of((SnapshotImpl) TableManager.loadSnapshot(path(layout)).build(engine));
    } catch (TableNotFoundException absent) {
      return Optional.empty();
    }
  }

  private long fence(SnapshotImpl snapshot, TableLayout layout, Collection<String> days) {
    return days.stream()
        .mapToLong(
            day -> snapshot.getLatestTransactionVersion(engine, layout.fenceId(day)).orElse(ABSENT))
        .max()
        .orElse(ABSENT);
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

  private String lines(
      TableLayout layout,
      SnapshotImpl snapshot,
      Map<String, List<String>> files,
      long token,
      String userMetadata) {
    String partition = snapshot.getPartitionColumnNames().get(0);
    long now = Instant.now().toEpochMilli();
    List<String> lines = new ArrayList<>();
    lines.add(commitInfo(snapshot, now, userMetadata));
    for (String day : files.keySet()) {
      ObjectNode transaction = Json.object();
      transaction
          .putObject("txn")
          .put("appId", layout.fenceId(day))
          .put("version", token)
          .put("lastUpdated", now);
      lines.add(transaction.toString());
    }
    for (AddFile file : files(snapshot)) {
      if (files.containsKey(partitionValues(file).get(partition))) {
        lines.add(removed(file, now));
      }
    }
    files.values().forEach(lines::addAll);
    return String.join("\n", lines) + "\n";
  }

  private static String commitInfo(SnapshotImpl snapshot, long now, String userMetadata) {
    ObjectNode info = Json.object();
    info.putObject("commitInfo")
        .put("timestamp", now)
        .put("operation", "RESTORE")
        .put("readVersion", snapshot.getVersion())
        .put("isolationLevel", "Serializable")
        .put("isBlindAppend", false)
        .put("userMetadata", userMetadata)
        .putObject("operationParameters");
    return info.toString();
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

  private static String removed(AddFile file, long now) {
    ObjectNode action = Json.object();
    ObjectNode remove = action.putObject("remove");
    describe(remove, file);
    remove.put("deletionTimestamp", now).put("dataChange", true).put("extendedFileMetadata", true);
    return action.toString();
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

  private String path(TableLayout layout) {
    return lake.path(layout.folder()).toString();
  }
}
