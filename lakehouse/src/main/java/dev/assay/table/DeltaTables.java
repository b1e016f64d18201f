package dev.assay.table;

import static scala.jdk.javaapi.CollectionConverters.asJava;
import static scala.jdk.javaapi.CollectionConverters.asScala;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.LakeStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;

/**
 * Delta's own transaction, which its public API hides: to make tables, and to write files without
 * making them visible. {@link TableCommits} commits them.
 *
 * <p>With {@link ReadOnlyTable} it alone knows the internals of Delta in Spark. Delta is pinned,
 * and {@code DeltaTablesTest} says what is expected of it.
 */
public final class DeltaTables {
  private static final Logger LOG = LoggerFactory.getLogger(DeltaTables.class);
  private static final long ABSENT = -1;

  private final SparkSession spark;
  private final LakeStore lake;

  public DeltaTables(SparkSession spark, LakeStore lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /**
   * Creates a table that does not exist, or gives it the columns that its contract gained and the
   * properties that conf changed, in a commit of its own.
   *
   * @param properties Delta's properties that the table is to have; of those that Assay gives it
   *     loses the others
   * @param userMetadata what the commit says of itself
   * @throws AssayException with USAGE if the contract changed in another way
   */
  public void ensure(TableLayout layout, Map<String, String> properties, String userMetadata) {
    while (true) {
      OptimisticTransaction txn = begin(layout);
      StructType present = txn.metadata().schema();
      boolean exists = txn.readVersion() != ABSENT;
      boolean hasColumns = exists && layout.isThatOf(present);
      if (hasColumns && has(txn.metadata(), properties)) {
        return;
      }
      try {
        change(
            txn,
            exists
                ? evolved(
                    txn.metadata(), hasColumns ? present : layout.evolved(present), properties)
                : created(layout, properties),
            userMetadata);
        return;
      } catch (DeltaConcurrentModificationException raced) {
        // Another driver created or evolved it; what it made is looked at in the next round.
        LOG.debug("{} was changed by another driver", layout.name(), raced);
      }
    }
  }

  private static void change(OptimisticTransaction txn, Metadata metadata, String userMetadata) {
    if (txn.readVersion() == ABSENT) {
      txn.updateMetadataForNewTable(metadata);
    } else {
      txn.updateMetadata(metadata, false);
    }
    txn.commit(seq(List.of()), new NotedTable(metadata, userMetadata));
  }

  /** Delta's operation for a new table, which by itself takes user metadata from the session. */
  private static final class NotedTable extends DeltaOperations.CreateTable {
    private static final long serialVersionUID = 1;

    private final String userMetadata;

    NotedTable(Metadata metadata, String userMetadata) {
      super(metadata, false, false, Option.empty());
      this.userMetadata = userMetadata;
    }

    @Override
    public Option<String> userMetadata() {
      return Option.apply(userMetadata);
    }
  }

  /**
   * Writes files that nobody sees until they are committed.
   *
   * @param rows the columns of the table, in order
   * @throws AssayException with UNEXPECTED if the files do not hold that day's rows
   */
  public WrittenFiles write(TableLayout layout, String day, Dataset<Row> rows) {
    OptimisticTransaction txn = begin(layout);
    requireSchema(layout, rows.schema(), txn.metadata().schema());
    List<String> actions = new ArrayList<>();
    long records = 0;
    for (FileAction action : asJava(txn.writeFiles(rows))) {
      if (!(action instanceof AddFile file)) {
        throw new IllegalStateException("Delta wrote " + action.getClass() + " for " + layout);
      }
      requireDay(layout, day, file);
      records += recordsOf(layout, file);
      actions.add(file.json());
    }
    return new WrittenFiles(actions, records);
  }

  /**
   * Files that tasks write to a table as they write to another.
   *
   * @param partition the values of the table's partition columns, in their order
   */
  SideFiles beside(TableLayout layout, Map<String, String> partition) {
    return SideFiles.of(spark, lake.path(layout.folder()).toString(), layout, partition);
  }

  /** A table's rows at a version, whatever Delta's own limit on old versions says. */
  public Dataset<Row> read(TableLayout layout, long version) {
    return new ReadOnlyTable(spark, lake.path(layout.folder()), layout.name().toString(), version)
        .toDf(spark);
  }

  /**
   * Rows of some of a table's files, of a version or written for the next.
   *
   * @param schema the columns of the rows, null where a file does not have one
   * @param actions Delta's actions that add the files, as JSON
   */
  public Dataset<Row> read(TableLayout layout, StructType schema, List<String> actions) {
    return NamedFiles.read(
        spark,
        lake.path(layout.folder()),
        layout.partition(),
        schema,
        actions.stream().map(TableState.TableFile::of).toList());
  }

  private static long recordsOf(TableLayout layout, AddFile file) {
    Option<Object> counted = file.numLogicalRecords();
    if (counted.isEmpty()) {
      throw new IllegalStateException(
          "Delta gave no record count for a file of "
              + layout.name()
              + ", so its rows cannot be accounted for; is spark.databricks.delta.stats.collect off?");
    }
    return (Long) counted.get();
  }

  private OptimisticTransaction begin(TableLayout layout) {
    DeltaLog log = log(layout);
    log.update(false, Option.empty(), Option.empty());
    return log.startTransaction(Option.empty(), Option.empty());
  }

  private DeltaLog log(TableLayout layout) {
    return DeltaLog.forTable(spark, lake.path(layout.folder()));
  }

  private Metadata created(TableLayout layout, Map<String, String> properties) {
    return new Metadata(
        java.util.UUID.randomUUID().toString(),
        null,
        layout.description(),
        new Format("parquet", Map$.MODULE$.empty()),
        layout.schema().json(),
        seq(layout.partitions()),
        scala.collection.immutable.Map.from(asScala(properties)),
        Option.apply((Object) System.currentTimeMillis()));
  }

  private static boolean has(Metadata present, Map<String, String> properties) {
    return asJava(present.configuration()).equals(with(present, properties));
  }

  private static Map<String, String> with(Metadata present, Map<String, String> properties) {
    Map<String, String> all = new LinkedHashMap<>(asJava(present.configuration()));
    all.keySet().removeIf(TableProperties::isOurs);
    all.putAll(properties);
    return all;
  }

  private static Metadata evolved(
      Metadata present, StructType schema, Map<String, String> properties) {
    return new Metadata(
        present.id(),
        present.name(),
        present.description(),
        present.format(),
        schema.json(),
        present.partitionColumns(),
        scala.collection.immutable.Map.from(asScala(with(present, properties))),
        present.createdTime());
  }

  private static void requireSchema(TableLayout layout, StructType rows, StructType table) {
    if (!layout.sameColumns(rows)) {
      throw new AssayException(
          ExitCode.USAGE,
          "the rows for "
              + layout.name()
              + " are "
              + rows.simpleString()
              + ", its contract says "
              + layout.schema().simpleString()
              + "; make its transform give the contract's columns and types");
    }
    if (!layout.isThatOf(table)) {
      throw new AssayException(
          ExitCode.FENCED,
          "the columns of "
              + layout.name()
              + " were changed to "
              + table.simpleString()
              + " by another run in between; run again");
    }
  }

  private static void requireDay(TableLayout layout, String day, FileAction file) {
    String written = asJava(file.partitionValues()).get(layout.partition());
    if (!day.equals(written)) {
      throw new AssayException(
          ExitCode.UNEXPECTED,
          "a file for "
              + layout.name()
              + "/"
              + day
              + " holds rows of "
              + layout.partition()
              + " "
              + written
              + "; nothing was published, because it would change another day. Its transform must"
              + " give "
              + layout.partition()
              + " = "
              + day
              + " only");
    }
  }

  private static <T> Seq<T> seq(List<T> list) {
    return asScala(list).toSeq();
  }
}
