package dev.assay.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.audit.CheckResult;
import dev.assay.checks.Severity;
import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.feed.Landings;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.job.Transforming;
import dev.assay.ledger.Ledger;
import dev.assay.plan.Batch;
import dev.assay.plan.Planner;
import dev.assay.plan.Scope;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableLayout;
import dev.assay.testing.TestConf;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that have other fields than their feed, through the published bronze table. */
class DriftTest {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final LocalDate SECOND = FIRST.plusDays(1);

  private static final String THINGS =
      """
      pipeline {
        name = things
        description = "Things."
        owner = tests
        start = 2010-12-01
        feeds.things {
          files = ${landing}"/{date}*"
          columns = [Id, Name]
        }
        tables {
          things_raw { stage = bronze, description = "As received.", feed = things }
        }
      }
      """;

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path folder;
  private TestConf conf;

  @BeforeEach
  void makeConf() throws IOException {
    conf = TestConf.in(folder.resolve("conf"), "things", THINGS);
    Files.createDirectories(folder.resolve("lake/landing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet"})
  void refuseTakesInNoFileWithAnotherFieldOrWithoutOne(String format) throws IOException {
    land(FIRST, format, "1 AS Id, 'a' AS Name, 'x' AS Extra");
    AssayException more = refusal("refuse");
    land(FIRST, format, "1 AS Id");
    AssayException less = refusal("refuse");

    assertThat(List.of(more.exitCode(), less.exitCode())).containsOnly(ExitCode.REFUSED);
    assertThat(more).hasMessageContaining("missing [], unexpected or twice [Extra]");
    assertThat(less).hasMessageContaining("missing [Name], unexpected or twice []");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet"})
  void addGivesTheTableAColumnAndHasNullForWhatIsMissing(String format) throws IOException {
    land(FIRST, format, "1 AS Id, 'x' AS `Extra (1)`");

    StageResult result = run("add", FIRST);

    assertThat(drift(result, FIRST))
        .isEqualTo("missing [Name], unknown [Extra__1_] in 2010-12-01." + format);
    assertThat(columns(result)).endsWith("_raw", "Extra__1_");
    assertThat(rows(result, "Id", "Name", "Extra__1_")).containsExactly("[2010-12-01,1,null,x]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet"})
  void rescueSetsWhatIsUnknownAside(String format) throws IOException {
    land(FIRST, format, "1 AS Id, 'x \"y\"' AS Extra, 2.50 AS `An other`");

    StageResult result = run("rescue", FIRST);

    assertThat(drift(result, FIRST))
        .isEqualTo("missing [Name], unknown [Extra, An_other] in 2010-12-01." + format);
    assertThat(columns(result)).endsWith("_raw", "_rescued");
    assertThat(rows(result, "Id", "Name", "_rescued"))
        .containsExactly("[2010-12-01,1,null,{\"Extra\":\"x \\\"y\\\"\",\"An other\":\"2.50\"}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "rescue"})
  void saysThatNothingDrifted(String policy) throws IOException {
    land(FIRST, "csv", "1 AS Id, 'a' AS Name");

    StageResult result = run(policy, FIRST);

    assertThat(check(result, FIRST))
        .isEqualTo(
            new CheckResult(
                "schema_drift", Severity.WARN, true, 0, "every file has the feed's fields"));
  }

  @Test
  void namesTheFilesThatDifferAlike() throws IOException {
    for (String part : List.of("a", "b", "c", "d")) {
      Files.writeString(landing().resolve(FIRST + part + ".csv"), "Id,Name,X\n1,a,x\n");
    }
    Files.writeString(landing().resolve(FIRST + "e.json"), "{\"Id\":1}\n");
    Files.writeString(landing().resolve(FIRST + "f.json"), "");

    StageResult result = run("add", FIRST);

    assertThat(drift(result, FIRST))
        .isEqualTo(
            "missing [], unknown [X] in 2010-12-01a.csv, 2010-12-01b.csv, 2010-12-01c.csv and 1"
                + " more; missing [Name], unknown [] in 2010-12-01e.json");
  }

  @ParameterizedTest
  @CsvSource({"2010-12-01, 2010-12-02", "2010-12-02, 2010-12-01"})
  void addsTheColumnsOfTwoDaysInEitherOrder(LocalDate one, LocalDate other) throws IOException {
    land(one, "json", "1 AS Id, 'a' AS Name, 'x' AS Extra");
    run("add", one);
    land(other, "csv", "2 AS Id, 'b' AS Name, 'y' AS Other");

    StageResult result = run("add", other);

    assertThat(columns(result)).endsWith("_raw", "Extra", "Other");
    assertThat(rows(result, "Id", "Extra", "Other"))
        .containsExactlyInAnyOrder("[" + one + ",1,x,null]", "[" + other + ",2,null,y]");
  }

  @Test
  void addsTheColumnsOfTwoDaysOfOneRun() throws IOException {
    land(FIRST, "json", "1 AS Id, 'a' AS Name, 'x' AS Extra");
    land(SECOND, "csv", "2 AS Id, 'b' AS Name, 'y' AS Other");
    AssayConfig config = config("add");
    Planner planner =
        new Planner(
            config.pipeline(),
            Ledger.of(lake(), "things").state(),
            new Landings(spark.sessionState().newHadoopConf()),
            Transforming.of(new BronzeStage(), config.pipeline()));
    Scope both = new Scope(FIRST, SECOND, Set.of(Stage.BRONZE), Set.of(), false);
    Batch batch = planner.plan(both, 2).batches().get(0);

    StageResult result = new StageRunner(spark, config).run(new BronzeStage(), batch, false, "r");

    assertThat(columns(result)).contains("Extra", "Other");
    assertThat(rows(result, "Id", "Extra", "Other"))
        .containsExactly("[2010-12-01,1,x,null]", "[2010-12-02,2,null,y]");
  }

  @Test
  void makesADayAgainWithTheSameContentAfterItsTableGainedAColumn() throws IOException {
    land(FIRST, "csv", "1 AS Id, 'a' AS Name");
    String before = contentHash(run("add", FIRST), FIRST);
    land(SECOND, "csv", "2 AS Id, 'b' AS Name, 'y' AS Other");
    run("add", SECOND);

    StageResult again =
        new StageRunner(spark, config("refuse"))
            .run(new BronzeStage(), FIRST, Set.of(), true, "again");

    assertThat(contentHash(again, FIRST)).isEqualTo(before);
    assertThat(rows(again, "Id", "Other"))
        .containsExactly("[2010-12-01,1,null]", "[2010-12-02,2,y]");
  }

  @ParameterizedTest
  @CsvSource({"id, Id", "_FILE, _file", "Landing_Date, landing_date"})
  void refusesToAddAColumnWhoseNameDiffersInCaseAlone(String field, String column)
      throws IOException {
    Files.writeString(
        landing().resolve(FIRST + ".json"), "{\"Id\":1,\"Name\":\"a\",\"" + field + "\":2}\n");

    AssayException refusal = refusal("add");

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal).hasMessageContaining("'" + field + "'").hasMessageContaining(column);
  }

  @Test
  void refusesToAddAColumnThatAnotherDayAddedInAnotherCase() throws IOException {
    land(FIRST, "csv", "1 AS Id, 'a' AS Name, 'x' AS Extra");
    run("add", FIRST);
    land(SECOND, "csv", "1 AS Id, 'a' AS Name, 'x' AS extra");

    AssayException refusal = catchThrowableOfType(AssayException.class, () -> run("add", SECOND));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal).hasMessageContaining("'extra string' cannot be added to");
  }

  @ParameterizedTest
  @ValueSource(strings = {"refuse", "add", "rescue"})
  void refusesANameThatIsThereTwice(String policy) throws IOException {
    Files.writeString(landing().resolve(FIRST + ".csv"), "Id,Name,X,X\n1,a,2,3\n");

    assertThat(refusal(policy)).hasMessageContaining("unexpected or twice [X, X]");
  }

  private void land(LocalDate day, String format, String fields) throws IOException {
    Dataset<Row> rows = spark.sql("SELECT " + fields);
    Path written = Files.createTempDirectory(folder, "written");
    rows.coalesce(1)
        .write()
        .mode("overwrite")
        .option("header", "true")
        .option("quoteAll", "true")
        .option("escape", "\"")
        .format(format)
        .save(written.toString());
    try (Stream<Path> files = Files.list(written)) {
      Path part =
          files
              .filter(file -> file.getFileName().toString().matches("part.*[.]" + format))
              .findFirst()
              .orElseThrow();
      Files.write(landing().resolve(day + "." + format), Files.readAllBytes(part));
    }
  }

  private Path landing() {
    return folder.resolve("lake/landing");
  }

  private StageResult run(String policy, LocalDate day) {
    return new StageRunner(spark, config(policy))
        .run(new BronzeStage(), day, Set.of(), false, "run");
  }

  private AssayException refusal(String policy) {
    return catchThrowableOfType(AssayException.class, () -> run(policy, FIRST));
  }

  private AssayConfig config(String policy) {
    return conf.load(
        Map.of("lake", folder.resolve("lake").toString(), "pipeline.feeds.things.drift", policy));
  }

  private LakeStore lake() {
    return new LakeStore(folder.resolve("lake").toString(), spark.sessionState().newHadoopConf());
  }

  private String drift(StageResult result, LocalDate day) {
    CheckResult found = check(result, day);
    assertThat(found.severity()).isEqualTo(Severity.WARN);
    assertThat(found.passed()).isFalse();
    return found.message();
  }

  private CheckResult check(StageResult result, LocalDate day) {
    return result.published().get(tableDay(day)).checks().stream()
        .filter(check -> check.name().equals("schema_drift"))
        .findFirst()
        .orElseThrow();
  }

  private String contentHash(StageResult result, LocalDate day) {
    return result.published().get(tableDay(day)).contentHash();
  }

  private TableDay tableDay(LocalDate day) {
    return new TableDay(contract().name(), day);
  }

  private TableContract contract() {
    return config("refuse").pipeline().table("things_raw");
  }

  private List<String> columns(StageResult result) {
    return List.of(table(result).columns());
  }

  private List<String> rows(StageResult result, String... columns) {
    return table(result)
        .orderBy("landing_date")
        .select("landing_date", columns)
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  private Dataset<Row> table(StageResult result) {
    long version = result.release().tables().get("things_raw").version();
    return new DeltaTables(spark, lake()).read(TableLayout.of(contract()), version);
  }
}
