package dev.assay.release;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.audit.AuditReport;
import dev.assay.audit.RowAccount;
import dev.assay.checks.Severity;
import dev.assay.checks.TableDayCheck;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.StageRunner;
import dev.assay.ledger.Basis;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.OutcomeKind;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.Draft;
import dev.assay.table.TableCommits;
import dev.assay.table.TableLayout;
import dev.assay.table.WrittenFiles;
import dev.assay.testing.Contracts;
import dev.assay.testing.FakeStage;
import dev.assay.testing.Lakes;
import dev.assay.testing.Sales;
import dev.assay.testing.TestSpark;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fencing, intents and releases, on a real store. */
class PublicationOnMinioTest {
  private static final Executor OWN_THREAD = task -> new Thread(task).start();

  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);
  private static final String DATE = DAY.toString();

  /** Where the writing of an id's rows waits; static, since Spark carries functions by copying. */
  private static final Map<String, Gate> GATES = new ConcurrentHashMap<>();

  private record Gate(CountDownLatch writing, CountDownLatch mayGoOn) {
    static Gate at(String id) {
      return GATES.computeIfAbsent(
          id, key -> new Gate(new CountDownLatch(1), new CountDownLatch(1)));
    }
  }

  private final SparkSession spark = TestSpark.session();
  private final TableContract contract = Contracts.sales("sales");
  private final TableLayout layout = TableLayout.of(contract);
  private String root = "";
  private StageRunner runner;
  private DeltaTables tables;
  private TableCommits commits;
  private ReleaseLog log;

  @BeforeEach
  void openLake() {
    root = Lakes.newRoot();
    runner = Sales.runner(root, contract);
    LakeStore lake = new LakeStore(root, spark.sessionState().newHadoopConf());
    tables = new DeltaTables(spark, lake);
    commits = new TableCommits(lake);
    log = new ReleaseLog(lake, "test");
  }

  @Test
  void refusesASlowAttemptAfterANewerOnePublished() {
    CompletableFuture<AssayException> older =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowableOfType(
                    AssayException.class,
                    () -> runner.run(gated(contract, "older"), DAY, Set.of(), false, "older")),
            OWN_THREAD);
    await(Gate.at("older").writing());
    runner.run(Sales.day(contract, DAY, "newer"), DAY, Set.of(), false, "newer");
    Gate.at("older").mayGoOn().countDown();
    AssayException refusal = older.join();

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.FENCED);
    assertThat(ids()).containsExactly("newer");
  }

  @Test
  void completesAnIntentThatADeadRunLeftBetweenItsCommits() {
    runner.run(Sales.day(contract, DAY, "before"), DAY, Set.of(), false, "first");
    TableContract other = Contracts.sales("other");
    TableLayout otherLayout = TableLayout.of(other);
    tables.ensure(otherLayout, Map.of(), "{}");
    Intent.Replacement ours = replacement("sales", write("after").actions());
    Intent.Replacement theirs =
        replacement("other", tables.write(otherLayout, DATE, rows("other")).actions());
    log.decide(
        new Intent(
            2,
            "test",
            Stage.GOLD,
            null,
            "dead",
            5,
            "classes",
            Instant.now(),
            List.of(ours, theirs),
            List.of(),
            List.of()));
    // The run committed its first table, then died; readers have release 1 whole.
    commits.commit(layout, Map.of(DATE, ours.files()), 5, "{}");
    assertThat(log.latest().orElseThrow().number()).isEqualTo(1);
    assertThat(ids()).containsExactly("before");

    ReleasePublisher publisher =
        new ReleasePublisher(
            log,
            commits,
            Ledger.of(new LakeStore(root, spark.sessionState().newHadoopConf()), "test"),
            "test");
    Release completed = publisher.latestCompleted().orElseThrow();

    assertThat(completed.number()).isEqualTo(2);
    assertThat(completed.tables()).containsOnlyKeys("sales", "other");
    assertThat(ids()).containsExactly("after");
    assertThat(publisher.latestCompleted().orElseThrow()).isEqualTo(completed);
  }

  @Test
  void readersSeeNothingOfAPublicationThatIsRefused() {
    TableContract checked =
        Contracts.sales("sales", new TableDayCheck.RowCount("none", Severity.FAIL, null, 0L));
    runner.run(Sales.day(contract, DAY, "before"), DAY, Set.of(), false, "first");
    long version = commits.newestVersion(layout);
    Set<String> seen = ConcurrentHashMap.newKeySet();
    AtomicBoolean goOn = new AtomicBoolean(true);
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(
            () -> {
              int polls = 0;
              await(Gate.at("refused").writing());
              while (goOn.get()) {
                // By the release, and past it, as a reader who knows only Delta would.
                seen.add(ids() + " and " + idsAt(commits.newestVersion(layout)));
                if (++polls == 2) {
                  Gate.at("refused").mayGoOn().countDown();
                }
              }
              return polls;
            },
            OWN_THREAD);

    AssayException refusal =
        catchThrowableOfType(
            AssayException.class,
            () ->
                Sales.runner(root, checked)
                    .run(gated(checked, "refused"), DAY, Set.of(), false, "second"));
    goOn.set(false);

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(commits.newestVersion(layout)).isEqualTo(version);
    assertThat(reader.join()).isGreaterThan(2);
    assertThat(seen).containsExactly("[before] and [before]");
  }

  @Test
  void findsTheReleaseOfATime() {
    Release first = runner.run(Sales.day(contract, DAY, "a"), DAY, Set.of(), false, "1").release();
    Release second = runner.run(Sales.day(contract, DAY, "b"), DAY, Set.of(), false, "2").release();

    assertThat(log.asOf(first.sealedAt().minusMillis(1))).isEmpty();
    assertThat(log.asOf(first.sealedAt())).contains(first);
    assertThat(log.asOf(second.sealedAt().minusMillis(1))).contains(first);
    assertThat(log.asOf(Instant.now())).contains(second);
  }

  /** A day whose rows, once they are being written, wait until they may go on. */
  private FakeStage gated(TableContract of, String id) {
    UDF1<String, String> gate =
        value -> {
          Gate.at(id).writing().countDown();
          await(Gate.at(id).mayGoOn());
          return value;
        };
    return new FakeStage(
        Stage.GOLD,
        run -> {
          Draft draft = Sales.draft(spark, of, DAY, Map.of(id, "1.00"));
          Column gated = udf(gate, DataTypes.StringType).asNondeterministic().apply(col("id"));
          return List.of(new Draft(of, DAY, draft.rows().withColumn("id", gated)));
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private WrittenFiles write(String id) {
    return tables.write(layout, DATE, rows(id));
  }

  private Dataset<Row> rows(String id) {
    return Sales.draft(spark, contract, DAY, Map.of(id, "1.00"))
        .rows()
        .select("day", "id", "amount");
  }

  private Intent.Replacement replacement(String table, List<String> files) {
    RowAccount account = new RowAccount(1, 1, 0, 0, Map.of());
    return new Intent.Replacement(
        Stage.GOLD,
        table,
        DAY,
        files,
        OutcomeKind.PUBLISHED,
        "published",
        new AuditReport(account, List.of(), Map.of(), "1-0-0", Map.of()),
        Map.of(),
        new Basis("test", new TreeMap<>()),
        null);
  }

  private List<String> ids() {
    return idsAt(log.latest().orElseThrow().tables().get("sales").version());
  }

  private List<String> idsAt(long version) {
    return tables.read(layout, version).collectAsList().stream()
        .map(row -> row.getString(row.fieldIndex("id")))
        .toList();
  }
}
