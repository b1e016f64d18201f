package dev.assay.silver;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.audit.RowAccount;
import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.release.Release;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableLayout;
import dev.assay.testing.FakeStage;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.TestSpark;
import dev.assay.typed.LandedParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that land up to two days after their event, through the published tables. */
class SilverStageTest {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final LocalDate FOURTH = FIRST.plusDays(3);
  private static final StructType RAW =
      StructType.fromDDL(
          "InvoiceNo string, StockCode string, Description string, Quantity string,"
              + " InvoiceDate string, UnitPrice string, CustomerID string, Country string,"
              + " _file string, _checksum string, _position bigint, _malformed string, _raw binary");

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path lake;

  @Test
  void takesLateRowsIntoTheDayOfTheirEventAndBackOutWhenTheyAreCorrectedAway() throws IOException {
    land(FIRST, order("536365", FIRST));
    cleanse(FIRST);

    land(SECOND, order("536366", SECOND), order("536367", FIRST));
    StageResult late = cleanse(SECOND);

    assertThat(late.published()).containsOnlyKeys(lines(FIRST), lines(SECOND));
    assertThat(account(late, FIRST).byLanding())
        .as("the first day's rows by the landing they came with")
        .isEqualTo(Map.of(FIRST, 1L, SECOND, 1L, SECOND.plusDays(1), 0L));
    assertThat(invoices(late.release()))
        .containsExactly("2010-12-01 536365", "2010-12-01 536367", "2010-12-02 536366");

    land(SECOND, order("536366", SECOND));
    StageResult corrected = cleanse(SECOND);
    assertThat(corrected.published())
        .as("what the correction changed")
        .containsOnlyKeys(lines(FIRST));
    assertThat(invoices(corrected.release()))
        .containsExactly("2010-12-01 536365", "2010-12-02 536366");
  }

  @Test
  void rejectsWhatIsTooLateOnTheDayItLandedAndLeavesItsOwnDayAlone() throws IOException {
    land(FIRST, order("536365", FIRST));
    cleanse(FIRST);

    land(FOURTH, order("536370", FOURTH), order("536371", FIRST));
    StageResult result = cleanse(FOURTH);

    assertThat(result.published()).containsOnlyKeys(lines(FOURTH));
    assertThat(account(result, FOURTH).quarantined()).isEqualTo(1);
    assertThat(invoices(result.release()))
        .containsExactly("2010-12-01 536365", "2010-12-04 536370");
  }

  @Test
  void publishesOnceWhatTwoLandingsBring() throws IOException {
    land(FIRST, order("536365", FIRST));
    cleanse(FIRST);

    land(SECOND, order("536366", SECOND), order("536365", FIRST), order("536367", FIRST));
    StageResult result = cleanse(SECOND);

    assertThat(account(result, FIRST).duplicates()).isEqualTo(1);
    assertThat(invoices(result.release()))
        .containsExactly("2010-12-01 536365", "2010-12-01 536367", "2010-12-02 536366");
  }

  @Test
  void hasNoDataWhereNothingLanded() {
    AssayException noData = catchThrowableOfType(AssayException.class, () -> cleanse(FIRST));

    assertThat(noData.exitCode()).isEqualTo(ExitCode.NO_DATA);
    assertThat(noData)
        .hasMessageContaining("retail.orders_raw/2010-12-01 has no data: feed orders has no file");
  }

  private void land(LocalDate day, Row... rows) throws IOException {
    // A landing that is not there any more is not taken in again.
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    Files.writeString(orders.resolve(day + ".csv"), "as below");
    List<Row> numbered =
        IntStream.range(0, rows.length)
            .mapToObj(
                n -> {
                  Object[] values = new Object[RAW.size()];
                  for (int i = 0; i < rows[n].size(); i++) {
                    values[i] = rows[n].get(i);
                  }
                  values[8] = day + ".csv";
                  values[9] = "c";
                  values[10] = n + 1L;
                  return RowFactory.create(values);
                })
            .toList();
    TableContract raw = config().pipeline().table("orders_raw");
    runner()
        .run(
            new FakeStage(
                Stage.BRONZE,
                run ->
                    List.of(
                        LandedParts.draft(
                            config().pipeline(),
                            raw,
                            day,
                            spark
                                .createDataFrame(numbered, RAW)
                                .withColumn(raw.partition(), lit(day))))),
            day,
            Set.of(),
            false,
            "landed");
  }

  private StageResult cleanse(LocalDate day) {
    return runner().run(new SilverStage(), day, Set.of(), false, "cleansed");
  }

  private static Row order(String invoice, LocalDate at) {
    return RowFactory.create(
        invoice, "85123A", "LAMP", "6", at + " 12:00:00", "2.55", "17850.0", "France");
  }

  private List<String> invoices(Release release) {
    TableContract contract = config().pipeline().table("order_lines");
    long version = Objects.requireNonNull(release.tables().get("order_lines")).version();
    return new DeltaTables(
            spark, new LakeStore(lake.toString(), spark.sessionState().newHadoopConf()))
            .read(TableLayout.of(contract), version)
            .orderBy("day", "invoice_no")
            .collectAsList()
            .stream()
            .map(row -> row.getDate(row.fieldIndex("day")) + " " + row.getAs("invoice_no"))
            .toList();
  }

  private TableDay lines(LocalDate day) {
    return new TableDay(config().pipeline().table("order_lines").name(), day);
  }

  private RowAccount account(StageResult result, LocalDate day) {
    return Objects.requireNonNull(result.published().get(lines(day))).rows();
  }

  private StageRunner runner() {
    return new StageRunner(spark, config());
  }

  private AssayConfig config() {
    return OnlineRetail.config(
        Map.of("lake", lake.toString(), "pipeline.feeds.orders.allowed-lateness-days", "2"));
  }
}
