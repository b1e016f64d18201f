package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.job.Commands;
import dev.assay.ledger.Attempt;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Outcome;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayOutcome;
import dev.assay.store.LakeStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Commands that start no Spark: what they answer, and how they end. */
class CommandsTest {
  private static final String CONF = Path.of(System.getProperty("assay.home"), "conf").toString();

  private final StringWriter errors = new StringWriter();
  @TempDir private Path lake;

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
        "fly|Unmatched argument",
      })
  void aWrongCommandLineIsExitCodeTwo(String command, String why) {
    assertThat(execute(command.split(" "))).isEqualTo(2);
    assertThat(errors.toString()).contains(why);
  }

  @Test
  void aPlanSaysWhatWouldBeMadeAndWhy() throws Exception {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    Files.writeString(orders.resolve("2010-12-01.csv"), "x\n");

    String said = saying(0, "plan", "--pipeline", "retail", "--date", "2010-12-01");

    assertThat(said.lines())
        .anyMatch(line -> line.matches("bronze +2010-12-01 +orders_raw +make +its files landed"))
        .anyMatch(
            line ->
                line.matches(
                    "gold +2010-12-01 +daily_sales +make +made from order_lines/2010-12-01, .*"));
    assertThat(saying(0, "run", "--pipeline", "retail", "--date", "2010-12-01", "--dry-run"))
        .isEqualTo(said);
  }

  @Test
  void aPlanSaysWhatItWaitsFor() throws Exception {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    Files.writeString(orders.resolve("2010-12-01.csv"), "x\n");

    assertThat(
            saying(
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
    assertThat(saying(0, "plan", "--pipeline", "retail", "--date", "2010-12-01", "--stage", "gold"))
        .startsWith("nothing to do\nretail.daily_sales/2010-12-01: no-data, ")
        .contains("feed orders has no file");
  }

  @Test
  void landedSaysWhetherFilesAreThere() throws Exception {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    Files.writeString(orders.resolve("2010-12-01.csv"), "x\n");

    assertThat(
            saying(0, "landed", "--pipeline", "retail", "--date", "2010-12-01", "--format", "json"))
        .contains("\"state\" : \"landed\"")
        .contains("2010-12-01.csv");
    assertThat(saying(7, "landed", "--pipeline", "retail", "--date", "2010-12-04"))
        .contains("no-data");
    assertThat(saying(4, "landed", "--pipeline", "retail", "--date", "2999-01-01"))
        .contains("waiting");
  }

  @Test
  void aDayHasDataIfOneOfItsFeedsHas() throws Exception {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    Files.writeString(orders.resolve("2010-12-01.csv"), "x\n");
    String files = "pipeline.feeds.returns.files=" + lake + "/returns/{date}.csv";
    String columns = "pipeline.feeds.returns.columns=[Id]";

    assertThat(
            saying(
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
    assertThat(saying(0, "status", "--pipeline", "retail", "--date", "2010-12-01"))
        .contains("order_lines")
        .contains("no-data")
        .doesNotContain("missing");

    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    Files.writeString(orders.resolve("2010-12-01.csv"), "x\n");

    assertThat(saying(0, "status", "--pipeline", "retail", "--date", "2010-12-01"))
        .contains("missing")
        .doesNotContain("no-data");
  }

  @Test
  void statusSaysTheWholeReason() throws Exception {
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

    assertThat(saying(0, "status", "--pipeline", "retail", "--date", "2010-12-01").lines())
        .anyMatch(line -> line.contains("failed") && line.endsWith(reason));
  }

  @Test
  void releasesSayWhatReadersSawAndGoBackToIt() throws Exception {
    copyOlderLake();

    assertThat(saying(0, "releases", "list", "--pipeline", "retail").lines())
        .hasSize(7)
        .anyMatch(line -> line.matches("5 +2026-11-21T15:07:15Z +silver +9ab67eab.* order_lines"));
    assertThat(saying(0, "releases", "show", "5", "--pipeline", "retail"))
        .contains("release 5 of retail, 2026-11-21T15:07:15.817Z, by silver")
        .contains("daily_sales at version 1")
        .containsPattern("5 +order_lines +2010-12-02 +published +3\n");
    assertThat(saying(0, "releases", "diff", "2", "6", "--pipeline", "retail", "--format", "csv"))
        .isEqualTo(
            """
            RELEASE,TABLE,DAY,WHAT,ROWS
            3,daily_sales,2010-12-01,published,1
            6,daily_sales,2010-12-02,published,1
            5,order_lines,2010-12-02,published,3
            4,orders_raw,2010-12-02,published,4
            """);
    assertThat(saying(0, "releases", "rollback", "6", "--pipeline", "retail"))
        .isEqualTo("nothing to do: the newest release has what release 6 has\n");
    saying(2, "releases", "rollback", "3", "--pipeline", "retail");
    assertThat(errors.toString()).contains("release 3 expired");
    saying(2, "releases", "diff", "6", "2", "--pipeline", "retail");
    assertThat(errors.toString()).contains("release 6 is newer than 2; swap them");
  }

  @Test
  void cannotMakeAsItWasWhatWasPublishedBeforeThatWasKept() throws Exception {
    copyOlderLake();

    String[] asWas = {"--pipeline", "retail", "--date", "2010-12-01", "--inputs", "as-was"};
    assertThat(saying(0, words("plan", asWas)))
        .containsPattern("order_lines +wait +it was published before the conf and the JAR");
    saying(2, words("run", asWas));
    assertThat(errors.toString())
        .contains("/2010-12-01 cannot be made as it was: it was published before the conf");
  }

  private static String[] words(String command, String... options) {
    return Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new);
  }

  private void copyOlderLake() throws Exception {
    Path older = Path.of("src/test/resources/lake-layout-1");
    try (Stream<Path> files = Files.walk(older)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = lake.resolve(older.relativize(file));
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy);
      }
    }
  }

  @Test
  void describeTellsWhatAirflowMustKnow() {
    assertThat(saying(0, "describe", "--format", "json", "--pipeline", "retail"))
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
    assertThat(execute("archive", "--pipeline", "retail")).isEqualTo(2);
    assertThat(errors.toString())
        .contains("retail archives no table; give one archive-after = 365 days in its conf");
    assertThat(execute("archive", "--pipeline", "web", "--date", "2999-01-01")).isEqualTo(2);
    assertThat(errors.toString()).contains("--date 2999-01-01 is to come");
  }

  @Test
  void doctorSaysWhatIsWrongAndWhatToDo() throws Exception {
    assertThat(saying(0, "doctor"))
        .contains("ok    Java:")
        .contains("ok    conditional writes: a second writer is refused")
        .doesNotContain("WRONG");

    Files.writeString(lake.resolve("_assay/format"), "99\n");
    assertThat(saying(2, "doctor"))
        .contains("WRONG lake layout: the lake")
        .contains("has layout '99'")
        .contains("use a newer Assay");
  }

  private String saying(int code, String... command) {
    PrintStream stdout = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(execute(command)).as(errors.toString()).isEqualTo(code);
    } finally {
      System.setOut(stdout);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  private int execute(String... command) {
    String[] all = new String[command.length + 4];
    System.arraycopy(command, 0, all, 0, command.length);
    all[command.length] = "--conf-dir";
    all[command.length + 1] = CONF;
    all[command.length + 2] = "-D";
    all[command.length + 3] = "lake=" + lake;
    CommandLine line = Commands.strict(new CommandLine(new Assay()));
    line.setErr(new PrintWriter(errors, true));
    line.getSubcommands().values().forEach(sub -> sub.setErr(new PrintWriter(errors, true)));
    return line.execute(all);
  }
}
