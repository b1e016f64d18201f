package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.plan.Scope;
import dev.assay.testing.TestSpark;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Days of a pipeline, from their landings to their marts, in the test's own JVM. */
final class PipelineDays {
  private PipelineDays() {}

  /** Runs all but the models of every day from one to another until there is nothing left to do. */
  static void run(AssayConfig config, LocalDate from, LocalDate to) {
    run(config, from, to, EnumSet.of(Stage.BRONZE, Stage.SILVER, Stage.GOLD));
  }

  /** Runs stages of every day from one to another until there is nothing left to do. */
  static void run(AssayConfig config, LocalDate from, LocalDate to, Set<Stage> stages) {
    Scope scope = new Scope(from, to, stages, Set.of(), false);

    List<StageResult> results =
        new PlanRun(new StageRunner(TestSpark.session(), config), false, "test")
            .run(Planning.plan(Planning.planner(config, scope), scope), (batch, result) -> {});

    assertThat(results).allSatisfy(result -> assertThat(result.failures()).isEmpty());
    assertThat(Planning.plan(Planning.planner(config, scope), scope).steps()).isEmpty();
  }

  /**
   * Which of a day's tables have nothing because models have too little to learn from. Days before
   * it are run as well, as far as rows that landed on it are theirs.
   */
  static List<String> withoutModels(AssayConfig config, LocalDate day) {
    Scope scope = new Scope(day, day, EnumSet.of(Stage.ML), Set.of(), false);

    List<StageResult> results =
        new PlanRun(new StageRunner(TestSpark.session(), config), false, "test")
            .run(Planning.plan(Planning.planner(config, scope), scope), (batch, result) -> {});

    assertThat(results).allSatisfy(result -> assertThat(result.failures()).isEmpty());
    return results.stream()
        .flatMap(result -> result.noData().keySet().stream())
        .filter(tableDay -> tableDay.day().equals(day))
        .map(tableDay -> tableDay.table().table())
        .sorted()
        .toList();
  }
}
