package dev.assay.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.store.Json;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  /**
   * A file.
   *
   * @param path below the table's folder, as the log has it
   * @param size in bytes
   * @param partitionValues by partition column
   */
  record TableFile(String path, long size, Map<String, String> partitionValues) {
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
  TableState after(Map<String, Long> tokens, List<TableFile> removed, List<TableFile> added) {
    Map<String, Long> nextFences = new HashMap<>(fences);
    nextFences.putAll(tokens);
    Map<String, Map<String, TableFile>> next = new TreeMap<>(files);
    removed.forEach(file -> copy(next, file).remove(file.path()));
    added.forEach(file -> copy(next, file).put(file.path(), file));
    return new TableState(version + 1, partition, nextFences, next);
  }

  private Map<String, TableFile> copy(Map<String, Map<String, TableFile>> next, TableFile file) {
    String day = file.partitionValues().getOrDefault(partition, "");
    Map<String, TableFile> ofDay = new LinkedHashMap<>(next.getOrDefault(day, Map.of()));
    next.put(day, ofDay);
    return ofDay;
  }
}
