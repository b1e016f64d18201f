package dev.assay.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.store.Json;
import dev.assay.table.TableState.TableFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A commit. A file that stays, named as going and as coming, is neither: Delta forbids a version
 * that removes a file and adds it, and those who read one disagree. Spark has the file then, the
 * Kernel does not, so that whoever replaces the table-day would leave it there.
 *
 * @param tokens the attempt's token by the ids of the table-days that it publishes
 * @param removed files that go
 * @param added Delta's actions that add files
 * @param userMetadata what it says of itself
 */
record TableCommit(
    Map<String, Long> tokens, List<TableFile> removed, List<String> added, String userMetadata) {

  TableCommit {
    Set<String> going = removed.stream().map(TableFile::path).collect(Collectors.toSet());
    Set<String> coming =
        added.stream().map(action -> TableFile.of(action).path()).collect(Collectors.toSet());
    removed = removed.stream().filter(file -> !coming.contains(file.path())).toList();
    added = added.stream().filter(action -> !going.contains(TableFile.of(action).path())).toList();
  }

  /** The log's lines on top of a version. */
  byte[] json(long before) {
    long now = Instant.now().toEpochMilli();
    List<String> lines = new ArrayList<>();
    ObjectNode info = Json.object();
    info.putObject("commitInfo")
        .put("timestamp", now)
        .put("operation", "WRITE")
        .put("readVersion", before)
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
