package dev.assay.table;

import static scala.jdk.javaapi.CollectionConverters.asScala;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.datasources.NoopCache$;
import org.apache.spark.sql.execution.datasources.PartitionPath;
import org.apache.spark.sql.execution.datasources.PartitionSpec;
import org.apache.spark.sql.execution.datasources.PartitioningAwareFileIndex;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;

/**
 * Files of a table that Spark reads as they are named: it lists no folder and asks no store for
 * them, and runs no job to find them in Delta's log, which took longer than the rows of a day.
 */
final class NamedFiles extends PartitioningAwareFileIndex {
  private static final long BLOCK = 128L << 20;

  private final Path folder;
  private final StructType partition;
  private final Map<Path, FileStatus> files = new LinkedHashMap<>();
  private final Map<Path, List<FileStatus>> byDay = new LinkedHashMap<>();
  private final List<PartitionPath> days = new ArrayList<>();

  /**
   * Names files.
   *
   * @param folder the table's
   * @param partition the date that table-days are told apart by, which no file has as a column
   * @param named the files
   */
  NamedFiles(
      SparkSession spark, Path folder, StructType partition, List<TableState.TableFile> named) {
    super(spark, Map$.MODULE$.empty(), Option.apply(partition), NoopCache$.MODULE$);
    this.folder = folder;
    this.partition = partition;
    String column = partition.fieldNames()[0];
    for (TableState.TableFile file : named) {
      Path path = new Path(folder, TableVersions.decoded(file.path()));
      FileStatus status = new FileStatus(file.size(), false, 1, BLOCK, 0, path);
      files.put(path, status);
      byDay
          .computeIfAbsent(
              path.getParent(),
              parent -> {
                days.add(new PartitionPath(day(file, column), parent));
                return new ArrayList<>();
              })
          .add(status);
    }
  }

  private static InternalRow day(TableState.TableFile file, String column) {
    LocalDate day =
        LocalDate.parse(Objects.requireNonNull(file.partitionValues().get(column), file.path()));
    return new GenericInternalRow(new Object[] {(int) day.toEpochDay()});
  }

  @Override
  public Seq<Path> rootPaths() {
    return asScala(List.of(folder)).toSeq();
  }

  @Override
  public PartitionSpec partitionSpec() {
    return new PartitionSpec(partition, asScala(days).toSeq());
  }

  @Override
  public scala.collection.mutable.LinkedHashMap<Path, FileStatus> leafFiles() {
    var all = new scala.collection.mutable.LinkedHashMap<Path, FileStatus>();
    files.forEach(all::put);
    return all;
  }

  @Override
  public scala.collection.immutable.Map<Path, FileStatus[]> leafDirToChildrenFiles() {
    Map<Path, FileStatus[]> all = new LinkedHashMap<>();
    byDay.forEach((day, ofDay) -> all.put(day, ofDay.toArray(FileStatus[]::new)));
    return scala.collection.immutable.Map.from(asScala(all));
  }

  @Override
  public void refresh() {
    // A file that is named never changes.
  }
}
