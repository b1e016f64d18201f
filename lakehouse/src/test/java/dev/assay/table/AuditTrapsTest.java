package dev.assay.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.audit.Audit;
import dev.assay.audit.AuditHistory;
import dev.assay.audit.AuditReport;
import dev.assay.config.ControlTotal;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.store.LakeStore;
import dev.assay.testing.Contracts;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How Spark's observed metrics can vanish or lie, and that it is noticed. */
class AuditTrapsTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);

  private final SparkSession spark = TestSpark.session();
  private final TableContract contract = Contracts.sales("traps");
  @TempDir private Path folder;

  @Test
  void countsRowsOfAPlanThatTurnsOutEmpty() {
    Audit audit = new Audit(contract, DAY, List.of(), List.of());

    WrittenFiles files = write(audit.publishable(audit.mark(emptyAtLast())));
    AuditReport report = audit.report(new NoHistory());

    assertThat(files.records()).isZero();
    assertThat(report.rows().received()).isZero();
  }

  @Test
  void seesThatASortAboveTheObservationsCountsTwice() {
    Audit audit = new Audit(contract, DAY, List.of(), List.of());

    WrittenFiles files = write(audit.publishable(audit.mark(sales(100))).orderBy("id"));
    AuditReport report = audit.report(new NoHistory());

    assertThat(files.records()).isEqualTo(100);
    assertThat(report.rows().published())
        .as("what TableDayWriter compares with the files, and then refuses")
        .isGreaterThan(100);
  }

  @Test
  void failsWhereSparkWroteWithoutCounting() {
    Audit audit = new Audit(contract, DAY, List.of(), List.of());
    // What an optimizer leaves that drops the observations with the plan they stand in.
    write(audit.mark(sales(3)).select("day", "id", "amount"));

    assertThatThrownBy(() -> audit.report(new NoHistory()))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("without counting them");
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

  private WrittenFiles write(Dataset<Row> rows) {
    DeltaTables tables =
        new DeltaTables(
            spark, new LakeStore(folder.toString(), spark.sessionState().newHadoopConf()));
    TableLayout layout = TableLayout.of(contract);
    tables.ensure(layout, Map.of(), "{}");
    return tables.write(layout, DAY.toString(), rows);
  }

  /** Nothing to compare with. */
  private static final class NoHistory implements AuditHistory {
    @Override
    public List<Long> rowsBefore(LocalDate day, int days) {
      return List.of();
    }

    @Override
    public Optional<String> inputTotal(ControlTotal control, LocalDate day) {
      return Optional.empty();
    }
  }
}
