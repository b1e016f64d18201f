package dev.assay.gold.retail;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.AssayConfig;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.gold.GoldStage;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageRun;
import dev.assay.table.Draft;
import dev.assay.table.TableLayout;
import dev.assay.testing.FakeInputs;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.TestSpark;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RetailMartsTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 10);
  private static final StructType LINE =
      StructType.fromDDL(
          "day date, invoice_no string, stock_code string, quantity int, customer_id bigint,"
              + " country string, kind string, amount decimal(22,4)");

  private final SparkSession spark = TestSpark.session();

  @Test
  void customersAreScoredByFifths() {
    Dataset<Row> lines =
        lines(
            line(0, "1", "a", 1, 1L, "France", "sale", "500"),
            line(0, "2", "a", 1, 1L, "France", "sale", "500"),
            line(-1, "3", "a", 1, 2L, "France", "sale", "400"),
            line(-2, "4", "a", 1, 3L, "France", "sale", "300"),
            line(-3, "5", "a", 1, 4L, "France", "sale", "200"),
            line(-4, "6", "a", 1, 5L, "France", "sale", "100"),
            line(0, "C7", "a", -1, 5L, "France", "cancellation", "-50"),
            line(0, "C8", "a", -1, 6L, "France", "cancellation", "-50"),
            line(-365, "9", "a", 1, 7L, "France", "sale", "9"),
            line(0, "10", "a", 1, null, "France", "sale", "9"));

    assertThat(mart("customer_rfm", lines))
        .containsExactlyInAnyOrder(
            "2010-12-10 1 0 2 1000.0000 5 5 5 champions",
            "2010-12-10 2 1 1 400.0000 4 1 4 new",
            "2010-12-10 3 2 1 300.0000 3 2 3 potential_loyalist",
            "2010-12-10 4 3 1 200.0000 2 3 2 loyal",
            "2010-12-10 5 4 1 50.0000 1 4 1 at_risk");
  }

  @Test
  void nothingIsExpectedOfCustomersBeforeEnoughCameBack() {
    Dataset<Row> lines =
        lines(
            line(-30, "1", "a", 1, 1L, "France", "sale", "100"),
            line(-30, "1", "b", 1, 1L, "France", "sale", "20"),
            line(-10, "2", "a", 1, 1L, "France", "sale", "60"),
            line(-9, "C3", "a", -1, 1L, "France", "cancellation", "-20"),
            line(0, "4", "a", 1, 2L, "France", "sale", "50"),
            line(-1, "5", "a", 1, 3L, "France", "sale", "0"),
            line(-1, "C6", "a", -1, 4L, "France", "cancellation", "-5"),
            line(-1, "7", "a", 1, null, "France", "sale", "5"));

    assertThat(mart("customer_value", lines))
        .containsExactlyInAnyOrder(
            "2010-12-10 1 2010-11-10 30 2 "
                + 2 / (30 / 30.4375)
                + " 90.0000 160.0000 null null null null",
            "2010-12-10 2 2010-12-10 0 1 null 50.0000 50.0000 null null null null");
  }

  @Test
  void aPairOfScoresWithoutANameIsRefused() {
    AssayConfig config =
        OnlineRetail.config(
            Map.of(
                "pipeline.tables.customer_rfm.parameters.segments",
                "[{ name = champions, r = [4, 5], f = [4, 5] }]"));

    AssayException refusal =
        catchThrowableOfType(
            AssayException.class,
            () ->
                drafts(config, "customer_rfm", lines(line(0, "1", "a", 1, 1L, "F", "sale", "5"))));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("have no name for r = 1, f = 1");
  }

  @Test
  void aDayWithoutLinesIsOneWithoutData() {
    DayDrafts day =
        drafts(
            OnlineRetail.config(Map.of()),
            "daily_sales",
            lines(line(-1, "1", "a", 1, 1L, "F", "sale", "5")));

    assertThat(day.drafts()).isEmpty();
    assertThat(day.without()).containsOnlyKeys("daily_sales");
  }

  private List<String> mart(String table, Dataset<Row> lines) {
    AssayConfig config = OnlineRetail.config(Map.of());
    Draft draft = drafts(config, table, lines).drafts().get(0);
    TableContract contract = config.pipeline().table(table);
    TableLayout layout = TableLayout.of(contract);
    Dataset<Row> rows =
        draft
            .rows()
            .select(
                contract.columns().stream()
                    .map(c -> col(c.name()))
                    .toArray(org.apache.spark.sql.Column[]::new));
    assertThat(layout.sameColumns(rows.schema())).as(rows.schema().simpleString()).isTrue();
    return rows.collectAsList().stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> String.valueOf(row.get(i)))
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private DayDrafts drafts(AssayConfig config, String table, Dataset<Row> lines) {
    FakeInputs inputs = new FakeInputs().with("order_lines", "day", lines);
    return new GoldStage()
        .drafts(
            new StageRun("run", spark, config, inputs),
            DAY,
            List.of(config.pipeline().table(table)));
  }

  private Dataset<Row> lines(Row... rows) {
    return spark.createDataFrame(new ArrayList<>(List.of(rows)), LINE);
  }

  private static Row line(
      int days,
      String invoice,
      String stock,
      int quantity,
      Long customer,
      String country,
      String kind,
      String amount) {
    return RowFactory.create(
        Date.valueOf(DAY.plusDays(days)),
        invoice,
        stock,
        quantity,
        customer,
        country,
        kind,
        new BigDecimal(amount));
  }
}
