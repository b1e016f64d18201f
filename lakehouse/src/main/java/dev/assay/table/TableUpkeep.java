package dev.assay.table;

import dev.assay.store.LakeStore;
import dev.assay.store.StoredFile;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaOptimizeBuilder;
import io.delta.tables.DeltaTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Delta does to the files of a table beside publishing: puts them together, removes them. */
public final class TableUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(TableUpkeep.class);
  private static final StructType INVENTORY =
      StructType.fromDDL("path string, length bigint, isDir boolean, modificationTime bigint");
  private static final double MINUTES_OF_AN_HOUR = 60.0;

  private final SparkSession spark;
  private final LakeStore lake;

  public TableUpkeep(SparkSession spark, LakeStore lake) {
    this.spark = spark;
    this.lake = lake;
    // What is needed is told by the inventory; and a commit of its own would be of no release.
    spark.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    spark.conf().set("spark.databricks.delta.vacuum.logging.enabled", "false");
  }

  /**
   * Puts the files of table-days together, their rows laid out by some columns.
   *
   * @return false if one of them was published meanwhile; then all stay as they are
   */
  public boolean compact(TableLayout layout, Collection<String> days, List<String> zOrder) {
    String in =
        days.stream().map(day -> "DATE'" + day + "'").collect(Collectors.joining(", ", "(", ")"));
    DeltaOptimizeBuilder optimize =
        DeltaTable.forPath(spark, lake.path(layout.folder()).toString())
            .optimize()
            .where("`" + layout.partition() + "` IN " + in);
    try {
      if (zOrder.isEmpty()) {
        optimize.executeCompaction();
      } else {
        optimize.executeZOrderBy(zOrder.toArray(String[]::new));
      }
      return true;
    } catch (DeltaConcurrentModificationException published) {
      LOG.info(
          "{} was published meanwhile; its files are put together another time", layout.name());
      return false;
    }
  }

  /**
   * What was removed.
   *
   * @param files how many files
   * @param bytes how many bytes they had
   */
  public record Removed(long files, long bytes) {}

  /**
   * Removes the files that the newest version does not have and nobody needs.
   *
   * @param needed paths below the table's folder of files that older versions are read from
   * @param retention how long a file is kept in any case, from its writing on
   */
  public Removed vacuum(TableLayout layout, Set<String> needed, Duration retention) {
    List<StoredFile> files = data(layout);
    List<Row> candidates =
        files.stream()
            .filter(file -> !needed.contains(file.path()))
            .map(file -> row(layout, file))
            .toList();
    if (candidates.isEmpty()) {
      return new Removed(0, 0);
    }
    String view = "inventory_" + UUID.randomUUID().toString().replace("-", "");
    spark.createDataFrame(candidates, INVENTORY).createOrReplaceTempView(view);
    try {
      spark.sql(
          "VACUUM '%s' USING INVENTORY (SELECT * FROM %s) RETAIN %s HOURS"
              .formatted(
                  lake.path(layout.folder()), view, retention.toMinutes() / MINUTES_OF_AN_HOUR));
    } finally {
      spark.catalog().dropTempView(view);
    }
    Set<String> left = data(layout).stream().map(StoredFile::path).collect(Collectors.toSet());
    List<StoredFile> gone = files.stream().filter(file -> !left.contains(file.path())).toList();
    return new Removed(gone.size(), gone.stream().mapToLong(StoredFile::length).sum());
  }

  /**
   * Removes files that were written for a table which was never made.
   *
   * @param retention how long a file is kept in any case, from its writing on
   */
  public Removed clear(TableLayout layout, Duration retention) {
    long until = Instant.now().minus(retention).toEpochMilli();
    List<StoredFile> gone = data(layout).stream().filter(file -> file.modified() <= until).toList();
    gone.forEach(file -> lake.delete(layout.folder() + "/" + file.path()));
    return new Removed(gone.size(), gone.stream().mapToLong(StoredFile::length).sum());
  }

  private List<StoredFile> data(TableLayout layout) {
    return lake.files(layout.folder()).stream()
        .filter(file -> !file.path().startsWith("_delta_log/"))
        .toList();
  }

  private Row row(TableLayout layout, StoredFile file) {
    return RowFactory.create(
        lake.path(layout.folder() + "/" + file.path()).toString(),
        file.length(),
        false,
        file.modified());
  }
}
