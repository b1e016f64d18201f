package dev.assay.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.config.AssayConfig;
import dev.assay.config.ExportFormat;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.config.Upkeep;
import dev.assay.error.AssayException;
import dev.assay.export.ExportedFile;
import dev.assay.feed.Landing;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageRunner;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.plan.Plan;
import dev.assay.plan.Planner;
import dev.assay.plan.Scope;
import dev.assay.plan.State;
import dev.assay.plan.TableDayStatus;
import dev.assay.release.ExpiredDays;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.release.Rollback;
import dev.assay.store.Existing;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableLayout;
import dev.assay.testing.Contracts;
import dev.assay.testing.FakeStage;
import dev.assay.testing.Sales;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sales of the last two days of November and the first of December, kept for 30 days. */
class ArchivingTest {
  private static final LocalDate THE_29TH = LocalDate.of(2010, 11, 29);
  private static final LocalDate THE_30TH = LocalDate.of(2010, 11, 30);
  private static final LocalDate DECEMBER = LocalDate.of(2010, 12, 1);

  /** The first day on which all of November is older than 30 days. */
  private static final LocalDate TODAY = LocalDate.of(2010, 12, 31);

  private static final String FOLDER = "archive/test/sales";
  private static final String NOVEMBER = "[2010-11-29,a,1.00]";

  private final SparkSession spark = TestSpark.session();
  private final TableContract sales =
      with(Contracts.sales("sales"), new Upkeep(null, 30, List.of()));
  private final TableContract totals = Contracts.salesFrom(List.of("sales"), "totals");
  private final PipelineConfig pipeline = Contracts.pipeline(sales, totals);
  @TempDir private Path folder;

  @Test
  void aWholeMonthLeavesTheTableForAFileOfItsOwn() throws IOException {
    publishThreeDays();

    assertThat(archiving().run(TODAY.minusDays(1), "too early")).isEmpty();
    ArchivedMonth done = archiving().run(TODAY, "monthly").get(0);

    assertThat(done.file()).matches(FOLDER + "/2010-11[.][0-9a-f-]{36}[.]parquet");
    assertThat(done).isEqualTo(november(done.file(), 2, 2, true));
    assertThat(texts(table())).containsExactly("[2010-12-01,a,1.00]");
    assertThat(texts(spark.read().parquet(folder.resolve(FOLDER) + "/*.parquet")))
        .containsExactly(NOVEMBER, "[2010-11-30,a,1.00]");
    assertThat(texts(withArchive()))
        .containsExactly(NOVEMBER, "[2010-11-30,a,1.00]", "[2010-12-01,a,1.00]");
    long newest = newest().number();
    assertThat(archiving().run(TODAY, "again")).isEmpty();
    assertThat(newest().number()).isEqualTo(newest);
  }

  @Test
  void whatWasKilledBeforeItTookDaysAwayIsGoneOnWith() throws IOException {
    publishThreeDays();
    String file = write(newest()).get(0).month().file();

    assertThat(texts(withArchive())).as("a row that is in both is there once").hasSize(3);
    assertThat(texts(table())).hasSize(3);
    assertThat(archiving().run(TODAY, "monthly")).containsExactly(november(file, 2, 2, false));
    assertThat(texts(table())).hasSize(1);
    assertThat(texts(withArchive())).hasSize(3);
  }

  @Test
  void aDayThatIsPublishedMeanwhileStaysUntilItsNewRowsAreWritten() throws IOException {
    publishThreeDays();
    List<Archiving.Written> found = write(newest());
    publish(THE_30TH, THE_30TH, "corrected");

    archiving().takeAway(found, "late");
    assertThat(texts(table()))
        .containsExactly("[2010-11-30,corrected,1.00]", "[2010-12-01,a,1.00]");

    ArchivedMonth done = archiving().run(TODAY, "monthly").get(0);
    assertThat(done).isEqualTo(november(done.file(), 1, 1, true));
    assertThat(texts(table())).containsExactly("[2010-12-01,a,1.00]");
    assertThat(texts(withArchive()))
        .containsExactly(NOVEMBER, "[2010-11-30,corrected,1.00]", "[2010-12-01,a,1.00]");
  }

  @Test
  void whoReadOlderRowsReplacesNoFileThatNewerOnesAreIn() throws IOException {
    publishThreeDays();
    Release older = newest();
    publish(THE_30TH, THE_30TH, "corrected");

    List<Archiving.Written> newer = write(newest());
    List<Archiving.Written> late = write(older);
    archiving().takeAway(newer, "newer");
    archiving().takeAway(late, "late");

    assertThat(texts(table())).containsExactly("[2010-12-01,a,1.00]");
    assertThat(texts(withArchive()))
        .containsExactly(NOVEMBER, "[2010-11-30,corrected,1.00]", "[2010-12-01,a,1.00]");
  }

  @Test
  void nothingLeavesTheTableForAFileThatHasOtherRows() throws IOException {
    publishThreeDays();
    List<Archiving.Written> written = write(newest());
    new ExportedFile(lake().path(written.get(0).month().file()), Existing.REPLACED, lake().conf())
        .write(ExportFormat.PARQUET, table().where("day = '2010-11-30'"));

    assertThatExceptionOfType(AssayException.class)
        .isThrownBy(() -> archiving().takeAway(written, "monthly"))
        .withMessageContaining("has other rows than the table");
    assertThat(texts(table())).hasSize(3);
  }

