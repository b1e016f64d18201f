package dev.assay.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.concurrent.Concurrently;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.LakeStore;
import dev.assay.testing.Contracts;
import dev.assay.testing.Lakes;
import dev.assay.testing.Sales;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is expected of Delta's own transaction, on a real store. */
class DeltaTablesTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);
  private static final String DATE = DAY.toString();

  private final SparkSession spark = TestSpark.session();
  private final TableContract contract = Contracts.sales("sales");
  private final TableLayout layout = TableLayout.of(contract);
  private String root = "";
  private DeltaTables tables;
  private TableCommits commits;

  @BeforeEach
  void openLake() {
    root = Lakes.newRoot();
    Sales.runner(root, contract);
    LakeStore lake = new LakeStore(root, spark.sessionState().newHadoopConf());
    tables = new DeltaTables(spark, lake);
    commits = new TableCommits(lake);
    tables.ensure(layout, Map.of(), "{}");
  }

  @Test
  void showsNothingOfWhatIsWrittenUntilItIsCommitted() {
    long before = commits.newestVersion(layout);

    List<String> files = write(DAY, "hidden").actions();

    assertThat(commits.newestVersion(layout)).isEqualTo(before);
    assertThat(ids()).isEmpty();
    commits.commit(layout, Map.of(DATE, files), 1, "{}");
    assertThat(ids()).containsExactly("hidden");
  }

  @Test
  void readsNamedFilesAloneAndTellsTheirDays() {
    List<String> first = write(DAY, "first").actions();
    List<String> second = write(DAY.plusDays(1), "second").actions();
    write(DAY.plusDays(2), "unnamed");
    StructType wider = layout.schema().add("added", "string");

    Dataset<Row> rows =
        tables.read(layout, wider, Stream.concat(first.stream(), second.stream()).toList());

    assertThat(rows.columns()).isEqualTo(wider.fieldNames());
    assertThat(rows.orderBy("day").select("day", "id", "added").collectAsList())
        .containsExactly(
            RowFactory.create(Date.valueOf(DAY), "first", null),
            RowFactory.create(Date.valueOf(DAY.plusDays(1)), "second", null));
    assertThat(rows.where(col("day").gt(lit(DAY))).select("id").collectAsList())
        .as("a filter that no row is asked for")
        .containsExactly(RowFactory.create("second"));
    assertThat(tables.read(layout, wider, List.of()).collectAsList()).isEmpty();
  }

  @Test
  void letsTheNewerAttemptThroughWhenTheOlderCommitsFirst() {
    List<String> older = write(DAY, "older").actions();
    List<String> newer = write(DAY, "newer").actions();

    assertThat(commits.commit(layout, Map.of(DATE, older), 1, "{}")).isPresent();
    assertThat(commits.commit(layout, Map.of(DATE, newer), 2, "{}")).isPresent();

    assertThat(ids()).containsExactly("newer");
    assertThat(commits.fence(layout, List.of(DATE))).isEqualTo(2);
  }

  @Test
  void commitsTheSameAttemptOnlyOnce() {
    List<String> files = write(DAY, "once").actions();

    Optional<Long> first = commits.commit(layout, Map.of(DATE, files), 1, "{}");
    Optional<Long> second = commits.commit(layout, Map.of(DATE, files), 1, "{}");

    assertThat(second).isEqualTo(first);
    assertThat(ids()).containsExactly("once");
  }

  @Test
  void refusesToCommitBelowTheFence() {
    List<String> older = write(DAY, "older").actions();
    commits.commit(layout, Map.of(DATE, write(DAY, "newer").actions()), 2, "{}");

    assertThat(commits.commit(layout, Map.of(DATE, older), 1, "{}")).isEmpty();
    assertThat(ids()).containsExactly("newer");
  }

  @Test
  void settlesManyAttemptsAtOneDayThatCommitAtOnce() {
    List<List<String>> files =
        List.of("1", "2", "3", "4").stream().map(id -> write(DAY, id).actions()).toList();

    Concurrently.map(
        List.of(1, 2, 3, 4),
        4,
        token -> commits.commit(layout, Map.of(DATE, files.get(token - 1)), token, "{}"));

    assertThat(ids()).as("the newest wins, whoever came first").containsExactly("4");
  }

  @Test
  void commitsDifferentDaysSideBySide() {
    List<Optional<Long>> versions =
        Concurrently.map(
            List.of(0, 1, 2, 3),
            4,
            n -> {
              LocalDate day = DAY.plusDays(n);
              List<String> files = write(day, "day-" + n).actions();
              return commits.commit(layout, Map.of(day.toString(), files), 1, "{}");
            });

    assertThat(versions).allSatisfy(commit -> assertThat(commit).isPresent());
    assertThat(ids()).containsExactly("day-0", "day-1", "day-2", "day-3");
  }

  @Test
  void refusesRowsWhoseTypesAreNotTheTables() {
    Dataset<Row> wrong = rows(DAY, "1").withColumn("amount", lit("1.00"));

    AssayException refusal =
        catchThrowableOfType(AssayException.class, () -> tables.write(layout, DATE, wrong));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("its contract says").hasMessageContaining("decimal");
  }

  @Test
  void refusesAnotherDaysRows() {
    AssayException refusal =
        catchThrowableOfType(
            AssayException.class, () -> tables.write(layout, DATE, rows(DAY.plusDays(1), "stray")));

    assertThat(refusal).hasMessageContaining("holds rows of day 2010-12-02");
  }

  @Test
  void keepsWhatACommitSaysOfItself() throws IOException {
    long version =
        commits
            .commit(layout, Map.of(DATE, write(DAY, "noted").actions()), 1, "{\"run\":\"r1\"}")
            .orElseThrow();

    String commit = String.format(Locale.ROOT, "gold/test/sales/_delta_log/%020d.json", version);
    byte[] bytes = Lakes.lake(root).read(commit).orElseThrow();
    ObjectMapper json = new ObjectMapper();
    List<String> notes =
        new String(bytes, StandardCharsets.UTF_8)
            .lines()
            .map(line -> noteOf(json, line))
            .filter(note -> !note.isEmpty())
            .toList();
    assertThat(notes).containsExactly("{\"run\":\"r1\"}");
  }

  @Test
  void createsATableOnceWhenManyTry() {
    TableLayout fresh = TableLayout.of(Contracts.sales("fresh"));

    Concurrently.map(
        List.of(1, 2, 3, 4),
        4,
        n -> {
          tables.ensure(fresh, Map.of(), "{}");
          return n;
        });

    assertThat(commits.newestVersion(fresh)).isZero();
  }

  @Test
  void addsColumnsAtTheEndAndRefusesAnyOtherChange() {
    TableLayout wider = withSchema(layout.schema().add("note", "string"));
    TableLayout other = withSchema(StructType.fromDDL("day date, id int"));
    commits.commit(layout, Map.of(DATE, write(DAY, "a").actions()), 1, "{}");

    tables.ensure(wider, Map.of(), "{}");

    assertThat(tables.read(wider, commits.newestVersion(wider)).columns())
        .containsExactly("day", "id", "amount", "note");
    AssayException refusal =
        catchThrowableOfType(AssayException.class, () -> tables.ensure(other, Map.of(), "{}"));
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ids()).containsExactly("a");
  }

  @Test
  void writesADayThatLacksWhatAnotherDayAddedToAnOpenTable() {
    TableLayout open = open(layout.schema());
    TableLayout wider = open(layout.schema().add("note", "string"));
    tables.ensure(wider, Map.of(), "{}");
    tables.ensure(open, Map.of(), "{}");

    WrittenFiles written = tables.write(open, DATE, rows(DAY, "a"));
    commits.commit(open, Map.of(DATE, written.actions()), 1, "{}");

    Row row = tables.read(open, commits.newestVersion(open)).first();
    assertThat(row.schema().fieldNames()).containsExactly("day", "id", "amount", "note");
    assertThat(row.<String>getAs("note")).isNull();
  }

  @Test
  void refusesToAddToAnOpenTableAColumnThatIsThereInAnotherCaseOrType() {
    for (String other : List.of("ID string", "id int")) {
      TableLayout taken = open(StructType.fromDDL("day date, " + other));

      AssayException refusal =
          catchThrowableOfType(AssayException.class, () -> tables.ensure(taken, Map.of(), "{}"));

      assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
      assertThat(refusal).hasMessageContaining("'" + other + "' cannot be added");
    }
  }

  private TableLayout withSchema(StructType schema) {
    return new TableLayout(
        layout.name(), layout.folder(), layout.description(), layout.partitions(), schema);
  }

  private TableLayout open(StructType schema) {
    return new TableLayout(
        layout.name(), layout.folder(), layout.description(), layout.partitions(), schema, true);
  }

  private static String noteOf(ObjectMapper json, String line) {
    try {
      return json.readTree(line).path("commitInfo").path("userMetadata").asText();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private WrittenFiles write(LocalDate day, String id) {
    return tables.write(layout, day.toString(), rows(day, id));
  }

  private Dataset<Row> rows(LocalDate day, String id) {
    return Sales.draft(spark, contract, day, Map.of(id, "1.00"))
        .rows()
        .select("day", "id", "amount");
  }

  private List<String> ids() {
    return tables
        .read(layout, commits.newestVersion(layout))
        .orderBy("day", "id")
        .collectAsList()
        .stream()
        .map(row -> row.getString(row.fieldIndex("id")))
        .toList();
  }
}
