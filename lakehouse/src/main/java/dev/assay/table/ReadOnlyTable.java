package dev.assay.table;

import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.delta.DeltaTimeTravelSpec;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.catalog.DeltaTableV2;
import scala.Option;
import scala.collection.immutable.Map$;

/**
 * A table at a version, as Spark's catalogs hold it: to be read. Delta refuses to insert into a
 * version, but not to truncate or optimize its table.
 */
public final class ReadOnlyTable extends DeltaTableV2 {
  private static final long serialVersionUID = 1;

  private final String table;

  public ReadOnlyTable(SparkSession spark, Path path, String name, long version) {
    super(
        spark,
        path,
        Option.empty(),
        Option.apply(name),
        Option.apply(
            new DeltaTimeTravelSpec(
                Option.empty(), Option.apply((Object) version), Option.apply("release"), false)),
        Map$.MODULE$.empty());
    this.table = name;
  }

  @Override
  public OptimisticTransaction startTransaction(Option<Snapshot> snapshot) {
    throw refusal();
  }

  @Override
  public OptimisticTransaction startTransactionWithInitialSnapshot() {
    throw refusal();
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public Snapshot update() {
    throw refusal();
  }

  private UnsupportedOperationException refusal() {
    return new UnsupportedOperationException(
        table + " is read-only here: tables change only by a stage's publication (assay run)");
  }
}
