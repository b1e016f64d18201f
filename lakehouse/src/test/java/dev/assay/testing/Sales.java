package dev.assay.testing;

import static org.apache.spark.sql.functions.lit;

import dev.assay.config.AssayConfig;
import dev.assay.config.LakeConfig;
import dev.assay.config.Stage;
import dev.assay.config.StoreConfig;
import dev.assay.config.TableContract;
import dev.assay.job.StageRunner;
import dev.assay.table.Draft;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Publishes days of {@link Contracts#sales} on a lake in MinIO. */
public final class Sales {
  private static final StructType SALE = StructType.fromDDL("id string, amount decimal(12,2)");

  private Sales() {}

  /** A configuration for a lake in MinIO. */
  public static AssayConfig config(String root, TableContract... tables) {
    return config(root, Lakes.minio(), tables);
  }

  private static AssayConfig config(String root, StoreConfig store, TableContract... tables) {
    AssayConfig plain = TestSpark.config("unused", Contracts.pipeline(tables));
    return new AssayConfig(
        plain.environment(),
        new LakeConfig(root, root + "/landing", Duration.ofDays(30), Duration.ofDays(30)),
        store,
        plain.session(),
        plain.tracking(),
        plain.pipeline(),
        plain.text());
  }

  /** A runner on a lake in MinIO, in the tests' session. */
  public static StageRunner runner(String root, TableContract... tables) {
    return runner(root, Lakes.minio(), tables);
  }

  /** A runner on a lake in a store, in the tests' session. */
  public static StageRunner runner(String root, StoreConfig store, TableContract... tables) {
    SparkSession spark = TestSpark.session();
    AssayConfig config = config(root, store, tables);
    dev.assay.store.StoreSettings.of(config.store())
        .forEach((key, value) -> spark.conf().set(key, value));
    return new StageRunner(spark, config);
  }

  /** A day with one sale. */
  public static FakeStage day(TableContract contract, LocalDate day, String id) {
    return new FakeStage(
        Stage.GOLD, run -> List.of(draft(run.spark(), contract, day, Map.of(id, "1.00"))));
  }

  /** A day's draft of sales by id. */
  public static Draft draft(
      SparkSession spark, TableContract contract, LocalDate day, Map<String, String> sales) {
    List<Row> rows =
        sales.entrySet().stream()
            .map(sale -> RowFactory.create(sale.getKey(), new BigDecimal(sale.getValue())))
            .toList();
    return new Draft(contract, day, spark.createDataFrame(rows, SALE).withColumn("day", lit(day)));
  }
}
