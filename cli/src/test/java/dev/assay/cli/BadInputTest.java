package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.audit.AuditReport;
import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.error.Failures;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.release.ReleaseLog;
import dev.assay.store.LakeStore;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad files through bronze and silver: a clear error, or rows in quarantine, and nothing lost. */
class BadInputTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);
  private static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
  private static final String GOOD =
      "536365,85123A,LAMP,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n";

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path lake;

  @BeforeEach
  void makeLanding() throws IOException {
    Files.createDirectories(lake.resolve("landing/retail/orders"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "536365,a,x,six,2010-12-01 08:26:00,2.55,1.0,France|unparsable:quantity",
        "536365,a,x,1,2010-11-30 08:26:00,2.55,1.0,France|too-late",
        "536365,a,x,1,2010-12-02 08:26:00,2.55,1.0,France|future",
        "536365,a,x,1,soon,2.55,1.0,France|unparsable:invoiced_at, no-date",
        "536365,a,x,1,2010-12-01 08:26:00,2.55,1.0|malformed",
        "536365,a,x,1,2010-12-01 08:26:00,2.55,1.0,France,more|malformed",
        "536365,a,x,1,2010-12-01 08:26:00,2.55,1.0,\"France|malformed",
        "536365,a,x,-1,2010-12-01 08:26:00,2.55,1.0,France|priced_sale_is_positive",
      })
  void aBadLineIsQuarantinedWholeAndTheOthersArePublished(String line, String reasons)
      throws IOException {
    land(HEADER + GOOD + line + "\n");

    AuditReport audit = publish();

    assertThat(audit.rows().received()).isEqualTo(2);
    assertThat(audit.rows().published()).isEqualTo(1);
    assertThat(audit.rows().quarantined()).isEqualTo(1);
    var rejected =
        spark.read().format("delta").load(lake + "/quarantine/retail/order_lines").first();
    assertThat(rejected.getList(rejected.fieldIndex("reasons")).toString())
        .isEqualTo("[" + reasons + "]");
    assertThat(rejected.<String>getAs("record")).contains("\"_position\":3");
  }

  @Test
  void invalidBytesAndATornLastLineAreQuarantinedWithTheirBytes() throws IOException {
    byte[] good = (HEADER + GOOD).getBytes(UTF_8);
    byte[] bad = {'5', ',', (byte) 0xFF, '\n', '6', ',', 't', 'o', 'r', 'n'};
    byte[] all = java.util.Arrays.copyOf(good, good.length + bad.length);
    System.arraycopy(bad, 0, all, good.length, bad.length);
    Files.write(file(), all);

    AuditReport audit = publish();

    assertThat(audit.rows().quarantined()).isEqualTo(2);
    assertThat(
            spark
                .read()
                .format("delta")
                .load(lake + "/quarantine/retail/order_lines")
                .select("record")
                .collectAsList()
                .toString())
        .contains("\"_raw\":\"NSz/\"")
        .contains("\"_raw\":\"Nix0b3Ju\"");
  }

  @Test
  void aFieldOfTenMegabytesIsKeptInBronzeAndQuarantined() throws IOException {
    land(HEADER + GOOD + GOOD.replace("LAMP", "x".repeat(10 << 20)));

    AuditReport audit = publish();

    assertThat(audit.rows().quarantined()).isEqualTo(1);
    assertThat(audit.checks())
        .anyMatch(check -> check.name().equals("description_short") && check.failures() == 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|is empty: it has no header",
        "HEADER|check some_rows: 0 rows",
        "InvoiceNo,StockCode\\n|missing [Description, Quantity",
      })
  void aFileThatCannotBeADayIsRefusedAndNothingIsPublished(String content, String why)
      throws IOException {
    land(content.replace("HEADER", HEADER).replace("\\n", "\n"));

    AssayException refusal = refusal(Stage.BRONZE);

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal).hasMessageContaining(why);
    assertThat(releases().latest()).isEmpty();
  }

  @Test
  void anExpressionThatSparkDoesNotUnderstandIsAMistakeInConf() throws IOException {
    land(HEADER + GOOD);
    run(Stage.BRONZE);
    String check = "pipeline.tables.order_lines.checks.priced_sale_is_positive.expression";

    Throwable thrown = catchThrowable(() -> run(Stage.SILVER, Map.of(check, "no_such_column > 1")));

    AssayException refusal = Failures.explain(thrown);
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("no_such_column").hasMessageContaining("in conf");
  }

  @Test
  void aDayOnWhichEveryRowIsBadIsRefusedWithItsRowsInQuarantine() throws IOException {
    land(HEADER + GOOD.replace(",6,", ",six,") + GOOD.replace(",2.55,", ",free,"));
    run(Stage.BRONZE);

    AssayException refusal = refusal(Stage.SILVER);

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal).hasMessageContaining("check some_rows: 0 rows, allowed are 1 to any");
    assertThat(spark.read().format("delta").load(lake + "/quarantine/retail/order_lines").count())
        .isEqualTo(2);
    assertThat(releases().latest().orElseThrow().tables()).containsOnlyKeys("orders_raw");
  }

  @Test
  void aFileThatIsGoneAfterItWasPublishedLeavesTheDayAndIsAnErrorOnlyToMakeItAgain()
      throws IOException {
    land(HEADER + GOOD);
    run(Stage.BRONZE);
    Files.delete(file());

    assertThat(run(Stage.BRONZE).unchanged()).hasSize(1);
    AssayException missing =
        catchThrowableOfType(AssayException.class, () -> run(Stage.BRONZE, Map.of(), true));

    assertThat(missing.exitCode()).isEqualTo(ExitCode.INPUT_MISSING);
    assertThat(missing).hasMessageContaining("what is published stays");
  }

  @Test
  void aMissingFileIsNoDataUnlessConfRequiresOne() {
    assertThat(refusal(Stage.BRONZE).exitCode()).isEqualTo(ExitCode.NO_DATA);

    AssayException required =
        refusal(Stage.BRONZE, Map.of("pipeline.feeds.orders.required-on", "[wednesday]"));

    assertThat(required.exitCode()).isEqualTo(ExitCode.INPUT_MISSING);
    assertThat(required).hasMessageContaining("conf says that a WEDNESDAY must have one");
  }

  private void land(String content) throws IOException {
    Files.writeString(file(), content);
  }

  private Path file() {
    return lake.resolve("landing/retail/orders/2010-12-01.csv");
  }

  private AuditReport publish() {
    run(Stage.BRONZE);
    return run(Stage.SILVER)
        .published()
        .get(new TableDay(new TableName("retail", "order_lines"), DAY));
  }

  private StageResult run(Stage stage) {
    return run(stage, Map.of());
  }

  private StageResult run(Stage stage, Map<String, String> overrides) {
    return run(stage, overrides, false);
  }

  private StageResult run(Stage stage, Map<String, String> overrides, boolean again) {
    Map<String, String> all = new java.util.HashMap<>(overrides);
    all.put("lake", lake.toString());
    AssayConfig config = OnlineRetail.config(all);
    return new StageRunner(spark, config).run(StageJobs.of(stage), DAY, Set.of(), again, "test");
  }

  private AssayException refusal(Stage stage) {
    return refusal(stage, Map.of());
  }

  private AssayException refusal(Stage stage, Map<String, String> overrides) {
    return catchThrowableOfType(AssayException.class, () -> run(stage, overrides));
  }

  private ReleaseLog releases() {
    return new ReleaseLog(
        new LakeStore(lake.toString(), spark.sessionState().newHadoopConf()), "retail");
  }
}
