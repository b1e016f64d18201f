package dev.assay.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.concurrent.Concurrently;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.Json;
import dev.assay.store.LakeStore;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What versions of Delta tables hold, read by Delta's Kernel, without Spark. */
public final class TableVersions {
  private static final int LOOKS_AT_ONCE = 16;

  private final LakeStore lake;
  private final Engine engine;
  private final Map<String, Content> contents = new ConcurrentHashMap<>();

  public TableVersions(LakeStore lake) {
    this.lake = lake;
    this.engine = new TableEngine(lake.conf());
  }

  /**
   * What a version holds.
   *
   * @param version its number
   * @param schema its columns, as Delta has them: Spark's JSON
   * @param files its files, as Delta's actions that add them, by table-day
   */
  public record Content(long version, String schema, SortedMap<String, List<String>> files) {}

  /**
   * The files of a version, as Delta's actions that add them, by table-day.
   *
   * @throws AssayException with USAGE if the version's log is gone
   */
  public SortedMap<String, List<String>> files(TableLayout layout, long version) {
    return looked(layout, version).files();
  }

  /**
   * What a version holds. Of each table that of the version that was asked for last is kept: the
   * marts of a stage read one.
   *
   * @throws AssayException with USAGE if the version's log is gone
   */
  public Content content(TableLayout layout, long version) {
    return contents.compute(
        layout.folder(),
        (folder, last) ->
            last != null && last.version() == version ? last : looked(layout, version));
  }

  private Content looked(TableLayout layout, long version) {
    try {
      SortedMap<String, List<String>> files = new TreeMap<>();
      SnapshotImpl snapshot =
          (SnapshotImpl) TableManager.loadSnapshot(path(layout)).atVersion(version).build(engine);
      String partition = snapshot.getPartitionColumnNames().get(0);
      for (AddFile file : files(snapshot)) {
        String day = Objects.requireNonNull(partitionValues(file).get(partition));
        files.computeIfAbsent(day, key -> new ArrayList<>()).add(added(file).toString());
      }
      return new Content(version, snapshot.getMetadata().getSchemaString(), files);
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
    List<String> paths =
        files(layout, version).values().stream()
            .flatMap(List::stream)
            .map(TableVersions::pathOf)
            .toList();
    Concurrently.forEach(
        paths,
        LOOKS_AT_ONCE,
        path -> lake.exists(layout.folder() + "/" + path),
        (path, there) -> {
          if (!there) {
            throw expired(layout, version, path + " is gone", null);
          }
        });
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

  /** The path below the table's folder of a file that one of Delta's actions adds. */
  public static String pathOf(String action) {
    return decoded(Json.tree(action).path("add").path("path").asText());
  }

  /** A file's path as the store has it; in the log it is a URI. */
  static String decoded(String path) {
    return URI.create(path).getPath();
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
    if (file.getDeletionVector().isPresent()) {
      throw new IllegalStateException(
          file.getPath() + " has a deletion vector, which nothing of Assay writes");
    }
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

  private String path(TableLayout layout) {
    return lake.path(layout.folder()).toString();
  }
}
