package dev.assay.job;

import static dev.assay.testing.StageLake.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.plan.Action;
import dev.assay.plan.Batch;
import dev.assay.plan.Step;
import dev.assay.table.Draft;
import dev.assay.testing.Contracts;
import dev.assay.testing.FakeStage;
import dev.assay.testing.StageLake;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage of which what a day comes to decides what the next is made from. */
class StagePartsTest {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final LocalDate THIRD = FIRST.plusDays(2);

  private final TableContract table = Contracts.sales("table");
  private final List<String> made = new ArrayList<>();
  @TempDir private Path folder;
  private StageLake lake;

  @BeforeEach
  void openLake() {
    lake = new StageLake(folder);
  }

  @Test
  void eachPartIsMadeOfWhatTheOneBeforePublished() {
    StageResult result = run(false, Map.of());

    assertThat(made)
        .containsExactly(
            "2010-12-01 of release 0", "2010-12-02 of release 1", "2010-12-03 of release 2");
    assertThat(result.published()).containsOnlyKeys(of(FIRST), of(SECOND), of(THIRD));
    assertThat(result.release().number()).isEqualTo(3);
  }

  @Test
  void noPartIsBegunAfterOneThatFailed() {
    StageResult result = run(false, Map.of(SECOND, ExitCode.REFUSED));

    assertThat(result.published()).containsOnlyKeys(of(FIRST));
    assertThat(result.failures()).containsOnlyKeys(SECOND);
    assertThat(made).doesNotContain("2010-12-03 of release 1");
  }

  @Test
  void theOthersAreMadeIfTheRunIsToKeepGoing() {
    StageResult result = run(true, Map.of(SECOND, ExitCode.REFUSED));

    assertThat(result.published()).containsOnlyKeys(of(FIRST), of(THIRD));
    assertThat(result.failures()).containsOnlyKeys(SECOND);
  }

  @Test
  void aDateThatFailedIsNotPublishedByALaterPart() {
    // Late rows of the first day are of the second date, too.
    List<Step> steps = List.of(step(FIRST, SECOND), step(SECOND, SECOND), step(THIRD, THIRD));

    StageResult result = run(steps, true, Map.of(FIRST, ExitCode.REFUSED));

    assertThat(result.published()).containsOnlyKeys(of(THIRD));
    assertThat(result.failures()).containsOnlyKeys(SECOND);
  }

  @Test
  void whatWasPublishedBeforeTheRunBrokeIsTold() {
    StageResult result = run(true, Map.of(SECOND, ExitCode.UNEXPECTED));

    assertThat(result.published()).containsOnlyKeys(of(FIRST));
    assertThat(result.exitCode()).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(result.failures().get(SECOND)).hasMessageContaining("2010-12-02 is broken");
  }

  @Test
  void whatWasRefusedBeforeTheRunBrokeIsToldWhereNothingWasPublished() {
    StageResult result = run(true, Map.of(FIRST, ExitCode.REFUSED, SECOND, ExitCode.UNEXPECTED));

    assertThat(result.published()).isEmpty();
    assertThat(result.failures()).containsOnlyKeys(FIRST, SECOND);
    assertThat(result.exitCode()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void whatBreaksAtOnceIsThrown() {
    AssayException broken =
        catchThrowableOfType(
            AssayException.class, () -> run(true, Map.of(FIRST, ExitCode.UNEXPECTED)));

    assertThat(broken).hasMessageContaining("2010-12-01 is broken");
  }

  @Test
  void aTableThatAnotherStagePublishedIsRefused() {
    lake.publish(FIRST, lake.draft(table, FIRST, sale("a", "1.00")));
    Batch batch = new Batch(Stage.ML, List.of(step(SECOND, SECOND)), false);

    AssayException refusal =
        catchThrowableOfType(
            AssayException.class,
            () ->
                lake.runner(Contracts.pipeline(table))
                    .run(new InTurn(new FakeStage(Stage.ML, run -> List.of())), batch, false, "r"));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal)
        .hasMessageContaining("was published by the gold stage, and conf has it in ml now");
  }

  private StageResult run(boolean keepGoing, Map<LocalDate, ExitCode> failing) {
    return run(
        Stream.of(FIRST, SECOND, THIRD).map(day -> step(day, day)).toList(), keepGoing, failing);
  }

  private StageResult run(List<Step> steps, boolean keepGoing, Map<LocalDate, ExitCode> failing) {
    FakeStage stage =
        new FakeStage(
            Stage.GOLD,
            (run, day, tables) -> {
              made.add(day + " of release " + release());
              if (failing.containsKey(day)) {
                throw new AssayException(failing.get(day), day + " is broken");
              }
              Draft draft = lake.draft(table, day, sale("a", "1.00"));
              return new DayDrafts(List.of(draft), Map.of());
            });
    return lake.runner(Contracts.pipeline(table))
        .run(new InTurn(stage), new Batch(Stage.GOLD, steps, false), keepGoing, "run");
  }

  private long release() {
    return lake.log().latest().map(release -> release.number()).orElse(0L);
  }

  private Step step(LocalDate day, LocalDate date) {
    return new Step(of(day), date, Action.MAKE, "missing");
  }

  private TableDay of(LocalDate day) {
    return new TableDay(table.name(), day);
  }

  /** One day at a time. */
  private record InTurn(FakeStage stages) implements StageJob {
    @Override
    public Stage stage() {
      return stages.stage();
    }

    @Override
    public String transform(PipelineConfig pipeline, TableContract contract) {
      return stages.transform(pipeline, contract);
    }

    @Override
    public List<Step> first(List<Step> steps, Supplier<StageRun> now) {
      LocalDate day = steps.get(0).tableDay().day();
      assertThat(now.get().inputs()).isNotNull();
      return steps.stream().takeWhile(step -> step.tableDay().day().equals(day)).toList();
    }

    @Override
    public DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables) {
      return stages.drafts(run, day, tables);
    }
  }
}
