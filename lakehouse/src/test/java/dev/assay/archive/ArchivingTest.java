package dev.assay.archive;

import static dev.assay.archive.NovemberSales.THE_30TH;
import static dev.assay.archive.NovemberSales.TODAY;
import static dev.assay.archive.NovemberSales.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.config.ExportFormat;
import dev.assay.error.AssayException;
import dev.assay.export.ExportedFile;
import dev.assay.release.Release;
import dev.assay.store.Existing;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How days leave their table for files of their own. */
class ArchivingTest {
  private static final String NOVEMBER = "[2010-11-29,a,1.00]";
  private static final String FOLDER = "archive/test/sales";
  @TempDir private Path folder;
  private NovemberSales november = new NovemberSales(Path.of("."));

  @BeforeEach
  void openLake() {
    november = new NovemberSales(folder);
  }

  @Test
  void aWholeMonthLeavesTheTableForAFileOfItsOwn() throws IOException {
    november.publishThreeDays();

    assertThat(november.archiving().run(TODAY.minusDays(1), "too early")).isEmpty();
    ArchivedMonth done = november.archiving().run(TODAY, "monthly").get(0);

    assertThat(done.file()).matches(FOLDER + "/2010-11[.][0-9a-f-]{36}[.]parquet");
    assertThat(done).isEqualTo(november(done.file(), 2, 2, true));
    assertThat(texts(november.table())).containsExactly("[2010-12-01,a,1.00]");
    assertThat(texts(TestSpark.session().read().parquet(folder.resolve(FOLDER) + "/*.parquet")))
        .containsExactly(NOVEMBER, "[2010-11-30,a,1.00]");
    assertThat(texts(november.withArchive()))
        .containsExactly(NOVEMBER, "[2010-11-30,a,1.00]", "[2010-12-01,a,1.00]");
    long newest = november.newest().number();
    assertThat(november.archiving().run(TODAY, "again")).isEmpty();
    assertThat(november.newest().number()).isEqualTo(newest);
  }

  @Test
  void whatWasKilledBeforeItTookDaysAwayIsGoneOnWith() throws IOException {
    november.publishThreeDays();
    String file = write(november.newest()).get(0).month().file();

    assertThat(texts(november.withArchive())).as("a row that is in both is there once").hasSize(3);
    assertThat(texts(november.table())).hasSize(3);
    assertThat(november.archiving().run(TODAY, "monthly"))
        .containsExactly(november(file, 2, 2, false));
    assertThat(texts(november.table())).hasSize(1);
    assertThat(texts(november.withArchive())).hasSize(3);
  }

  @Test
  void aDayThatIsPublishedMeanwhileStaysUntilItsNewRowsAreWritten() throws IOException {
    november.publishThreeDays();
    List<Archiving.Written> found = write(november.newest());
    november.publish(THE_30TH, THE_30TH, "corrected");

    november.archiving().takeAway(found, "late");
    assertThat(texts(november.table()))
        .containsExactly("[2010-11-30,corrected,1.00]", "[2010-12-01,a,1.00]");

    ArchivedMonth done = november.archiving().run(TODAY, "monthly").get(0);
    assertThat(done).isEqualTo(november(done.file(), 1, 1, true));
    assertThat(texts(november.table())).containsExactly("[2010-12-01,a,1.00]");
    assertThat(texts(november.withArchive()))
        .containsExactly(NOVEMBER, "[2010-11-30,corrected,1.00]", "[2010-12-01,a,1.00]");
  }

  @Test
  void whoReadOlderRowsReplacesNoFileThatNewerOnesAreIn() throws IOException {
    november.publishThreeDays();
    Release older = november.newest();
    november.publish(THE_30TH, THE_30TH, "corrected");

    List<Archiving.Written> newer = write(november.newest());
    List<Archiving.Written> late = write(older);
    november.archiving().takeAway(newer, "newer");
    november.archiving().takeAway(late, "late");

    assertThat(texts(november.table())).containsExactly("[2010-12-01,a,1.00]");
    assertThat(texts(november.withArchive()))
        .containsExactly(NOVEMBER, "[2010-11-30,corrected,1.00]", "[2010-12-01,a,1.00]");
  }

  @Test
  void nothingLeavesTheTableForAFileThatHasOtherRows() throws IOException {
    november.publishThreeDays();
    List<Archiving.Written> written = write(november.newest());
    new ExportedFile(
            november.lake().path(written.get(0).month().file()),
            Existing.REPLACED,
            november.lake().conf())
        .write(ExportFormat.PARQUET, november.table().where("day = '2010-11-30'"));

    assertThatExceptionOfType(AssayException.class)
        .isThrownBy(() -> november.archiving().takeAway(written, "monthly"))
        .withMessageContaining("has other rows than the table");
    assertThat(texts(november.table())).hasSize(3);
  }

  @Test
  void filesOfOthersAreLetBe() throws IOException {
    november.publishThreeDays();
    Path notes = Files.createDirectories(folder.resolve(FOLDER)).resolve("2010-11.notes.parquet");
    Files.writeString(notes, "no Parquet");

    november.archiving().run(TODAY, "monthly");

    assertThat(texts(november.withArchive())).hasSize(3);
    assertThat(notes).hasContent("no Parquet");
  }

  @Test
  void whatAKillLeftGoesOnceItIsOlderThanFilesAreKept() throws IOException {
    november.publishThreeDays();
    Path old = Files.createDirectories(folder.resolve(FOLDER).resolve("old.tmp"));
    Path part = Files.writeString(old.resolve("part-0"), "half");
    Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(31, ChronoUnit.DAYS)));
    Path young = Files.writeString(folder.resolve(FOLDER).resolve(".young.tmp"), "half");

    november.archiving().run(TODAY, "monthly");

    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  private static ArchivedMonth november(String file, int days, long rows, boolean written) {
    return new ArchivedMonth("test.sales", YearMonth.of(2010, 11), file, days, rows, written);
  }

  private List<Archiving.Written> write(Release release) throws IOException {
    return november.archiving().write(release, TODAY);
  }
}
