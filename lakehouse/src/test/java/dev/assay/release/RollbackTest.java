package dev.assay.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.StageRunner;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.Draft;
import dev.assay.table.TableLayout;
import dev.assay.table.TableVersions;
import dev.assay.testing.Contracts;
import dev.assay.testing.FakeStage;
import dev.assay.testing.Lakes;
import dev.assay.testing.Sales;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Going back to an older release, on a folder and on MinIO. */
class RollbackTest {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final LocalDate SECOND = FIRST.plusDays(1);

  private final SparkSession spark = TestSpark.session();
  private final TableContract orders = Contracts.sales("orders");
  private final TableContract sales = Contracts.sales("sales");
  @TempDir private Path folder;
  private String root = "";

  @ParameterizedTest
  @ValueSource(strings = {"folder", "minio"})
  void bringsBackEveryTableOfAReleaseAndWhatItsLedgerKnew(String where) {
    root = where.equals("minio") ? Lakes.newRoot() : folder.toString();
    publish(FIRST, "a");
    Release good = publish(SECOND, "b");
    LedgerState before = ledger().state();
    publish(FIRST, "wrong");
    publish(SECOND, "wrong");
    publish(SECOND.plusDays(1), "wrong, too");

    Release restored = rollback(good.number()).orElseThrow();

    assertThat(restored.number()).isEqualTo(6);
    assertThat(restored.restores()).isEqualTo(good.number());
    for (TableContract table : List.of(orders, sales)) {
      assertThat(rows(table, restored))
          .isEqualTo(rows(table, good))
          .containsExactly("2010-12-01 a", "2010-12-02 b");
    }
    LedgerState after = ledger().state();
    for (LocalDate day : List.of(FIRST, SECOND)) {
      TableDay tableDay = new TableDay(sales.name(), day);
      assertThat(after.published(tableDay).orElseThrow().contentHash())
          .isEqualTo(before.published(tableDay).orElseThrow().contentHash());
      assertThat(after.published(tableDay).orElseThrow().basis())
          .isEqualTo(before.published(tableDay).orElseThrow().basis());
    }
    assertThat(after.published(new TableDay(sales.name(), SECOND.plusDays(1)))).isEmpty();
  }

  @Test
  void isBuiltOnByTheNextRunAndCanItselfBeGoneBackFrom() {
    root = folder.toString();
    Release first = publish(FIRST, "a");
    Release second = publish(FIRST, "b");
    rollback(first.number());

    Release next = publish(SECOND, "c");
    assertThat(rows(sales, next)).containsExactly("2010-12-01 a", "2010-12-02 c");

    Release again = rollback(second.number()).orElseThrow();
    assertThat(rows(sales, again)).containsExactly("2010-12-01 b");
    assertThat(rows(sales, publish(FIRST, "d"))).containsExactly("2010-12-01 d");
  }

  @Test
  void leavesADayWhoseFilesStayToOneFileForWhoeverReadsOrReplacesIt() {
    root = folder.toString();
    Release first = publish(FIRST, "a");
    Release second = publish(SECOND, "c");
    publish(FIRST, "b");
    rollback(second.number());

    // The first day's file is back by another attempt than that of release 1, and stays.
    Release again = rollback(first.number()).orElseThrow();

    assertThat(rows(sales, again)).containsExactly("2010-12-01 a");
    assertThat(rows(sales, publish(FIRST, "d"))).containsExactly("2010-12-01 d");
    assertThat(files(sales, again)).as("as commits and marts read it").hasSize(1);
  }

  @Test
  void bringsBackFilesThatStayOnceTheLogIsSummedUp() {
    root = folder.toString();
    Release first = publish(Map.of(sales, "a"), FIRST);
    publish(Map.of(sales, "b"), FIRST);
    Release last = rollback(first.number()).orElseThrow();
    while (lake().files("gold/test/sales/_delta_log").stream()
        .noneMatch(file -> file.path().endsWith(".checkpoint.parquet"))) {
      last = publish(Map.of(sales, last.number() + ""), SECOND);
    }

    assertThat(rows(sales, last)).first().isEqualTo("2010-12-01 a");
    assertThat(files(sales, last)).hasSize(2);
    assertThat(rows(sales, publish(Map.of(sales, "d"), FIRST))).first().isEqualTo("2010-12-01 d");
  }

  @Test
  void bringsBackATableThatARollbackDropped() {
    root = folder.toString();
    Release alone = publish(Map.of(orders, "a"), FIRST);
    Release both = publish(FIRST, "b");
    LedgerState before = ledger().state();
    rollback(alone.number());

    Release restored = rollback(both.number()).orElseThrow();

    assertThat(restored.tables()).containsOnlyKeys("orders", "sales");
    assertThat(rows(orders, restored)).containsExactly("2010-12-01 b");
    assertThat(rows(sales, restored)).containsExactly("2010-12-01 b");
    TableDay tableDay = new TableDay(sales.name(), FIRST);
    assertThat(ledger().state().published(tableDay).orElseThrow().contentHash())
        .isEqualTo(before.published(tableDay).orElseThrow().contentHash());
    assertThat(rows(sales, publish(FIRST, "c"))).containsExactly("2010-12-01 c");
  }

