package dev.assay.archive;

import static dev.assay.archive.NovemberSales.DECEMBER;
import static dev.assay.archive.NovemberSales.THE_29TH;
import static dev.assay.archive.NovemberSales.THE_30TH;
import static dev.assay.archive.NovemberSales.TODAY;
import static dev.assay.archive.NovemberSales.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.TableDay;
import dev.assay.error.ExitCode;
import dev.assay.job.StageResult;
import dev.assay.plan.Plan;
import dev.assay.plan.State;
import dev.assay.plan.Step;
import dev.assay.plan.TableDayStatus;
import dev.assay.release.Rollback;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of days that are in the archive. */
class ArchivedDaysTest {
  @TempDir private Path folder;
  private NovemberSales november = new NovemberSales(Path.of("."));

  @BeforeEach
  void openLake() {
    november = new NovemberSales(folder);
  }

  @Test
  void whatWasWithdrawnSinceItWasArchivedIsNotReadFromItsFile() throws IOException {
    long published = november.publishThreeDays();
    november.archiving().run(TODAY, "monthly");
    new Rollback(november.lake(), "test").to(published, "back");

    november.withdrawOldDays();

    assertThat(texts(november.withArchive())).containsExactly("[2010-12-01,a,1.00]");
  }

  @Test
  void aRollbackToWhereDaysWereArchivedReadsThemFromTheirFile() throws IOException {
    long published = november.publishThreeDays();
    november.archiving().run(TODAY, "monthly");
    long archived = november.newest().number();
    new Rollback(november.lake(), "test").to(published, "back");
    november.withdrawOldDays();

    new Rollback(november.lake(), "test").to(archived, "and forth");

    assertThat(texts(november.table())).containsExactly("[2010-12-01,a,1.00]");
    assertThat(texts(november.withArchive())).hasSize(3);
  }

  @Test
  void anArchivedDayIsNotMadeAgainAndWhatWasMadeFromItStays() throws IOException {
    long published = november.publishThreeDays();
    String file = november.archiving().run(TODAY, "monthly").get(0).file();

    TableDayStatus archived = november.status(november.sales(), THE_29TH);
    assertThat(archived.state()).isEqualTo(State.NO_DATA);
    assertThat(archived.why()).isEqualTo("archived in " + file);
    assertThat(november.status(november.totals(), THE_29TH).state()).isEqualTo(State.CURRENT);
    assertThat(november.plan(THE_29TH, THE_29TH).steps()).isEmpty();

    new Rollback(november.lake(), "test").to(published, "back");
    assertThat(texts(november.withArchive()))
        .as("back in the table, and in the archive")
        .hasSize(3);
    november.archiving().run(TODAY, "monthly");
    assertThat(texts(november.table())).containsExactly("[2010-12-01,a,1.00]");
  }

  @Test
  void whatIsAskedForAgainIsMadeWhereItsInputsAreThere() throws IOException {
    november.publishThreeDays();
    november.archiving().run(TODAY, "monthly");

    Plan plan = november.planAgain(THE_29TH, DECEMBER);

    assertThat(plan.steps())
        .extracting(Step::tableDay)
        .containsExactly(
            new TableDay(november.sales().name(), DECEMBER),
            new TableDay(november.totals().name(), DECEMBER));
    assertThat(november.run(plan, "again").published()).hasSize(2);
  }

  @Test
  void whatWasArchivedSinceItWasPlannedStaysCurrent() throws IOException {
    november.publishThreeDays();
    Plan plan = november.planAgain(THE_29TH, DECEMBER);
    november.archiving().run(TODAY, "monthly");

    StageResult result = november.run(plan, "again");

    assertThat(result.published())
        .containsOnlyKeys(
            new TableDay(november.sales().name(), DECEMBER),
            new TableDay(november.totals().name(), DECEMBER));
    assertThat(result.unchanged())
        .containsOnlyKeys(
            new TableDay(november.totals().name(), THE_29TH),
            new TableDay(november.totals().name(), THE_30TH))
        .allSatisfy(
            (tableDay, why) -> assertThat(why).endsWith("past their retention, or archived"));
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
  }
}
