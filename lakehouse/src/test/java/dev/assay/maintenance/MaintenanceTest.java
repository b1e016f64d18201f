package dev.assay.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.AssayConfig;
import dev.assay.config.Derivation;
import dev.assay.config.LakeConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.Upkeep;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.job.StageRunner;
import dev.assay.model.ModelRecord;
import dev.assay.model.ModelStore;
import dev.assay.model.PromotionLog;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.release.Rollback;
import dev.assay.store.LakeStore;
import dev.assay.store.StoreSettings;
import dev.assay.store.StoredFile;
import dev.assay.table.DeltaTables;
import dev.assay.table.Draft;
import dev.assay.table.TableLayout;
import dev.assay.table.TableLog;
import dev.assay.table.TableVersions;
import dev.assay.testing.Contracts;
import dev.assay.testing.FakeStage;
import dev.assay.testing.Lakes;
import dev.assay.testing.Sales;
import dev.assay.testing.TestModels;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
  private static final Duration KEPT = Duration.ofHours(1);
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  private final SparkSession spark = TestSpark.session();
  private final TableContract orders = Contracts.sales("orders");
  private final TableContract sales = Contracts.sales("sales");
  private final TableContract learned = learned();
  @TempDir private Path folder;
  private String root = "";

  @BeforeEach
  void onAFolder() {
    root = folder.toString();
  }

  @Test
  void keepsWhatReleasesInRetentionNeedAndFreesTheRest() {
    root = Lakes.newRoot();
    keepsWhatReleasesInRetentionNeedAfter(8);
  }

  @Test
  @Tag("soak")
  void keepsWhatReleasesInRetentionNeedAfterAMonth() {
    keepsWhatReleasesInRetentionNeedAfter(30);
  }

  /** Every day a run that publishes it; every third day one that publishes the day before again. */
  private void keepsWhatReleasesInRetentionNeedAfter(int days) {
    String madeByNothing = "_assay/recipes/test/0123456789abcdef.json";
    lake().createIfAbsent(madeByNothing, new byte[0]);
    for (int day = 0; day < days; day++) {
      publish(today.minusDays(days - day), "a" + day);
      if (day % 3 == 0) {
        publish(today.minusDays(days - day + 1L), "b" + day);
      }
    }
    ReleaseLog log = log();
    long newest = log.latest().orElseThrow().number();
    long oldest = newest - 4;
    Instant now = log.existing(oldest + 1).sealedAt().plus(KEPT);
    Map<Long, List<String>> before = rows(oldest);
    long bytes = bytes();

    maintain(now);
    assertThat(rows(oldest)).isEqualTo(before);
    MaintenanceReport second = maintain(now);

    assertThat(rows(oldest)).as("every release in retention reads whole").isEqualTo(before);
    assertThat(bytes()).as("storage").isLessThan(bytes);
    assertThat(lake().exists(madeByNothing)).isFalse();
    assertThat(lake().tree("_assay/recipes/test")).as("what they were made by").hasSize(1);
    assertThat(second.tables()).allMatch(table -> table.removedFiles() > 0);
    AssayException expired =
        catchThrowableOfType(AssayException.class, () -> log.existing(oldest - 1));
    assertThat(expired.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(expired)
        .hasMessageContaining("release " + (oldest - 1) + " of test expired: it is older than");
    assertThat(catchThrowableOfType(AssayException.class, () -> log.asOf(Instant.EPOCH)))
        .hasMessageContaining("expired");
    assertThat(log.asOf(now.minus(KEPT)).orElseThrow().number()).isEqualTo(oldest + 1);

    Release restored = new Rollback(lake(), "test").to(oldest, "back").orElseThrow();
    assertThat(rows(restored)).isEqualTo(before.get(oldest));
    Release next = publish(today, "after");
    assertThat(next.number()).isEqualTo(newest + 2);
    assertThat(rows(next)).contains(today + " after").containsAll(before.get(oldest));
  }

  @Test
  void keepsWhatAModelWasLearnedFrom() {
    Release first = publish(today.minusDays(3), "a");
    Release scored =
        runner(Upkeep.PLAIN)
            .run(learnedFrom("sales"), today.minusDays(3), Set.of("learned"), false, "ml")
            .release();
    Release second = publish(today.minusDays(3), "b");
    Release third = publish(today.minusDays(3), "c");
    Instant now = third.sealedAt().plus(KEPT).plusSeconds(1);
    List<String> learnedFrom = rows(first, sales);
    List<String> others = rows(second, sales);
    assertThat(others).isNotEqualTo(learnedFrom);
    assertThat(scored.tables()).containsKey("learned");

    maintain(now);
    maintain(now);

    assertThat(rows(first, sales)).isEqualTo(learnedFrom);
    assertThat(files(first, orders)).as("orders were not learned from").isZero();
    assertThat(files(second, sales)).as("nor later sales").isZero();
    TableVersions commits = new TableVersions(lake());
    TableLayout layout = TableLayout.of(sales);
    commits.requireReadable(layout, version(first, sales));
    AssayException expired =
        catchThrowableOfType(
            AssayException.class, () -> commits.requireReadable(layout, version(second, sales)));
    assertThat(expired.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(expired).hasMessageContaining("of test.sales expired");
  }

  /** As where a version that was champion of no day for long is one again. */
  @Test
  void goesOnWhereWhatAModelWasLearnedFromIsGone() {
    Release last = publish(today.minusDays(3), "a0");
    for (int again = 1; again < 12; again++) {
      last = publish(today.minusDays(3), "a" + again);
    }
    Instant now = last.sealedAt().plus(KEPT).plusSeconds(1);
    maintain(now);
    maintain(now);
    assertThat(new TableLog(lake(), TableLayout.of(sales)).has(0)).as("it was trimmed").isFalse();
    keep(today.minusDays(3), "sales", 0);

    MaintenanceReport report = maintain(now);

    assertThat(report.tables()).extracting(MaintainedTable::table).contains("test.sales");
    assertThat(rows(last, sales)).containsExactly(today.minusDays(3) + " a11");
  }

  @Test
  void takesAwayTableDaysPastTheirRetentionAndDoesNotMakeThemAgain() {
    for (int day = 5; day > 0; day--) {
      publish(today.minusDays(day), "d" + day);
    }

    MaintenanceReport report =
        new Maintenance(spark, config(KEPT, new Upkeep(3, null, List.of())))
            .run(Instant.now(), "nightly");

    assertThat(report.withdrawnDays()).isEqualTo(2);
    Release newest = log().latest().orElseThrow();
    assertThat(rows(newest, sales))
        .containsExactly(
            today.minusDays(3) + " d3", today.minusDays(2) + " d2", today.minusDays(1) + " d1");
    assertThat(rows(newest, orders)).hasSize(5);
    AssayException tooOld =
        catchThrowableOfType(
            AssayException.class,
            () ->
                runner(new Upkeep(3, null, List.of()))
                    .run(
                        Sales.day(sales, today.minusDays(5), "x"),
                        today.minusDays(5),
                        Set.of("sales"),
                        false,
                        "late"));
    assertThat(tooOld.exitCode()).isEqualTo(ExitCode.NO_DATA);
    assertThat(tooOld).hasMessageContaining("past its retention of 3 days");
  }

  @Test
  void putsTheFilesOfADayTogetherOnce() {
    publish(today, "a");
    List<Draft> parts =
        List.of(Sales.draft(spark, sales, today, Map.of("b", "1.00", "c", "2.00", "d", "3.00")));
    FakeStage stage =
        new FakeStage(
            Stage.GOLD,
            run ->
                parts.stream()
                    .map(draft -> new Draft(sales, today, draft.rows().repartition(3)))
                    .toList());
    Release many = runner(Upkeep.PLAIN).run(stage, today, Set.of("sales"), false, "many").release();
    List<String> before = rows(many, sales);
    assertThat(files(many, sales)).isGreaterThan(1);

    MaintenanceReport first = maintain(Instant.now());
    MaintenanceReport second = maintain(Instant.now());

    assertThat(first.tables())
        .filteredOn(table -> table.table().equals("test.sales"))
        .extracting(MaintainedTable::compactedDays)
        .containsExactly(1);
    assertThat(second.tables()).allMatch(table -> table.compactedDays() == 0);
    assertThat(rows(many, sales)).isEqualTo(before);
    Release next = publish(today.minusDays(1), "later");
    assertThat(rows(next, sales)).containsAll(before);
  }

  @Test
  void removesRejectedRowsOfAnAttemptThatEndedBeforeItsTableWasMade() {
    publish(today, "a");
    LakeStore lake = new LakeStore(root, spark.sessionState().newHadoopConf());
    String left = "quarantine/test/sales/table_day=2010-12-01/attempt=1/part-00000-x.zstd.parquet";
    lake.overwrite(left, new byte[] {1, 2, 3});

    MaintenanceReport report = maintain(Instant.now());

    assertThat(lake.exists(left)).isFalse();
    assertThat(report.tables())
        .filteredOn(table -> table.table().equals("test.sales (quarantine)"))
        .extracting(MaintainedTable::removedFiles)
        .containsExactly(1L);
  }

  private MaintenanceReport maintain(Instant now) {
    return new Maintenance(spark, config(KEPT, Upkeep.PLAIN)).run(now, "nightly");
  }

  private static TableContract learned() {
    TableContract plain = Contracts.sales("learned");
    return new TableContract(
        plain.name(),
        Stage.ML,
        plain.description(),
        plain.partition(),
        plain.key(),
        plain.columns(),
        new Derivation.Modelled("model"),
        plain.checks(),
        plain.totals(),
        plain.controls(),
        Upkeep.PLAIN,
        null);
  }

  private static TableContract kept(TableContract plain, Upkeep upkeep) {
    return new TableContract(
        plain.name(),
        plain.stage(),
        plain.description(),
        plain.partition(),
        plain.key(),
        plain.columns(),
        plain.derivation(),
        plain.checks(),
        plain.totals(),
        plain.controls(),
        upkeep,
        null);
  }

  private AssayConfig config(Duration releases, Upkeep ofSales) {
    PipelineConfig plain = Contracts.pipeline(orders, kept(sales, ofSales), learned);
    PipelineConfig pipeline =
        new PipelineConfig(
            plain.name(),
            plain.description(),
            plain.owner(),
            plain.start(),
            plain.feeds(),
            plain.tables(),
            Map.of("model", TestModels.config("model", List.of("sales"), List.of("learned"))),
            plain.stages(),
            Map.of());
    AssayConfig config =
        root.startsWith("s3a") ? Sales.config(root) : TestSpark.config(root, pipeline);
    StoreSettings.of(config.store()).forEach((key, value) -> spark.conf().set(key, value));
    return new AssayConfig(
        config.environment(),
        new LakeConfig(root, root + "/landing", releases, Duration.ZERO),
        config.store(),
        config.session(),
        config.tracking(),
        pipeline,
        config.text());
  }

  private StageRunner runner(Upkeep ofSales) {
    return new StageRunner(spark, config(KEPT, ofSales));
  }

  /** A stage that learns from a table, and is the same whenever it is looked at. */
  private StageJob learnedFrom(String input) {
    return new StageJob() {
      @Override
      public Stage stage() {
        return Stage.ML;
      }

      @Override
      public String transform(PipelineConfig pipeline, TableContract contract) {
        return "learned from " + input;
      }

      @Override
      public DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables) {
        DayDrafts drafts =
            new DayDrafts(
                List.of(new Draft(learned, day, run.inputs().days(input, day, day))), Map.of());
        keep(day, input, run.inputs().version(input));
        return drafts;
      }
    };
  }

  private void keep(LocalDate day, String input, long read) {
    SortedMap<String, ModelRecord.Input> inputs = new TreeMap<>();
    inputs.put(input, new ModelRecord.Input(read, day, day, 1, "same"));
    String version = day + "-1";
    new ModelStore(lake(), "test").keep(TestModels.record("test", "model", version, day, inputs));
    PromotionLog log = new PromotionLog(lake(), "test", "model");
    log.trained(TestModels.decision(day, version, version), log.champions());
  }

  private Release publish(LocalDate day, String id) {
    FakeStage stage =
        new FakeStage(
            Stage.GOLD,
            run ->
                List.of(
                    Sales.draft(spark, orders, day, Map.of(id, "1.00")),
                    Sales.draft(spark, sales, day, Map.of(id, "1.00"))));
    return runner(Upkeep.PLAIN).run(stage, day, Set.of(), false, id).release();
  }

  private Map<Long, List<String>> rows(long from) {
    Map<Long, List<String>> rows = new TreeMap<>();
    for (Release release : log().kept()) {
      if (release.number() >= from) {
        rows.put(release.number(), rows(release));
      }
    }
    return rows;
  }

  private List<String> rows(Release release) {
    List<String> all = new ArrayList<>(rows(release, orders));
    all.addAll(rows(release, sales));
    return all;
  }

  private List<String> rows(Release release, TableContract table) {
    return new DeltaTables(spark, lake())
            .read(TableLayout.of(table), version(release, table))
            .orderBy("day", "id")
            .collectAsList()
            .stream()
            .map(row -> row.getDate(0) + " " + row.getString(1))
            .toList();
  }

  /** How many files of a table's version are there. */
  private long files(Release release, TableContract table) {
    TableLayout layout = TableLayout.of(table);
    return new TableVersions(lake())
        .files(layout, version(release, table)).values().stream()
            .flatMap(List::stream)
            .filter(action -> lake().exists(layout.folder() + "/" + TableVersions.pathOf(action)))
            .count();
  }

  private static long version(Release release, TableContract table) {
    return Objects.requireNonNull(release.tables().get(table.name().table())).version();
  }

  private long bytes() {
    return Stream.of("gold", "_assay")
        .flatMap(folder -> lake().files(folder).stream())
        .mapToLong(StoredFile::length)
        .sum();
  }

  private LakeStore lake() {
    return root.startsWith("s3a")
        ? Lakes.lake(root)
        : new LakeStore(root, spark.sessionState().newHadoopConf());
  }

  private ReleaseLog log() {
    return new ReleaseLog(lake(), "test");
  }
}