  @Test
  void dropsATableThatTheReleaseDidNotHave() {
    root = folder.toString();
    Release alone = publish(Map.of(orders, "a"), FIRST);
    publish(FIRST, "b");

    Release restored = rollback(alone.number()).orElseThrow();

    assertThat(restored.tables()).containsOnlyKeys("orders");
    assertThat(rows(orders, restored)).containsExactly("2010-12-01 a");
    assertThat(rows(sales, publish(SECOND, "c"))).containsExactly("2010-12-02 c");
  }

  @Test
  void hasNothingToDoWhereNothingChanged() {
    root = folder.toString();
    Release only = publish(FIRST, "a");

    assertThat(rollback(only.number())).isEmpty();
    assertThat(log().latest()).contains(only);
  }

  @Test
  void refusesAReleaseThatIsNotThere() {
    root = folder.toString();
    publish(FIRST, "a");

    AssayException refusal = catchThrowableOfType(AssayException.class, () -> rollback(7));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("test has no release 7");
  }

  @Test
  void saysThatAReleaseWhoseFilesAreGoneExpiredAndChangesNothing() {
    root = folder.toString();
    Release first = publish(FIRST, "a");
    String file =
        lake().tree("gold/test/sales").stream()
            .filter(path -> path.startsWith("day=2010-12-01"))
            .findFirst()
            .orElseThrow();
    Release second = publish(FIRST, "b");
    lake().delete("gold/test/sales/" + file);

    AssayException expired =
        catchThrowableOfType(AssayException.class, () -> rollback(first.number()));

    assertThat(expired.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(expired).hasMessageContaining("release 1 expired: test.sales lacks 1 of its files");
    assertThat(log().latest()).contains(second);
  }

  @Test
  void isCompletedByTheNextRunWhereItDiedBeforeItWasSealed() {
    root = folder.toString();
    Release first = publish(FIRST, "a");
    publish(FIRST, "b");
    rollback(first.number());
    lake().delete("_assay/releases/test/0000000003-sealed.json");
    lake().delete("_assay/ledger/test/0000000003-published.json");

    Release next = publish(SECOND, "c");

    assertThat(next.number()).isEqualTo(4);
    assertThat(rows(sales, next)).containsExactly("2010-12-01 a", "2010-12-02 c");
    assertThat(log().sealed(3).orElseThrow().restores()).isEqualTo(1);
  }

  private Release publish(LocalDate day, String id) {
    return publish(Map.of(orders, id, sales, id), day);
  }

  private Release publish(Map<TableContract, String> ids, LocalDate day) {
    FakeStage stage =
        new FakeStage(
            Stage.GOLD,
            run -> {
              List<Draft> drafts = new ArrayList<>();
              ids.forEach(
                  (table, id) -> drafts.add(Sales.draft(spark, table, day, Map.of(id, "1.00"))));
              return drafts;
            });
    StageRunner runner = Sales.runner(root, ids.keySet().toArray(TableContract[]::new));
    return runner.run(stage, day, Set.of(), false, id(ids)).release();
  }

  private static String id(Map<TableContract, String> ids) {
    return String.join("-", ids.values());
  }

  private java.util.Optional<Release> rollback(long number) {
    return new Rollback(lake(), "test").to(number, "rollback");
  }

  private List<String> rows(TableContract table, Release release) {
    TableLayout layout = TableLayout.of(table);
    long version = Objects.requireNonNull(release.tables().get(table.name().table())).version();
    return new DeltaTables(spark, lake())
        .read(layout, version).orderBy("day", "id").collectAsList().stream()
            .flatMap(row -> Stream.of(row.getDate(0) + " " + row.getString(1)))
            .toList();
  }

  private List<String> files(TableContract table, Release release) {
    TableLayout layout = TableLayout.of(table);
    long version = Objects.requireNonNull(release.tables().get(table.name().table())).version();
    return new TableVersions(lake())
        .files(layout, version).values().stream().flatMap(List::stream).toList();
  }

  private LakeStore lake() {
    return root.startsWith("s3a")
        ? Lakes.lake(root)
        : new LakeStore(root, spark.sessionState().newHadoopConf());
  }

  private Ledger ledger() {
    return Ledger.of(lake(), "test");
  }

  private ReleaseLog log() {
    return new ReleaseLog(lake(), "test");
  }
}
