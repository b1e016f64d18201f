package dev.assay.job;

import static dev.assay.testing.StageLake.sale;
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
import dev.assay.feed.Landings;
import dev.assay.ledger.Recipe;
import dev.assay.model.Champions;
import dev.assay.plan.Action;
import dev.assay.plan.Planner;
import dev.assay.plan.Step;
import dev.assay.release.Release;
import dev.assay.table.Draft;
import dev.assay.testing.Contracts;
import dev.assay.testing.FakeStage;
import dev.assay.testing.StageLake;
import dev.assay.testing.TestSpark;
import dev.assay.testing.UnchangingStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageRunnerTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);

  @TempDir private Path folder;
  private StageLake lake;

  @BeforeEach
  void openLake() {
    lake = new StageLake(folder);
  }

  @Test
  void publishesEveryTableOfAStageInOneRelease() {
    TableContract first = Contracts.sales("first");
    TableContract second = Contracts.sales("second");

    StageResult result =
        lake.publish(
            DAY,
            lake.draft(first, DAY, sale("a", "1.50")),
            lake.draft(second, DAY, sale("b", "2.00")));

    assertThat(result.release().number()).isEqualTo(1);
    assertThat(result.release().tables()).containsOnlyKeys("first", "second");
    assertThat(lake.rows(first, result.release())).containsExactly("2010-12-01 a 1.50");
    assertThat(lake.rows(second, result.release())).containsExactly("2010-12-01 b 2.00");
  }

  @Test
  void makesRowsAgainWhoseInputsChangedBeforeTheAttemptHadItsToken() {
    TableContract input = Contracts.sales("input");
    TableContract output = Contracts.sales("output");
    PipelineConfig pipeline = Contracts.pipeline(input, output);
    publishInput(pipeline, input, "old");
    List<String> made = new ArrayList<>();
    StageResult result =
        lake.runner(pipeline)
            .run(
                new FakeStage(
                    Stage.GOLD,
                    run -> {
                      Dataset<Row> rows = run.inputs().days("input", DAY, DAY);
                      made.add(rows.first().getAs("id"));
                      if (made.size() == 1) {
                        publishInput(pipeline, input, "new");
                      }
                      return List.of(new Draft(output, DAY, rows));
                    }),
                DAY,
                Set.of("output"),
                false,
                "slow");

    assertThat(made).containsExactly("old", "new");
    assertThat(lake.rows(output, result.release())).containsExactly("2010-12-01 new 1.00");
  }

  @ParameterizedTest
  @CsvSource({"input, 2, new", "other, 1, old"})
  void makesAllAgainOnlyIfATableThatAFollowingOneReadsChanged(
      String changed, int times, String read) {
    TableContract input = Contracts.sales("input");
    TableContract other = Contracts.sales("other");
    TableContract first = Contracts.sales("first");
    TableContract second = Contracts.salesFrom(List.of("first", "input"), "second");
    PipelineConfig pipeline = Contracts.pipeline(input, other, first, second);
    publishInput(pipeline, input, "old");
    List<String> made = new ArrayList<>();
    StageResult result =
        lake.runner(pipeline)
            .run(
                new FakeStage(
                    Stage.GOLD,
                    (run, day, tables) -> {
                      if (tables.contains(second)) {
                        Dataset<Row> rows = run.inputs().days("input", DAY, DAY);
                        return new DayDrafts(List.of(new Draft(second, DAY, rows)), Map.of());
                      }
                      made.add("first");
                      if (made.size() == 1) {
                        publishInput(pipeline, pipeline.table(changed), "new");
                      }
                      Draft draft = lake.draft(first, DAY, sale("a", "1.00"));
                      return new DayDrafts(List.of(draft), Map.of());
                    }),
                DAY,
                Set.of("first", "second"),
                false,
                "slow");

    assertThat(made).hasSize(times);
    assertThat(lake.rows(second, result.release())).containsExactly("2010-12-01 " + read + " 1.00");
  }

  private void publishInput(PipelineConfig pipeline, TableContract input, String id) {
    lake.runner(pipeline)
        .run(
            new FakeStage(Stage.GOLD, run -> List.of(lake.draft(input, DAY, sale(id, "1.00")))),
            DAY,
            Set.of(input.name().table()),
            false,
            id);
  }

  @Test
  void readsOnWhereTheHintOfTheNewestReleaseIsTorn() throws IOException {
    TableContract contract = Contracts.sales("hinted");
    lake.publish(DAY, lake.draft(contract, DAY, sale("a", "1.00")));
    Path hint = folder.resolve("_assay/releases/test/latest");
    for (String torn : List.of("", "9", "x")) {
      Files.writeString(hint, torn);
      assertThat(lake.log().latest().orElseThrow().number()).isEqualTo(1);
    }

    lake.publish(DAY, lake.draft(contract, DAY, sale("b", "2.00")));

    assertThat(Files.readString(hint)).isEqualTo("2");
    assertThat(lake.log().latest().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void saysInEveryCommitWhichRunMadeIt() throws IOException {
    TableContract contract =
        Contracts.sales(
            "noted", new RowCheck.Range("positive", Severity.QUARANTINE, "amount", "0", null));
    lake.publish(DAY, lake.draft(contract, DAY, sale("a", "1.00"), sale("b", "-1.00")));

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
    Release before = lake.publish(DAY, lake.draft(good, DAY, sale("a", "1.00"))).release();

    AssayException refusal =
        lake.refused(
            DAY, lake.draft(good, DAY, sale("z", "9.00")), lake.draft(bad, DAY, sale("b", "2.00")));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal)
        .hasMessageContaining("test.bad/2010-12-01: check some_rows: 1 rows, allowed are 2 to any");
    assertThat(lake.log().latest()).contains(before);
    assertThat(lake.rows(good, before)).containsExactly("2010-12-01 a 1.00");
    assertThat(lake.outcomes())
        .containsExactly("good 1 published", "good 2 refused", "bad 2 refused");
  }

  @Test
  void replacesOneDayAndLeavesTheOthersAndTheOldVersionReadable() {
    TableContract contract = Contracts.sales("sales");
    lake.publish(DAY, lake.draft(contract, DAY, sale("a", "1.00")));
    Release before =
        lake.publish(DAY.plusDays(1), lake.draft(contract, DAY.plusDays(1), sale("b", "2.00")))
            .release();

    Release after = lake.publish(DAY, lake.draft(contract, DAY, sale("c", "3.00"))).release();

    assertThat(lake.rows(contract, before))
        .containsExactly("2010-12-01 a 1.00", "2010-12-02 b 2.00");
    assertThat(lake.rows(contract, after))
        .containsExactly("2010-12-01 c 3.00", "2010-12-02 b 2.00");
  }

  @Test
  void publishesADayWithoutRows() {
    TableContract contract = Contracts.sales("empty");
    lake.publish(DAY, lake.draft(contract, DAY, sale("a", "1.00")));

    Release emptied = lake.publish(DAY, lake.draft(contract, DAY)).release();

    assertThat(lake.rows(contract, emptied)).isEmpty();
  }

  @Test
  void refusesALakeOfANewerLayout() throws IOException {
    Path format = folder.resolve("_assay/format");
    Files.createDirectories(format.getParent());
    Files.writeString(format, "99\n");

    AssayException refusal =
        catchThrowableOfType(
            AssayException.class, () -> lake.runner(Contracts.pipeline(Contracts.sales("sales"))));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("has layout '99', this Assay knows layout");
    assertThat(Files.readString(format)).isEqualTo("99\n");
  }

  @Test
  void recordsADayWithoutData() {
    TableContract contract = Contracts.sales("sales");
    FakeStage noFile =
        new FakeStage(
            Stage.GOLD, (run, day, tables) -> new DayDrafts(List.of(), Map.of("sales", "no file")));
    StageRunner runner = lake.runner(Contracts.pipeline(contract));

    AssayException noData =
        catchThrowableOfType(
            AssayException.class, () -> runner.run(noFile, DAY, Set.of(), false, "run-1"));

    assertThat(noData.exitCode()).isEqualTo(ExitCode.NO_DATA);
    assertThat(lake.outcomes()).containsExactly("sales 1 no-data");
  }

  @Test
  void tableWithoutDataKeepsNoOtherFromBeingPublished() {
    TableContract quiet = Contracts.sales("quiet");
    TableContract busy = Contracts.sales("busy");

    StageResult result = runDrafts(ExitCode.NO_DATA, quiet, busy);

    assertThat(result.release().tables()).containsOnlyKeys("busy");
  }

  @Test
  void tableWhoseInputIsMissingHoldsUpItsStage() {
    TableContract late = Contracts.sales("late");
    TableContract busy = Contracts.sales("busy");

    AssayException missing =
        catchThrowableOfType(
            AssayException.class, () -> runDrafts(ExitCode.INPUT_MISSING, late, busy));

    assertThat(missing.exitCode()).isEqualTo(ExitCode.INPUT_MISSING);
    assertThat(lake.log().latest()).isEmpty();
  }

  @Test
  void endsWithWhatWaitsThoughOthersArePublishedOrCurrent() {
    TableContract absent = Contracts.sales("absent");
    TableContract busy = Contracts.sales("busy");
    TableContract waiting = Contracts.salesFrom(List.of("absent"), "waiting");
    StageRunner runner = lake.runner(Contracts.pipeline(absent, busy, waiting));
    StageJob stage = new UnchangingStage(contract -> lake.draft(contract, DAY));
    Set<String> only = Set.of("busy", "waiting");

    StageResult published = runner.settle(stage, DAY, only, false, "run-1");
    StageResult again = runner.settle(stage, DAY, only, false, "run-2");

    assertThat(published.release().tables()).containsOnlyKeys("busy");
    assertThat(published.exitCode()).isEqualTo(ExitCode.INPUT_MISSING);
    assertThat(again.newRelease()).isEmpty();
    assertThat(again.exitCode()).isEqualTo(ExitCode.INPUT_MISSING);
  }

  /**
   * What has no inputs any more reads no table whose version could tell that there are some now.
   */
  @Test
  void decidesAWithdrawalAnewWhenAnythingWasPublishedMeanwhile() {
    TableContract sales = Contracts.sales("sales");
    Release first = lake.publish(DAY, lake.draft(sales, DAY)).release();
    Release second = lake.publish(DAY, lake.draft(sales, DAY, sale("a", "1.00"))).release();
    PipelineConfig pipeline = Contracts.pipeline(sales);
    PipelineLake opened =
        PipelineLake.open(TestSpark.session(), TestSpark.config(folder.toString(), pipeline));
    Seen seen = new Seen(Optional.of(first), opened.ledger().state());
    Planner planner =
        new Planner(
            pipeline,
            seen.ledger(),
            new Landings(TestSpark.session().sessionState().newHadoopConf()),
            contract -> "first",
            model -> Champions.none());
    Work work =
        new Work(
            seen,
            seen.inputs(opened, model -> Champions.none()),
            new Recipe("classes", "{}", first.number()),
            planner,
            (steps, of, known) -> of.takeAway(steps.get(0), "its rows were corrected away"));
    TableDay tableDay = new TableDay(sales.name(), DAY);
    work.want(List.of(new Step(tableDay, DAY, Action.WITHDRAW, "no rows")), step -> 0);

    assertThat(work.isStillOf(Optional.of(first))).isTrue();
    assertThat(work.isStillOf(Optional.of(second))).isFalse();
  }

  /** Runs a stage of two tables, of which the first cannot be made. */
  private StageResult runDrafts(ExitCode why, TableContract first, TableContract second) {
    FakeStage stage =
        new FakeStage(
            Stage.GOLD,
            (run, day, tables) ->
                DayDrafts.of(
                    tables,
                    contract -> {
                      if (contract.equals(first)) {
                        throw new AssayException(why, "nothing came");
                      }
                      return lake.draft(contract, DAY, sale("a", "1.00"));
                    }));
    return lake.runner(Contracts.pipeline(first, second)).run(stage, DAY, Set.of(), false, "run-1");
  }
}
