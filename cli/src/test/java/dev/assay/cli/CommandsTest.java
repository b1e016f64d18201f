package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.ledger.Attempt;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Outcome;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayOutcome;
import dev.assay.store.LakeStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that start no Spark: what they answer, and how they end. */
class CommandsTest {
  @TempDir private Path lake;
  private AnsweredCommands assay = new AnsweredCommands(Path.of("."));

  @BeforeEach
  void onALake() {
    assay = new AnsweredCommands(lake);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run|Missing required option: '--pipeline=P'",
        "run --pipeline retail|give --date D, or --from D and --to D",
        "run --pipeline retail --from 2010-12-02 --to 2010-12-01|is after --to",
        "run --pipeline retail --date yesterday|Invalid value for option '--date'",
        "run --pipeline retail --date 2010-12-01 --stage tin|expected one of",
        "run --pipeline retail --date 2010-12-01 --tables sales|retail has no table 'sales'",
        "run --pipeline housing --date 2010-12-01 --stage gold|housing has no tables in its gold"
            + " stage; it has some in [bronze, silver, ml]",
        "run --pipeline retail --date 2010-12-01 --stage gold --tables orders_raw|nothing to run:"
            + " the gold stage of retail has none of [orders_raw]",
        "run --pipeline retial --date 2010-12-01|there is no pipeline 'retial'",
        "test --tables daily_sales|are of which pipeline? Give --pipeline, too",
        "status --pipeline retail --environment moon|there is no environment 'moon'",
        "status --pipeline retail -D retention.fils=9|did you mean 'files'?",
        "export --out x|give --table P.T, or --pipeline P",
        "export --table retail.sales --out x|retail has no table 'sales'",
        "export --table sales --out x|--table 'sales' is no table; write it as retail.daily_sales",
        "export --table retail.daily_sales --columns nett --out x|not all of the columns [nett]",
        "export --table retail.daily_sales --columns net --as a,b --out x|one name a column",
        "export --table retail.daily_sales --as-of now --out x|--as-of 'now' is no time",
        "export --table retail.daily_sales --release 1 --as-of 2010-12-01T12:00:00Z --out x|not"
            + " both",
        "export --pipeline retail --columns net --out x|--columns and --as are for --table",
        "export --pipeline retail --out x|retail declares no exports",
        "models list --pipeline retail --model churm|retail has no model 'churm'; it has [churn,"
            + " customer_segments, product_recommendations]",
        "fly|Unmatched argument",
      })
  void aWrongCommandLineIsExitCodeTwo(String command, String why) {
    assertThat(assay.execute(command.split(" "))).isEqualTo(2);
    assertThat(assay.errors()).contains(why);
  }

  @Test
  void aPlanSaysWhatWouldBeMadeAndWhy() throws Exception {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    Files.writeString(orders.resolve("2010-12-01.csv"), "x\n");

    String said = assay.saying(0, "plan", "--pipeline", "retail", "--date", "2010-12-01");

    assertThat(said.lines())
        .anyMatch(line -> line.matches("bronze +2010-12-01 +orders_raw +make +its files landed"))
        .anyMatch(
            line ->
                line.matches(
                    "gold +2010-12-01 +daily_sales +make +made from order_lines/2010-12-01, .*"));
    assertThat(assay.saying(0, "run", "--pipeline", "retail", "--date", "2010-12-01", "--dry-run"))
        .isEqualTo(said);
  }

  @Test
  void aPlanSaysWhatItWaitsFor() throws Exception {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    Files.writeString(orders.resolve("2010-12-01.csv"), "x\n");

    assertThat(
            assay.saying(
                0,
                "plan",
                "--pipeline",
                "retail",
                "--from",
                "2010-12-01",
                "--to",
                "2010-12-02",
                "-D",
                "pipeline.feeds.orders.required-on=[thursday]"))
        .containsPattern("bronze +2010-12-01 +orders_raw +make +its files landed")
        .containsPattern(
            "bronze +2010-12-02 +orders_raw +wait +feed orders has no file .*must have");
  }

  @Test
  void aPlanOfNothingSaysWhatStandsInItsWay() {
    assertThat(
            assay.saying(
                0, "plan", "--pipeline", "retail", "--date", "2010-12-01", "--stage", "gold"))
        .startsWith("nothing to do\nretail.daily_sales/2010-12-01: no-data, ")
        .contains("feed orders has no file");
  }

  @Test
  void aWeeklyTableOnAnotherDayThanSundayIsNoData() {
    String why =
        "web.sketch_accuracy is weekly: it has Sundays alone, and there is none on 2024-03-04; give"
            + " a Sunday, as 2024-03-10\n";
    String[] what = {"--pipeline", "web", "--date", "2024-03-04", "--tables", "sketch_accuracy"};

    assertThat(assay.saying(7, words("run", what))).isEqualTo(why);
    assertThat(assay.saying(0, words("plan", what))).isEqualTo("nothing to do\n" + why);
  }

  private static String[] words(String command, String... options) {
    return Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new);
  }

  @Test
  void landedSaysWhetherFilesAreThere() throws Exception {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    Files.writeString(orders.resolve("2010-12-01.csv"), "x\n");

    assertThat(
            assay.saying(
                0, "landed", "--pipeline", "retail", "--date", "2010-12-01", "--format", "json"))
        .contains("\"state\" : \"landed\"")
        .contains("2010-12-01.csv");
    assertThat(assay.saying(7, "landed", "--pipeline", "retail", "--date", "2010-12-04"))
        .contains("no-data");
    assertThat(assay.saying(4, "landed", "--pipeline", "retail", "--date", "2999-01-01"))
        .contains("waiting");
  }

  @Test
  void aDayHasDataIfOneOfItsFeedsHas() throws Exception {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    Files.writeString(orders.resolve("2010-12-01.csv"), "x\n");
    String files = "pipeline.feeds.returns.files=" + lake + "/returns/{date}.csv";
    String columns = "pipeline.feeds.returns.columns=[Id]";

    assertThat(
            assay.saying(
                0,
                "landed",
                "--pipeline",
                "retail",
                "--date",
                "2010-12-01",
                "-D",
                files,
                "-D",
                columns,
                "--format",
                "json"))
        .contains("\"state\" : \"landed\"")
        .contains("\"state\" : \"no-data\"");
  }

  @Test
  void statusOfAnUntouchedDayIsMissingOnceItsFileLanded() throws Exception {
    assertThat(assay.saying(0, "status", "--pipeline", "retail", "--date", "2010-12-01"))
        .contains("order_lines")
        .contains("no-data")
        .doesNotContain("missing");

    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    Files.writeString(orders.resolve("2010-12-01.csv"), "x\n");

    assertThat(assay.saying(0, "status", "--pipeline", "retail", "--date", "2010-12-01"))
        .contains("missing")
        .doesNotContain("no-data");
  }

  @Test
  void statusOfARangeHasTheDaysThatWereNeverTried() throws Exception {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    Files.writeString(orders.resolve("2010-12-02.csv"), "x\n");

    assertThat(assay.saying(0, "status", "--pipeline", "retail")).doesNotContain("2010-12");
    assertThat(
            assay
                .saying(
                    0,
                    "status",
                    "--pipeline",
                    "retail",
                    "--from",
                    "2010-12-01",
                    "--to",
                    "2010-12-02")
                .lines())
        .anyMatch(line -> line.matches("2010-12-01 +orders_raw +no-data .*"))
        .anyMatch(line -> line.matches("2010-12-02 +orders_raw +missing .*"));
  }

  @Test
  void statusSaysTheWholeReasonAndWhatHasNoOutcomeYet() throws Exception {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    Files.writeString(orders.resolve("2010-12-01.csv"), "x\n");
    String reason = "retail.order_lines/2010-12-01: check some_rows: 0 rows, allowed are 1 to any";
    TableDay tableDay =
        new TableDay(new TableName("retail", "order_lines"), LocalDate.of(2010, 12, 1));
    Ledger ledger =
        Ledger.of(
            new LakeStore(lake.toString(), new org.apache.hadoop.conf.Configuration()), "retail");
    Instant at = Instant.parse("2010-12-02T01:00:00Z");
    ledger.open(
        0, token -> new Attempt(token, Stage.SILVER, List.of(tableDay), "r", at, "h", 1, "c"));
    ledger.ended(
        new Outcome(
            1,
            "r",
            "c",
            at,
            null,
            List.of(
                new TableDayOutcome(
                    tableDay, OutcomeKind.REFUSED, reason, null, null, Map.of(), null, null))));

    String[] ofDay = {"--pipeline", "retail", "--date", "2010-12-01"};
    assertThat(assay.saying(0, words("status", ofDay)).lines())
        .anyMatch(line -> line.contains("failed") && line.endsWith(reason));

    ledger.open(
        1, token -> new Attempt(token, Stage.SILVER, List.of(tableDay), "again", at, "h", 1, "c"));
    String open =
        "; attempt 2 of run again on host h, pid 1, since 2010-12-02T01:00:00Z has no outcome: it"
            + " runs, or died";
    assertThat(assay.saying(0, words("status", ofDay)).lines())
        .as("how it is, and beside that what is tried")
        .anyMatch(line -> line.contains(" failed ") && line.endsWith(reason + open));
    assertThat(assay.saying(0, words("status", ofDay)).lines())
        .filteredOn(line -> line.contains("has no outcome"))
        .hasSize(1);
  }

  @Test
  void describeTellsWhatAirflowMustKnow() {
    assertThat(assay.saying(0, "describe", "--format", "json", "--pipeline", "retail"))
        .contains("\"main\" : \"dev.assay.bronze.BronzeJob\"")
        .contains("\"jar\" : \"jobs-ml.jar\"")
        .contains("\"timeout_seconds\" : 7200")
        .contains("\"retail.customer_rfm\"")
        .contains("\"weekly\" : [ ]")
        .contains("\"archived\" : [ ]")
        .containsPattern(
            "\"deadlines\" : \\[ \\{\\s+\"table\" : \"retail.daily_sales\",\\s+\"seconds\" :"
                + " 28800\\s+} ]");
  }

  @Test
  void archiveRefusesWhatWouldArchiveNothingOrTooEarly() {
    assertThat(assay.execute("archive", "--pipeline", "retail")).isEqualTo(2);
    assertThat(assay.errors())
        .contains("retail archives no table; give one archive-after = 365 days in its conf");
    assertThat(assay.execute("archive", "--pipeline", "web", "--date", "2999-01-01")).isEqualTo(2);
    assertThat(assay.errors()).contains("--date 2999-01-01 is to come");
  }

  @Test
  void doctorSaysWhatIsWrongAndWhatToDo() throws Exception {
    assertThat(assay.saying(0, "doctor"))
        .contains("ok    Java:")
        .contains("ok    conditional writes: a second writer is refused")
        .doesNotContain("WRONG");

    Files.writeString(lake.resolve("_assay/format"), "99\n");
    assertThat(assay.saying(2, "doctor"))
        .contains("WRONG lake layout: the lake")
        .contains("has layout '99'")
        .contains("use a newer Assay");
  }
}
