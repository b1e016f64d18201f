package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.TableDay;
import dev.assay.error.ExitCode;
import dev.assay.job.Commands;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.plan.Plan;
import dev.assay.plan.Planner;
import dev.assay.plan.Scope;
import dev.assay.plan.State;
import dev.assay.plan.Step;
import dev.assay.plan.TableDayStatus;
import dev.assay.release.ReleasePublisher;
import dev.assay.session.SparkSessions;
import dev.assay.store.LakeStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.apache.spark.sql.SparkSession;

/**
 * A run of what is not current, in one JVM, told as it goes.
 *
 * @param config the configuration
 * @param scope what of it
 * @param keepGoing whether it goes on with the other dates after one that was not published
 * @param command what to call it
 */
record LatestRun(AssayConfig config, Scope scope, boolean keepGoing, String command) {

  /** Shows what it would do. */
  void show() {
    Planning.say(config, Planning.planner(config, scope), scope, Output.Format.TABLE);
  }

  /** Does it. */
  ExitCode run() throws IOException {
    Planner planner = Planning.planner(config, scope);
    Plan plan = Planning.plan(planner, scope);
    if (plan.batches().isEmpty()) {
      // What a run had decided when it was cut off is current to the ledger before readers see it.
      ReleasePublisher.of(LakeStore.of(config), config.pipeline().name()).latestCompleted();
      return nothingToDo(planner, plan);
    }
    String runId = UUID.randomUUID().toString();
    try (SparkSession spark =
            SparkSessions.start(config, config.pipeline().size(scope.stages()), command);
        ProgressBar bar = progress(plan)) {
      List<StageResult> results = new ArrayList<>();
      try {
        new PlanRun(new StageRunner(spark, config), keepGoing, runId)
            .run(
                plan,
                (batch, result) -> {
                  results.add(result);
                  Commands.say(result);
                  bar.stepBy(batch.steps().size());
                });
      } finally {
        // Also where a later batch broke.
        PlanRun.complain(results);
      }
      leftAlone(planner, plan).forEach(Planning::say);
      Planning.sayWithoutDay(config, planner, scope);
      plan.waiting().forEach(Planning::say);
      return PlanRun.exitCode(results, plan);
    }
  }

  private ExitCode nothingToDo(Planner planner, Plan plan) {
    List<TableDayStatus> statuses = planner.statuses(scope);
    statuses.stream().filter(status -> status.state() == State.CURRENT).forEach(Planning::say);
    statuses.stream().filter(status -> status.state() == State.NO_DATA).forEach(Planning::say);
    Planning.sayWithoutDay(config, planner, scope);
    plan.waiting().forEach(Planning::say);
    if (!plan.waiting().isEmpty()) {
      return ExitCode.INPUT_MISSING;
    }
    return statuses.stream().anyMatch(status -> status.state() == State.CURRENT)
        ? ExitCode.DONE
        : ExitCode.NO_DATA;
  }

  /** What was asked for again and is not made: it is archived, or has nothing to be made from. */
  private List<TableDayStatus> leftAlone(Planner planner, Plan plan) {
    if (!scope.again()) {
      return List.of();
    }
    Set<TableDay> planned = plan.steps().stream().map(Step::tableDay).collect(Collectors.toSet());
    return planner.statuses(scope).stream()
        .filter(status -> status.state() == State.NO_DATA || status.state() == State.CURRENT)
        .filter(status -> !planned.contains(status.tableDay()))
        .toList();
  }

  /** A bar on a terminal's stderr, with the time that is left; nothing where nobody looks. */
  @SuppressWarnings("SystemConsoleNull") // on JDK 17 it is null where there is no terminal
  private static ProgressBar progress(Plan plan) {
    ProgressBarBuilder builder =
        ProgressBar.builder()
            .setTaskName("table-days")
            .setInitialMax(plan.steps().size())
            .setUpdateIntervalMillis(500);
    if (System.console() == null || plan.batches().size() == 1) {
      builder.setConsumer(new NoProgress());
    }
    return builder.build();
  }
}
