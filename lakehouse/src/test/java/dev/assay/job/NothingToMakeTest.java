package dev.assay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import dev.assay.config.Cadence;
import dev.assay.config.Derivation;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.Transform;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.release.Release;
import dev.assay.store.LakeStore;
import dev.assay.testing.Contracts;
import dev.assay.testing.FakeStage;
import dev.assay.testing.StageLake;
import dev.assay.testing.UnchangingStage;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage that has nothing to make of a date, whatever is there. */
class NothingToMakeTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);

  @TempDir private Path folder;
  private StageLake lake;

  @BeforeEach
  void openLake() {
    lake = new StageLake(folder);
  }

  @Test
  void saysOfAWeeklyTableThatADayIsNotItsOwn() {
    TableContract weekly =
        Contracts.computed(
            "weekly",
            new Derivation.Computed(
                List.of(),
                new Transform.InClass("none"),
                new Cadence.Weekly(7),
                ConfigFactory.empty()));
    StageRunner runner = lake.runner(Contracts.pipeline(weekly));
    FakeStage gold = new FakeStage(Stage.GOLD, run -> List.of());

    AssayException noData =
        catchThrowableOfType(
            AssayException.class, () -> runner.run(gold, DAY, Set.of(), false, "run-1"));

    assertThat(noData.exitCode()).isEqualTo(ExitCode.NO_DATA);
    assertThat(noData)
        .hasMessage(
            "test.weekly is weekly: it has Sundays alone, and there is none on 2010-12-01; give a"
                + " Sunday, as 2010-12-05");
  }

  /** The ledger has it as published before readers see it. */
  @Test
  void completesWhatWasDecidedAndNotSealed() {
    TableContract sales = Contracts.sales("sales");
    StageRunner runner = lake.runner(Contracts.pipeline(sales));
    StageJob gold =
        new UnchangingStage(contract -> lake.draft(contract, DAY, StageLake.sale("a", "1.00")));
    runner.run(gold, DAY, Set.of(), false, "run-1");
    new LakeStore(folder.toString(), new Configuration())
        .delete("_assay/releases/test/0000000001-sealed.json");
    assertThat(lake.log().latest()).isEmpty();

    StageResult again = runner.run(gold, DAY, Set.of(), false, "run-2");

    assertThat(again.published()).isEmpty();
    assertThat(lake.log().latest()).map(Release::number).contains(1L);
  }

  @Test
  void refusesAStageWithoutTables() {
    StageRunner runner = lake.runner(Contracts.pipeline(Contracts.sales("sales")));
    FakeStage silver = new FakeStage(Stage.SILVER, run -> List.of());

    AssayException refusal =
        catchThrowableOfType(
            AssayException.class, () -> runner.run(silver, DAY, Set.of(), false, "run-1"));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessage("test has no tables in its silver stage; it has some in [gold]");
  }
}
