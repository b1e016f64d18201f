package dev.assay.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.audit.Audit;
import dev.assay.audit.AuditHistory;
import dev.assay.audit.AuditReport;
import dev.assay.audit.Provenance;
import dev.assay.checks.RowCheck;
import dev.assay.checks.Severity;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.store.LakeStore;
import dev.assay.testing.Contracts;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** How what is counted on the way into files can vanish or lie, and that it is noticed. */
class AuditTrapsTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);

  /** How many more times a task is to fail; static, since tasks have their own copy of the rest. */
  private static final AtomicInteger FAILURES = new AtomicInteger();

  private final SparkSession spark = TestSpark.session();
  private final TableContract contract = Contracts.sales("traps");
  @TempDir private Path folder;

  @Test
  void countsRowsOfAPlanThatTurnsOutEmpty() {
    Audit audit = new Audit(contract, DAY, Provenance.COMPUTED);

    WrittenFiles files = write(publishable(audit, emptyAtLast()));
    AuditReport report = audit.report(AuditHistory.NONE);

    assertThat(files.records()).isZero();
    assertThat(report.rows().received()).isZero();
  }

  @Test
  void seesThatASortAboveTheCountingCountsTwice() {
    Audit audit = new Audit(contract, DAY, Provenance.COMPUTED);

    WrittenFiles files = write(publishable(audit, sales(100)).orderBy("id"));
    AuditReport report = audit.report(AuditHistory.NONE);

    assertThat(files.records()).isEqualTo(100);
    assertThat(report.rows().published()).isGreaterThan(100);
    Draft draft = new Draft(contract, DAY, sales(100));
    assertThatThrownBy(() -> TableDayWriter.requireAccounted(draft, report, files))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("the rows of test.traps/2010-12-01 do not add up")
        .hasMessageContaining("its new files hold 100");
  }

  @Test
  void rejectsARowOnceThoughItsTaskIsTriedAgain() {
    TableContract checked =
        Contracts.sales(
            "rejects", new RowCheck.Regex("even", Severity.QUARANTINE, "id", ".*[02468]"));
    Draft draft = new Draft(checked, DAY, failingOnceAt("40"));
    TableCommits commits = new TableCommits(lake());

    TableDayWriter.Audited audited =
        new TableDayWriter(tables(), commits, properties())
            .write(draft, AuditHistory.NONE, CommitNote.outsideReleases("run", "code", 1));

    assertThat(FAILURES).hasValueLessThanOrEqualTo(0);
    assertThat(audited.audit().rows().quarantined()).isEqualTo(50);
    TableLayout layout = Quarantine.layout(checked);
    List<Row> rejected =
        tables().read(layout, commits.newestVersion(layout)).orderBy("record").collectAsList();
    assertThat(rejected).hasSize(50).doesNotHaveDuplicates();
    assertThat(rejected.get(0))
        .isEqualTo(
            RowFactory.create(
                java.sql.Date.valueOf(DAY),
                1L,
                CollectionConverters.asScala(List.of("even")).toSeq(),
                "{\"day\":\"2010-12-01\",\"id\":\"1\",\"amount\":1.00}"));
  }

  private TableProperties properties() {
    return TableProperties.of(
        TestSpark.config(lake().path(".").toString(), Contracts.pipeline(contract)).lake());
  }

  @Test
  void countsARowOnceThoughItsTaskIsTriedAgain() {
    Audit audit = new Audit(contract, DAY, Provenance.COMPUTED);

    WrittenFiles files = write(publishable(audit, failingOnceAt("40")));
    AuditReport report = audit.report(AuditHistory.NONE);

    assertThat(FAILURES).hasValueLessThanOrEqualTo(0);
    assertThat(files.records()).isEqualTo(100);
    assertThat(report.rows().received()).isEqualTo(100);
    assertThat(report.rows().published()).isEqualTo(100);
  }

  @Test
  void failsWhereSparkWroteWithoutSummingUpTheTotals() {
    Audit audit = new Audit(contract, DAY, Provenance.COMPUTED);
    // What an optimizer leaves that drops the observations with the plan they stand in.
    write(audit.mark(sales(3)).select("day", "id", "amount"));

    assertThatThrownBy(() -> audit.report(AuditHistory.NONE))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("without summing them up");
  }

  @Test
  void countsNothingBeforeTheRowsAreWritten() {
    Audit audit = new Audit(contract, DAY, Provenance.COMPUTED);
    Dataset<Row> local = spark.createDataFrame(sales(3).collectAsList(), sales(3).schema());
    Dataset<Row> publishable = publishable(audit, local);

    // Spark likes to compute local rows while it looks at their plan, and looks more than once.
    publishable.select("day").queryExecution().optimizedPlan();
    WrittenFiles files = write(publishable);

    assertThat(files.records()).isEqualTo(3);
    assertThat(audit.report(AuditHistory.NONE).rows().received()).isEqualTo(3);
  }

  private static Dataset<Row> publishable(Audit audit, Dataset<Row> rows) {
    return audit.publishable(audit.mark(rows), (reasons, record) -> {});
  }

  /** A hundred sales, of which the task that comes upon one fails for the first time. */
  private Dataset<Row> failingOnceAt(String sale) {
    FAILURES.set(1);
    UDF1<String, String> failing =
        id -> {
          if (sale.equals(id) && FAILURES.getAndDecrement() > 0) {
            throw new IllegalStateException("the first attempt of a task ends here");
          }
          return id;
        };
    Column id = udf(failing, DataTypes.StringType).asNondeterministic().apply(col("id"));
    return sales(100).withColumn("id", id);
  }

  /** Rows that only running shows to be none. */
  private Dataset<Row> emptyAtLast() {
    return sales(100).where("id = 'none'").groupBy("day", "id", "amount").count().drop("count");
  }

  private Dataset<Row> sales(int count) {
    return spark
        .range(0, count, 1, 2)
        .select(
            lit(DAY).as("day"),
            col("id").cast("string").as("id"),
            lit(1).cast("decimal(12,2)").as("amount"));
  }

  private DeltaTables tables() {
    return new DeltaTables(spark, lake());
  }

  private LakeStore lake() {
    return new LakeStore(folder.toString(), spark.sessionState().newHadoopConf());
  }

  private WrittenFiles write(Dataset<Row> rows) {
    DeltaTables tables = tables();
    TableLayout layout = TableLayout.of(contract);
    tables.ensure(layout, Map.of(), "{}");
    return tables.write(layout, DAY.toString(), rows);
  }
}
