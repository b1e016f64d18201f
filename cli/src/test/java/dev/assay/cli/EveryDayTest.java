package dev.assay.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.audit.Audit;
import dev.assay.audit.AuditHistory;
import dev.assay.audit.RowAccount;
import dev.assay.bronze.BronzeStage;
import dev.assay.concurrent.Concurrently;
import dev.assay.config.AssayConfig;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.silver.SilverStage;
import dev.assay.table.Draft;
import dev.assay.testing.FakeInputs;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every real day through bronze and silver against the figures of the whole data set, as they were
 * counted without Assay.
 */
@Tag("soak")
class EveryDayTest {
  private final SparkSession spark = TestSpark.session();
  @TempDir private Path landing;

  @Test
  void accountsForEveryRowAndPennyOfHalfAYear() throws IOException {
    Files.createDirectories(landing.resolve("retail"));
    Files.createSymbolicLink(landing.resolve("retail/orders"), OnlineRetail.everyDay());
    AssayConfig config = OnlineRetail.config(Map.of("landing", landing.toString()));

    List<Figures> days = Concurrently.map(days(), 2, day -> figures(config, day));

    assertThat(days).hasSize(141);
    assertThat(days.stream().mapToLong(day -> day.rows().received()).sum()).isEqualTo(209_029);
    assertThat(days.stream().mapToLong(day -> day.rows().duplicates()).sum())
        .isEqualTo(209_029 - 207_282);
    assertThat(days.stream().mapToLong(day -> day.rows().published()).sum()).isEqualTo(207_282);
    assertThat(pounds(days, Figures::sales)).isEqualByComparingTo("4056290.261");
    assertThat(pounds(days, Figures::cancelled)).isEqualByComparingTo("-357615.76");
    assertThat(days.stream().mapToLong(Figures::unknownCustomers).sum()).isEqualTo(59_955);
    assertThat(days.stream().flatMap(day -> day.countries().stream()).distinct()).hasSize(36);
  }

  private record Figures(
      RowAccount rows,
      BigDecimal sales,
      BigDecimal cancelled,
      long unknownCustomers,
      List<String> countries) {}

  private Figures figures(AssayConfig config, LocalDate day) {
    SparkSession.setActiveSession(spark);
    Draft raw = draft(new BronzeStage(), "orders_raw", config, day, new FakeInputs());
    FakeInputs landed = new FakeInputs().with("orders_raw", "landing_date", raw.rows());
    Draft lines = draft(new SilverStage(), "order_lines", config, day, landed);
    Audit audit = lines.audit();
    Row published =
        audit
            .publishable(audit.mark(lines.rows()), (reasons, record) -> {})
            .agg(
                amountOf("sale"),
                amountOf("cancellation"),
                count(when(col("customer_id").isNull(), 1)),
                collect_set(col("country")))
            .first();
    return new Figures(
        audit.report(AuditHistory.NONE).rows(),
        published.getDecimal(0),
        published.getDecimal(1),
        published.getLong(2),
        published.getList(3));
  }

  private static Column amountOf(String kind) {
    return sum(when(col("kind").equalTo(kind), col("amount")).otherwise(0));
  }

  private static BigDecimal pounds(List<Figures> days, Function<Figures, BigDecimal> figure) {
    return days.stream().map(figure).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private Draft draft(
      StageJob job, String table, AssayConfig config, LocalDate day, FakeInputs inputs) {
    StageRun run = new StageRun("every-day", spark, config, inputs);
    List<Draft> drafts = job.drafts(run, day, List.of(config.pipeline().table(table))).drafts();
    assertThat(drafts).hasSize(1);
    return drafts.get(0);
  }

  private static List<LocalDate> days() throws IOException {
    try (Stream<Path> files = Files.list(OnlineRetail.everyDay())) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".csv"))
          .map(name -> LocalDate.parse(name.substring(0, name.length() - ".csv".length())))
          .sorted()
          .toList();
    }
  }
}
