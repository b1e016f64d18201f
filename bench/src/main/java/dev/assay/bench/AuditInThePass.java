package dev.assay.bench;

import static org.apache.spark.sql.functions.expr;

import com.typesafe.config.ConfigFactory;
import dev.assay.audit.Audit;
import dev.assay.audit.AuditHistory;
import dev.assay.audit.Provenance;
import dev.assay.checks.Check;
import dev.assay.checks.RowCheck;
import dev.assay.checks.Severity;
import dev.assay.checks.TableDayCheck;
import dev.assay.config.Cadence;
import dev.assay.config.ColumnContract;
import dev.assay.config.Derivation;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableName;
import dev.assay.config.Transform;
import dev.assay.config.Upkeep;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The audit of eight checks in the writing pass, against the same filtered write without any, on
 * three million rows, interleaved, without and with the content hash.
 */
public final class AuditInThePass {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);
  private static final long ROWS = 3_000_000L;
  private static final int ROUNDS = 7;
  private static final double NANOS = 1e9;
  private static final double BUDGET = 1.12;

  private AuditInThePass() {}

  public static void main(String[] args) throws IOException {
    try (SparkSession spark =
        dev.assay.session.SparkSessions.start(
            BenchConfig.of(Files.createTempDirectory("assay-bench").toString()),
            dev.assay.config.StageSize.LARGE,
            "bench")) {
      Path folder = Files.createTempDirectory("assay-bench");
      Dataset<Row> rows = source(spark, folder.resolve("source").toString());
      Rounds rounds = new Rounds();
      for (int round = -1; round < ROUNDS; round++) {
        for (Way way : Way.values()) {
          rounds.add(
              way.name(), round, seconds(spark, folder.resolve(way + "-" + round), way, rows));
        }
      }
      rounds.printTimes();
      rounds.printRatio(
          "audit in the pass, without the content hash / plain", "UNHASHED", "PLAIN", BUDGET);
      rounds.printRatio("audit in the pass, with it / plain", "AUDITED", "PLAIN", BUDGET);
    }
  }

  private enum Way {
    PLAIN,
    UNHASHED,
    AUDITED
  }

  private static double seconds(SparkSession spark, Path lake, Way way, Dataset<Row> rows) {
    DeltaTables tables =
        new DeltaTables(
            spark, new LakeStore(lake.toString(), spark.sessionState().newHadoopConf()));
    TableContract contract = contract();
    TableLayout layout = TableLayout.of(contract);
    tables.ensure(layout, Map.of(), "{}");
    Audit audit = new Audit(contract, DAY, Provenance.COMPUTED);
    Dataset<Row> written =
        switch (way) {
          case PLAIN -> filtered(rows);
          case UNHASHED ->
              audit.publishable(withoutHash(audit.mark(rows)), (reasons, record) -> {});
          case AUDITED -> audit.publishable(audit.mark(rows), (reasons, record) -> {});
        };
    long started = System.nanoTime();
    long records = tables.write(layout, DAY.toString(), written).records();
    final double seconds = (System.nanoTime() - started) / NANOS;
    // What counts nothing is fast.
    long counted = way == Way.PLAIN ? records : audit.report(AuditHistory.NONE).rows().published();
    if (records == 0 || counted != records) {
      throw new IllegalStateException(way + " wrote " + records + " rows, and counted " + counted);
    }
    return seconds;
  }

  private static Dataset<Row> filtered(Dataset<Row> rows) {
    return rows.where("quantity BETWEEN 0 AND 1000 AND id RLIKE '^(?:[0-9]+)$'")
        .select("day", "id", "kind", "quantity", "price", "amount", "at");
  }

  /** The marks without the hash: the first three checks are those that reject. */
  private static Dataset<Row> withoutHash(Dataset<Row> marked) {
    return marked.withColumn("_content", expr("CASE WHEN _failed & 7 = 0 THEN 1L END"));
  }

  private static Dataset<Row> source(SparkSession spark, String path) {
    spark
        .range(0, ROWS, 1, 4)
        .selectExpr(
            "DATE'2010-12-01' AS day",
            "CAST(id AS STRING) AS id",
            "element_at(array('sale', 'cancellation', 'adjustment'), CAST(id % 3 AS INT) + 1) AS kind",
            "CAST(id * 7919 % 1010 AS INT) AS quantity",
            "CAST(id * 31 % 9973 / 100 AS DECIMAL(12, 4)) AS price",
            "CAST(id * 17 % 99991 / 100 AS DECIMAL(22, 4)) AS amount",
            "timestamp_seconds(1291161600 + id % 86400) AS at")
        .write()
        .parquet(path);
    return spark.read().parquet(path);
  }

  private static TableContract contract() {
    List<Check> checks =
        List.of(
            new RowCheck.NotNull("id_given", Severity.QUARANTINE, "id"),
            new RowCheck.Range("quantity_range", Severity.QUARANTINE, "quantity", "0", "1000"),
            new RowCheck.Regex("id_shape", Severity.QUARANTINE, "id", "[0-9]+"),
            new RowCheck.InSet(
                "kind_known", Severity.FAIL, "kind", List.of("sale", "cancellation", "adjustment")),
            new RowCheck.Expression("price_positive", Severity.WARN, "price >= 0"),
            new TableDayCheck.RowCount("some_rows", Severity.FAIL, 1L, null),
            new TableDayCheck.NullShare("amount_known", Severity.WARN, "amount", 0.1),
            new TableDayCheck.Freshness("fresh", Severity.WARN, "at", Duration.ofHours(24)));
    return new TableContract(
        new TableName("bench", "lines"),
        Stage.GOLD,
        "A line.",
        "day",
        List.of(),
        List.of(
            ColumnContract.plain("day", "date", false, "d"),
            ColumnContract.plain("id", "string", true, "i"),
            ColumnContract.plain("kind", "string", true, "k"),
            ColumnContract.plain("quantity", "int", true, "q"),
            ColumnContract.plain("price", "decimal(12,4)", true, "p"),
            ColumnContract.plain("amount", "decimal(22,4)", true, "a"),
            ColumnContract.plain("at", "timestamp", true, "t")),
        new Derivation.Computed(
            List.of(), new Transform.InClass("none"), new Cadence.Daily(0), ConfigFactory.empty()),
        checks,
        Map.of(),
        List.of(),
        Upkeep.PLAIN,
        null);
  }
}
