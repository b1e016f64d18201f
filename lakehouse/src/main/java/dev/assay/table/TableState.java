package dev.assay.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.store.Json;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a version of a table holds, as far as a commit must know it.
 *
 * @param version the version
 * @param partition the column that table-days are told apart by
 * @param fences the newest attempt's token of every table-day, by the id that Delta keeps it under
 * @param files the files of every table-day, by their paths as the log has them
 */
record TableState(
    long version,
    String partition,
    Map<String, Long> fences,
    Map<String, Map<String, TableFile>> files) {
  static final long NO_FENCE = -1;

  private static final int TXN = SingleAction.CHECKPOINT_SCHEMA.indexOf("txn");
  private static final int ADD = SingleAction.CHECKPOINT_SCHEMA.indexOf("add");

  /**
   * A file.
   *
   * @param path below the table's folder, as the log has it
   * @param size in bytes
   * @param partitionValues by partition column
   */
  record TableFile(String path, long size, Map<String, String> partitionValues) {
    static TableFile of(AddFile file) {
      return new TableFile(
          file.getPath(), file.getSize(), VectorUtils.toJavaMap(file.getPartitionValues()));
    }

    /** The file that one of Delta's actions adds. */
    static TableFile of(String action) {
      JsonNode add = Json.tree(action).path("add");
      Map<String, String> values = new LinkedHashMap<>();
      add.path("partitionValues")
          .properties()
          .forEach(value -> values.put(value.getKey(), value.getValue().asText()));
      return new TableFile(add.path("path").asText(), add.path("size").asLong(), values);
    }
  }

  /** The state of a version, of whose log all is read once, as by one who writes a checkpoint. */
  static TableState of(SnapshotImpl snapshot, Engine engine) {
    String partition = snapshot.getPartitionColumnNames().get(0);
    Map<String, Long> fences = new HashMap<>();
    Map<String, Map<String, TableFile>> files = new HashMap<>();
    try (CloseableIterator<FilteredColumnarBatch> actions =
        snapshot.getCreateCheckpointIterator(engine)) {
      while (actions.hasNext()) {
        try (CloseableIterator<Row> rows = actions.next().getRows()) {
          while (rows.hasNext()) {
            Row action = rows.next();
            if (!action.isNullAt(TXN)) {
              Row transaction = action.getStruct(TXN);
              fences.put(
                  transaction.getString(SetTransaction.FULL_SCHEMA.indexOf("appId")),
                  transaction.getLong(SetTransaction.FULL_SCHEMA.indexOf("version")));
            } else if (!action.isNullAt(ADD)) {
              TableFile file = TableFile.of(new AddFile(action.getStruct(ADD)));
              ofDay(files, partition, file).put(file.path(), file);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the log of " + snapshot.getPath(), e);
    }
    return new TableState(snapshot.getVersion(), partition, fences, files);
  }

  /** The highest token that published any of some days; -1 if none did. */
  long fence(TableLayout layout, Collection<String> days) {
    return days.stream()
        .mapToLong(day -> fences.getOrDefault(layout.fenceId(day), NO_FENCE))
        .max()
        .orElse(NO_FENCE);
  }

  /** The files of a day. */
  Collection<TableFile> files(String day) {
    return files.getOrDefault(day, Map.of()).values();
  }

  /** The state after the next commit. */
  TableState after(TableCommit commit) {
    Map<String, Long> nextFences = new HashMap<>(fences);
    nextFences.putAll(commit.tokens());
    List<TableFile> added = commit.added().stream().map(TableFile::of).toList();
    Map<String, Map<String, TableFile>> next = new HashMap<>(files);
    Stream.concat(commit.removed().stream(), added.stream())
        .map(file -> day(partition, file))
        .distinct()
        .forEach(day -> next.put(day, new LinkedHashMap<>(next.getOrDefault(day, Map.of()))));
    commit.removed().forEach(file -> ofDay(next, partition, file).remove(file.path()));
    added.forEach(file -> ofDay(next, partition, file).put(file.path(), file));
    return new TableState(version + 1, partition, nextFences, next);
  }

  private static Map<String, TableFile> ofDay(
      Map<String, Map<String, TableFile>> files, String partition, TableFile file) {
    return files.computeIfAbsent(day(partition, file), day -> new LinkedHashMap<>());
  }

  private static String day(String partition, TableFile file) {
    return Objects.requireNonNull(file.partitionValues().get(partition), "every row has a day");
  }
}
