package dev.assay.table;

import static org.apache.spark.sql.functions.col;
import static scala.jdk.javaapi.CollectionConverters.asScala;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.NoopCache$;
import org.apache.spark.sql.execution.datasources.PartitionPath;
import org.apache.spark.sql.execution.datasources.PartitionSpec;
import org.apache.spark.sql.execution.datasources.PartitioningAwareFileIndex;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.collection.mutable.LinkedHashMap;

/**
 * Files of a table that Spark reads as they are named: it lists no folder and asks no store for
 * them, and runs no job to find them in Delta's log, which took longer than the rows of a day.
 */
final class NamedFiles extends PartitioningAwareFileIndex {
  private static final long BLOCK = 128L << 20;

  private final Path folder;
  private final StructType partition;
  private final LinkedHashMap<Path, FileStatus> files = new LinkedHashMap<>();
  private final Map<Path, FileStatus[]> byDay;
  private final PartitionSpec days;

  /**
   * The rows of some files.
   *
   * @param folder the table's
   * @param day the column that table-days are told apart by, a date, which no file has
   * @param schema the columns of the rows, null where a file does not have one
   */
  static Dataset<Row> read(
      SparkSession spark,
      Path folder,
      String day,
      StructType schema,
      List<TableState.TableFile> named) {
    StructType partition = new StructType().add(schema.apply(day));
    StructField[] inFiles =
        Arrays.stream(schema.fields())
            .filter(field -> !field.name().equals(day))
            .toArray(StructField[]::new);
    HadoopFsRelation relation =
        new HadoopFsRelation(
            new NamedFiles(spark, folder, partition, named),
            partition,
            new StructType(inFiles),
            Option.empty(),
            new ParquetFileFormat(),
            Map$.MODULE$.empty(),
            spark);
    Column[] columns =
        Arrays.stream(schema.fieldNames())
            .map(name -> col("`" + name + "`"))
            .toArray(Column[]::new);
    return ((org.apache.spark.sql.classic.SparkSession) spark)
        .baseRelationToDataFrame(relation)
        .select(columns);
  }

  private NamedFiles(
      SparkSession spark, Path folder, StructType partition, List<TableState.TableFile> named) {
    super(spark, Map$.MODULE$.empty(), Option.apply(partition), NoopCache$.MODULE$);
    this.folder = folder;
    this.partition = partition;
    String column = partition.fieldNames()[0];
    java.util.Map<Path, List<FileStatus>> ofDays = new java.util.LinkedHashMap<>();
    List<PartitionPath> paths = new ArrayList<>();
    for (TableState.TableFile file : named) {
      Path path = new Path(folder, TableVersions.decoded(file.path()));
      FileStatus status = new FileStatus(file.size(), false, 1, BLOCK, 0, path);
      files.put(path, status);
      ofDays
          .computeIfAbsent(
              path.getParent(),
              parent -> {
                paths.add(new PartitionPath(day(file, column), parent));
                return new ArrayList<>();
              })
          .add(status);
    }
    // Spark asks for each once a day that it reads.
    this.days = new PartitionSpec(partition, asScala(paths).toSeq());
    java.util.Map<Path, FileStatus[]> arrays = new java.util.LinkedHashMap<>();
    ofDays.forEach((day, ofDay) -> arrays.put(day, ofDay.toArray(FileStatus[]::new)));
    this.byDay = Map.from(asScala(arrays));
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
    return days;
  }

  @Override
  public LinkedHashMap<Path, FileStatus> leafFiles() {
    return files;
  }

  @Override
  public Map<Path, FileStatus[]> leafDirToChildrenFiles() {
    return byDay;
  }

  @Override
  public void refresh() {
    // A file that is named never changes.
  }

  /** Reading the same files twice in a query is the same work, which Spark then does once. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NamedFiles named
        && folder.equals(named.folder)
        && partition.equals(named.partition)
        && files.equals(named.files);
  }

  @Override
  public int hashCode() {
    return Objects.hash(folder, partition, files);
  }
}
