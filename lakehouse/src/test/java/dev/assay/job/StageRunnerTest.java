package dev.assay.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.checks.RowCheck;
import dev.assay.checks.Severity;
import dev.assay.checks.TableDayCheck;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ledger.Ledger;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.Draft;
import dev.assay.table.TableLayout;
import dev.assay.testing.Contracts;
import dev.assay.testing.FakeStage;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageRunnerTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);
  private static final StructType SALE =
      StructType.fromDDL("id string, amount decimal(12,2), _duplicate boolean");

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path folder;
  private LakeStore lake = new LakeStore("/tmp", spark.sessionState().newHadoopConf());

  @BeforeEach
  void openLake() {
    lake = new LakeStore(folder.toString(), spark.sessionState().newHadoopConf());
  }

  @Test
  void publishesEveryTableOfAStageInOneRelease() {
    TableContract first = Contracts.sales("first");
    TableContract second = Contracts.sales("second");

    StageResult result =
        publish(DAY, draft(first, DAY, sale("a", "1.50")), draft(second, DAY, sale("b", "2.00")));

    assertThat(result.release().number()).isEqualTo(1);
    assertThat(result.release().tables()).containsOnlyKeys("first", "second");
    assertThat(rows(first, result.release())).containsExactly("2010-12-01 a 1.50");
    assertThat(rows(second, result.release())).containsExactly("2010-12-01 b 2.00");
  }

  @Test
  void accountsForEveryRowAndQuarantinesRejectedOnesWithEveryReason() {
    TableContract contract =
        Contracts.sales(
            "checked",
            new RowCheck.Range("positive", Severity.QUARANTINE, "amount", "0", null),
            new RowCheck.Regex("short_id", Severity.QUARANTINE, "id", "[a-z]"),
            new RowCheck.NotNull("has_id", Severity.WARN, "id"));

    StageResult result =
        publish(
            DAY,
            draft(
                contract,
                DAY,
                sale("a", "1.00"),
                duplicate("a", "1.00"),
                sale("long", "-1.00"),
                sale("b", "-2.00"),
                sale(null, "3.00")));

    var audit = result.published().get(new TableDay(contract.name(), DAY));
    assertThat(audit.rows().received()).isEqualTo(5);
    assertThat(audit.rows().published()).isEqualTo(2);
    assertThat(audit.rows().quarantined()).isEqualTo(2);
    assertThat(audit.rows().duplicates()).isEqualTo(1);
    assertThat(audit.totals()).containsEntry("amount", "4.00");
    assertThat(audit.checks())
        .extracting(check -> check.name() + " " + check.failures())
        .containsExactly("positive 2", "short_id 1", "has_id 1", "has_every_value 0");
    assertThat(quarantine(contract))
        .containsExactly(
            "2010-12-01 1 [positive, short_id] {\"day\":\"2010-12-01\",\"id\":\"long\",\"amount\":-1.00}",
            "2010-12-01 1 [positive] {\"day\":\"2010-12-01\",\"id\":\"b\",\"amount\":-2.00}");
  }

  @Test
  void keepsWhatThePublishedAttemptRejectedUntilANewerOneIsPublished() {
    RowCheck positive = new RowCheck.Range("positive", Severity.QUARANTINE, "amount", "0", null);
    TableContract strict = Contracts.sales("kept", positive);
    TableContract refusing =
        Contracts.sales("kept", new TableDayCheck.RowCount("none", Severity.FAIL, null, 0L));
    publish(DAY, draft(strict, DAY, sale("a", "1.00"), sale("b", "-1.00")));

    refused(DAY, draft(refusing, DAY, sale("a", "1.00"), sale("b", "-1.00")));
    assertThat(quarantine(strict)).hasSize(1).first().asString().startsWith("2010-12-01 1 ");

    TableContract both =
        Contracts.sales(
            "kept", positive, new TableDayCheck.RowCount("none", Severity.FAIL, null, 0L));
    refused(DAY, draft(both, DAY, sale("a", "1.00"), sale("c", "-2.00"), sale("d", "-3.00")));
    assertThat(quarantine(strict))
        .extracting(row -> row.substring(0, 12))
        .containsExactlyInAnyOrder("2010-12-01 1", "2010-12-01 3", "2010-12-01 3");

    publish(DAY, draft(strict, DAY, sale("a", "1.00"), sale("e", "-4.00")));
    assertThat(quarantine(strict)).hasSize(1).first().asString().startsWith("2010-12-01 4 ");
  }

  @Test
  void givesAKeyToARowThatIsPublishedNotToOneThatIsRejected() {
    TableContract contract =
        Contracts.sales(
            "keyed",
            new RowCheck.UniqueKey("one_an_id", Severity.QUARANTINE, List.of("id")),
            new RowCheck.Range("positive", Severity.QUARANTINE, "amount", "0", null));
    Row[] sales = new Row[20];
    for (int i = 0; i < 10; i++) {
      sales[2 * i] = sale("id-" + i, "-1.00");
      sales[2 * i + 1] = sale("id-" + i, "1.00");
    }

    StageResult result = publish(DAY, draft(contract, DAY, sales));

    var rows = result.published().get(new TableDay(contract.name(), DAY)).rows();
    assertThat(rows.published()).isEqualTo(10);
    assertThat(rows.quarantined()).isEqualTo(10);
  }

  @Test
  void makesRowsAgainWhoseInputsChangedBeforeTheAttemptHadItsToken() {
    TableContract input = Contracts.sales("input");
    TableContract output = Contracts.sales("output");
    PipelineConfig pipeline = Contracts.pipeline(input, output);
    publishInput(pipeline, input, "old");
    List<String> made = new ArrayList<>();
    StageResult result =
        runner(pipeline)
            .run(
                new FakeStage(
                    Stage.GOLD,
                    run -> {
                      Dataset<Row> rows = run.inputs().days("input", DAY, DAY);
                      made.add(rows.first().getAs("id"));
                      if (made.size() == 1) {
                        publishInput(pipeline, input, "new");
                      }
                      return List.of(new Draft(output, DAY, rows, List.of()));
                    }),
                DAY,
                Set.of("output"),
                "slow");

    assertThat(made).containsExactly("old", "new");
    assertThat(rows(output, result.release())).containsExactly("2010-12-01 new 1.00");
  }

  private void publishInput(PipelineConfig pipeline, TableContract input, String id) {
    runner(pipeline)
        .run(
            new FakeStage(Stage.GOLD, run -> List.of(draft(input, DAY, sale(id, "1.00")))),
            DAY,
            Set.of("input"),
            id);
  }

  @Test
  void readsOnWhereTheHintOfTheNewestReleaseIsTorn() throws IOException {
    TableContract contract = Contracts.sales("hinted");
    publish(DAY, draft(contract, DAY, sale("a", "1.00")));
    Path hint = folder.resolve("_assay/releases/test/latest");
    for (String torn : List.of("", "9", "x")) {
      Files.writeString(hint, torn);
      assertThat(log().latest().orElseThrow().number()).isEqualTo(1);
    }

    publish(DAY, draft(contract, DAY, sale("b", "2.00")));

    assertThat(Files.readString(hint)).isEqualTo("2");
    assertThat(log().latest().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void saysInEveryCommitWhichRunMadeIt() throws IOException {
    TableContract contract =
        Contracts.sales(
            "noted", new RowCheck.Range("positive", Severity.QUARANTINE, "amount", "0", null));
    publish(DAY, draft(contract, DAY, sale("a", "1.00"), sale("b", "-1.00")));

    List<Path> commits;
    try (Stream<Path> files = Files.walk(folder)) {
      commits = files.filter(file -> file.toString().matches(".*_delta_log/\\d+\\.json")).toList();
    }
    assertThat(commits).as("creation and rows, of the table and of its quarantine").hasSize(4);
    for (Path commit : commits) {
      assertThat(Files.readString(commit))
          .contains("\"userMetadata\":\"{\\\"run\\\":\\\"run-1\\\",\\\"code\\\":");
    }
  }

  @Test
  void refusesWholeStageWhenOneTableFailsABlockingCheck() {
    TableContract good = Contracts.sales("good");
    TableContract bad =
        Contracts.sales("bad", new TableDayCheck.RowCount("some_rows", Severity.FAIL, 2L, null));
    Release before = publish(DAY, draft(good, DAY, sale("a", "1.00"))).release();

    AssayException refusal =
        refused(DAY, draft(good, DAY, sale("z", "9.00")), draft(bad, DAY, sale("b", "2.00")));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal)
        .hasMessageContaining("test.bad/2010-12-01: check some_rows: 1 rows, allowed are 2 to any");
    assertThat(log().latest()).contains(before);
    assertThat(rows(good, before)).containsExactly("2010-12-01 a 1.00");
    assertThat(outcomes(DAY))
        .containsExactly("bad 1 refused", "good 1 published", "good 2 refused");
  }

  @Test
  void replacesOneDayAndLeavesTheOthersAndTheOldVersionReadable() {
    TableContract contract = Contracts.sales("sales");
    publish(DAY, draft(contract, DAY, sale("a", "1.00")));
    Release before =
        publish(DAY.plusDays(1), draft(contract, DAY.plusDays(1), sale("b", "2.00"))).release();

    Release after = publish(DAY, draft(contract, DAY, sale("c", "3.00"))).release();

    assertThat(rows(contract, before)).containsExactly("2010-12-01 a 1.00", "2010-12-02 b 2.00");
    assertThat(rows(contract, after)).containsExactly("2010-12-01 c 3.00", "2010-12-02 b 2.00");
  }

  @Test
  void givesEqualRowsAnEqualContentHashWhateverTheirOrderAndCountsEqualRows() {
    TableContract contract = Contracts.sales("hashed");
    String one = hash(contract, sale("a", "1.00"), sale("b", "2.00"));
    String other = hash(contract, sale("b", "2.00"), sale("a", "1.00"));
    String twice =
        hash(contract, sale("a", "1.00"), sale("b", "2.00"), sale("b", "2.00"), sale("b", "2.00"));

    assertThat(one).isEqualTo(other).isNotEqualTo(twice);
  }

  @Test
  void publishesADayWithoutRows() {
    TableContract contract = Contracts.sales("empty");
    publish(DAY, draft(contract, DAY, sale("a", "1.00")));

    Release emptied = publish(DAY, draft(contract, DAY)).release();

    assertThat(rows(contract, emptied)).isEmpty();
  }

  @Test
  void refusesRowsOfAnotherDayBeforeAnythingIsVisible() {
    TableContract contract = Contracts.sales("misplaced");
    Dataset<Row> other =
        data(sale("a", "1.00")).withColumn("day", lit(DAY.plusDays(1)).cast("date"));

    AssayException refusal = refused(DAY, new Draft(contract, DAY, other, List.of()));

    assertThat(refusal)
        .hasMessageContaining("a file for test.misplaced/2010-12-01 holds rows of day 2010-12-02");
    assertThat(log().latest()).isEmpty();
  }

  @Test
  void refusesRowsWhoseTypesAreNotTheContracts() {
    TableContract contract = Contracts.sales("mistyped");
    Dataset<Row> texts = data(sale("a", "1.00")).withColumn("amount", col("amount").cast("string"));

    AssayException refusal =
        refused(DAY, new Draft(contract, DAY, texts.withColumn("day", lit(DAY)), List.of()));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("amount:string").hasMessageContaining("decimal(12,2)");
  }

  @Test
  void refusesALakeOfANewerLayout() throws IOException {
    Path format = folder.resolve("_assay/format");
    Files.createDirectories(format.getParent());
    Files.writeString(format, "99\n");

    AssayException refusal =
        catchThrowableOfType(
            AssayException.class, () -> runner(Contracts.pipeline(Contracts.sales("sales"))));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("has layout '99', this Assay knows layout");
    assertThat(Files.readString(format)).isEqualTo("99\n");
  }

  @Test
  void recordsADayWithoutData() {
    TableContract contract = Contracts.sales("sales");
    FakeStage noFile =
        new FakeStage(
            Stage.GOLD,
            run -> {
              throw new AssayException(ExitCode.NO_DATA, "no file");
            });
    StageRunner runner = runner(Contracts.pipeline(contract));

    AssayException noData =
        catchThrowableOfType(
            AssayException.class, () -> runner.run(noFile, DAY, Set.of(), "run-1"));

    assertThat(noData.exitCode()).isEqualTo(ExitCode.NO_DATA);
    assertThat(outcomes(DAY)).containsExactly("sales 1 no-data");
  }

  private String hash(TableContract contract, Row... sales) {
    return publish(DAY, draft(contract, DAY, sales))
        .published()
        .get(new TableDay(contract.name(), DAY))
        .contentHash();
  }

  private StageResult publish(LocalDate day, Draft... drafts) {
    return runner(pipelineOf(drafts))
        .run(new FakeStage(Stage.GOLD, run -> List.of(drafts)), day, Set.of(), "run-1");
  }

  private AssayException refused(LocalDate day, Draft... drafts) {
    return catchThrowableOfType(AssayException.class, () -> publish(day, drafts));
  }

  private static PipelineConfig pipelineOf(Draft... drafts) {
    return Contracts.pipeline(
        List.of(drafts).stream().map(Draft::contract).toArray(TableContract[]::new));
  }

  private StageRunner runner(PipelineConfig pipeline) {
    return new StageRunner(spark, TestSpark.config(folder.toString(), pipeline));
  }

  private Draft draft(TableContract contract, LocalDate day, Row... sales) {
    return new Draft(contract, day, data(sales).withColumn("day", lit(day)), List.of());
  }

  private Dataset<Row> data(Row... sales) {
    return spark.createDataFrame(List.of(sales), SALE);
  }

  private static Row sale(@org.jspecify.annotations.Nullable String id, String amount) {
    return RowFactory.create(id, new BigDecimal(amount), false);
  }

  private static Row duplicate(String id, String amount) {
    return RowFactory.create(id, new BigDecimal(amount), true);
  }

  private List<String> rows(TableContract contract, Release release) {
    Release.TableVersion version = release.tables().get(contract.name().table());
    return texts(
        new DeltaTables(spark, lake)
            .read(TableLayout.of(contract), version == null ? -1 : version.version())
            .orderBy("day", "id"));
  }

  private List<String> quarantine(TableContract contract) {
    return texts(
        spark
            .read()
            .format("delta")
            .load(folder + "/quarantine/test/" + contract.name().table())
            .orderBy(col("record").desc()));
  }

  private static List<String> texts(Dataset<Row> rows) {
    List<String> texts = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      texts.add(
          IntStream.range(0, row.size())
              .mapToObj(i -> text(row.get(i)))
              .collect(Collectors.joining(" ")));
    }
    return texts;
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof scala.collection.Iterable<?> values
        ? scala.jdk.javaapi.CollectionConverters.asJava(values).toString()
        : String.valueOf(value);
  }

  private ReleaseLog log() {
    return new ReleaseLog(lake, "test");
  }

  private List<String> outcomes(LocalDate day) {
    return new Ledger(lake)
        .records("test", day).stream()
            .flatMap(
                record ->
                    record.entries().stream()
                        .filter(entry -> !entry.outcome().isEmpty())
                        .map(entry -> record.table() + " " + entry.token() + " " + entry.outcome()))
            .toList();
  }
}