  @Test
  void whatWasWithdrawnSinceItWasArchivedIsNotReadFromItsFile() throws IOException {
    long published = publishThreeDays();
    archiving().run(TODAY, "monthly");
    new Rollback(lake(), "test").to(published, "back");

    withdrawOldDays();

    assertThat(texts(withArchive())).containsExactly("[2010-12-01,a,1.00]");
  }

  @Test
  void aRollbackToWhereDaysWereArchivedReadsThemFromTheirFile() throws IOException {
    long published = publishThreeDays();
    archiving().run(TODAY, "monthly");
    long archived = newest().number();
    new Rollback(lake(), "test").to(published, "back");
    withdrawOldDays();

    new Rollback(lake(), "test").to(archived, "and forth");

    assertThat(texts(table())).containsExactly("[2010-12-01,a,1.00]");
    assertThat(texts(withArchive())).hasSize(3);
  }

  @Test
  void filesOfOthersAreLetBe() throws IOException {
    publishThreeDays();
    Path notes = Files.createDirectories(folder.resolve(FOLDER)).resolve("2010-11.notes.parquet");
    Files.writeString(notes, "no Parquet");

    archiving().run(TODAY, "monthly");

    assertThat(texts(withArchive())).hasSize(3);
    assertThat(notes).hasContent("no Parquet");
  }

  @Test
  void whatAKillLeftGoesOnceItIsOlderThanFilesAreKept() throws IOException {
    publishThreeDays();
    Path old = Files.createDirectories(folder.resolve(FOLDER).resolve("old.tmp"));
    Path part = Files.writeString(old.resolve("part-0"), "half");
    Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(31, ChronoUnit.DAYS)));
    Path young = Files.writeString(folder.resolve(FOLDER).resolve(".young.tmp"), "half");

    archiving().run(TODAY, "monthly");

    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void anArchivedDayIsNotMadeAgainAndWhatWasMadeFromItStays() throws IOException {
    long published = publishThreeDays();
    String file = archiving().run(TODAY, "monthly").get(0).file();

    TableDayStatus archived = status(sales, THE_29TH);
    assertThat(archived.state()).isEqualTo(State.NO_DATA);
    assertThat(archived.why()).isEqualTo("archived in " + file);
    assertThat(status(totals, THE_29TH).state()).isEqualTo(State.CURRENT);
    assertThat(plan(THE_29TH, THE_29TH).steps()).isEmpty();

    new Rollback(lake(), "test").to(published, "back");
    assertThat(texts(withArchive())).as("back in the table, and in the archive").hasSize(3);
    archiving().run(TODAY, "monthly");
    assertThat(texts(table())).containsExactly("[2010-12-01,a,1.00]");
  }

  private long publishThreeDays() {
    return publish(THE_29TH, DECEMBER, "a").number();
  }

  /** Days with a sale each, all by one release. */
  private Release publish(LocalDate first, LocalDate last, String id) {
    FakeStage stage =
        new FakeStage(
            Stage.GOLD,
            (run, day, contracts) ->
                DayDrafts.of(
                    contracts, contract -> Sales.draft(spark, contract, day, Map.of(id, "1.00"))));
    StageRunner runner = new StageRunner(spark, config());
    return plan(first, last).batches().stream()
        .map(batch -> runner.run(stage, batch, false, id).release())
        .findFirst()
        .orElseThrow();
  }

  private Plan plan(LocalDate first, LocalDate last) {
    return planner().plan(new Scope(first, last, Set.of(Stage.GOLD), Set.of(), false), 3);
  }

  private TableDayStatus status(TableContract contract, LocalDate day) {
    return planner().status(new TableDay(contract.name(), day));
  }

  private Planner planner() {
    return new Planner(
        pipeline,
        Ledger.of(lake(), "test").state(),
        (feed, date) -> noLanding(),
        any -> UUID.randomUUID().toString());
  }

  private static Landing noLanding() {
    throw new IllegalStateException("these tables have no feed");
  }

  private static TableContract with(TableContract plain, Upkeep upkeep) {
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

  private void withdrawOldDays() {
    new ExpiredDays(lake(), Contracts.pipeline(with(sales, new Upkeep(30, null, List.of()))))
        .withdraw(TODAY, "withdrawal");
  }

  private static ArchivedMonth november(String file, int days, long rows, boolean written) {
    return new ArchivedMonth("test.sales", YearMonth.of(2010, 11), file, days, rows, written);
  }

  private List<Archiving.Written> write(Release release) throws IOException {
    return archiving().write(release, TODAY);
  }

  private Archiving archiving() {
    return new Archiving(spark, config());
  }

  private AssayConfig config() {
    return TestSpark.config(folder.toString(), pipeline);
  }

  private Dataset<Row> withArchive() {
    LedgerState known = Ledger.of(lake(), "test").asOf(newest().number());
    return new Archive(lake(), sales).with(table(), known, THE_29TH, DECEMBER);
  }

  /** What the newest release has. */
  private Dataset<Row> table() {
    long version = Objects.requireNonNull(newest().tables().get("sales")).version();
    return new DeltaTables(spark, lake()).read(TableLayout.of(sales), version);
  }

  private Release newest() {
    return new ReleaseLog(lake(), "test").latest().orElseThrow();
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private LakeStore lake() {
    return new LakeStore(folder.toString(), spark.sessionState().newHadoopConf());
  }
}
