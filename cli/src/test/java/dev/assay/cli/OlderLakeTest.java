package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.TableDayState;
import dev.assay.release.Release;
import dev.assay.release.Rollback;
import dev.assay.store.LakeStore;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake of layout 1, as the Assay that wrote it left it. */
class OlderLakeTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);
  private static final Path OLDER = Path.of("src/test/resources/lake-layout-1");

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path folder;

  @BeforeEach
  void copyLake() throws IOException {
    copy("");
  }

  private void copy(String part) throws IOException {
    try (Stream<Path> files = Files.walk(OLDER.resolve(part))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(OLDER.relativize(file));
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy);
      }
    }
  }

  @Test
  void isMigratedWithAllThatItsLedgerKnows() throws IOException {
    LedgerState state = Ledger.of(lake(), "retail").state();

    assertThat(Files.readString(folder.resolve("_assay/format"))).isEqualTo("2\n");
    assertThat(state.tried()).hasSize(7);
    TableDayState.Publication lines =
        state.published(new TableDay(new TableName("retail", "order_lines"), DAY)).orElseThrow();
    assertThat(lines.release()).isEqualTo(2);
    assertThat(lines.rows().quarantined()).isEqualTo(1);
    assertThat(lines.totals()).containsEntry("amount", "57.6400");
    assertThat(lake().tree("_assay/ledger/retail")).containsExactly("0000000001-state.json");
  }

  @Test
  void isMigratedOnceIfSomebodyWasKilledInTheMiddle() throws IOException {
    Ledger.of(lake(), "retail");
    List<String> migrated = lake().tree("_assay");
    copy("_assay/ledger");
    Files.writeString(folder.resolve("_assay/format"), "1\n");

    Ledger.of(lake(), "retail");

    assertThat(lake().tree("_assay")).isEqualTo(migrated);
  }

  @Test
  void isPublishedOnWithHigherTokens() {
    StageResult result = run(Stage.SILVER);

    assertThat(result.release().number()).isEqualTo(7);
    assertThat(result.published().values())
        .allMatch(audit -> audit.rows().published() == 3 && audit.rows().quarantined() == 1);
    assertThat(
            spark
                .read()
                .format("delta")
                .load(folder + "/quarantine/retail/order_lines")
                .selectExpr("CAST(table_day AS STRING) || ' ' || attempt")
                .collectAsList()
                .toString())
        .contains("[2010-12-01 2]")
        .contains("[2010-12-02 1]")
        .doesNotContain("[2010-12-01 1]");
  }

  @Test
  void canBeGoneBackFromButNotToWhatItsLedgerKeepsNoMore() {
    AssayException expired = catchThrowableOfType(AssayException.class, () -> rollback(3));
    assertThat(expired).hasMessageContaining("release 3 expired: the ledger does not go back");

    run(Stage.SILVER);
    assertThat(rollback(6)).isPresent();
    TableDay lines = new TableDay(new TableName("retail", "order_lines"), DAY);
    assertThat(Ledger.of(lake(), "retail").state().published(lines).orElseThrow().version())
        .as("one commit gave the older table today's properties, one published it, one went back")
        .isEqualTo(5);
  }

  private Optional<Release> rollback(long number) {
    return new Rollback(lake(), "retail").to(number, "test");
  }

  @Test
  void isRefusedWhileAPublicationOfTheOlderAssayIsUnfinished() throws IOException {
    Files.delete(folder.resolve("_assay/releases/retail/0000000006-sealed.json"));

    AssayException refusal =
        catchThrowableOfType(AssayException.class, () -> Ledger.of(lake(), "retail"));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("run any stage of retail once with that version");
    assertThat(Files.readString(folder.resolve("_assay/format"))).isEqualTo("1\n");
  }

  private StageResult run(Stage stage) {
    return new StageRunner(spark, OnlineRetail.config(Map.of("lake", folder.toString())))
        .run(StageJobs.of(stage), DAY, Set.of(), false, "test");
  }

  private LakeStore lake() {
    return new LakeStore(folder.toString(), spark.sessionState().newHadoopConf());
  }
}
