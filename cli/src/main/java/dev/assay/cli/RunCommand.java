package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.StageSize;
import dev.assay.config.TableDay;
import dev.assay.error.ExitCode;
import dev.assay.job.AsWas;
import dev.assay.job.Commands;
import dev.assay.job.ConfigOptions;
import dev.assay.job.Remaking;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.plan.Plan;
import dev.assay.plan.Planner;
import dev.assay.plan.Scope;
import dev.assay.plan.State;
import dev.assay.plan.Step;
import dev.assay.plan.TableDayStatus;
import dev.assay.session.SparkSessions;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay run}: does what {@code assay plan} shows, in one JVM. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes business dates: every table-day that is missing, failed or stale, and no other.",
      "assay plan, with the same options, shows them."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private Selection selection = new Selection();

  @Option(
      names = "--keep-going",
      description = "goes on with the other dates after one that was not published")
  private boolean keepGoing;

  @Option(names = "--dry-run", description = "shows the plan, and runs nothing")
  private boolean dryRun;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws Exception {
    if (selection.asWas()) {
      return asWas().code();
    }
    AssayConfig config = options.load(selection.pipeline());
    Scope scope = selection.scope(config);
    Planner planner = Planning.planner(config, scope);
    if (dryRun) {
      Planning.say(config, planner, scope, Output.Format.TABLE);
      return ExitCode.DONE.code();
    }
    Plan plan = Planning.plan(planner, scope);
    if (plan.batches().isEmpty()) {
      return nothingToDo(planner, scope, plan).code();
    }
    String runId = UUID.randomUUID().toString();
    try (SparkSession spark =
            SparkSessions.start(config, size(config, scope.stages()), "assay run");
        ProgressBar bar = progress(plan)) {
      List<StageResult> results =
          new PlanRun(new StageRunner(spark, config), keepGoing, runId)
              .run(
                  plan,
                  (batch, result) -> {
                    Commands.say(result);
                    bar.stepBy(batch.steps().size());
                  });
      PlanRun.complain(results);
      leftAlone(planner, scope, plan).forEach(Planning::say);
      plan.waiting().forEach(Planning::say);
      return PlanRun.exitCode(results, plan).code();
    }
  }

  private ExitCode asWas() throws IOException {
    AsWas asWas = new AsWas(options.source(selection.pipeline()));
    AsWas.Found found = asWas.find(selection.published());
    if (dryRun) {
      Planning.say(found, Output.Format.TABLE);
      return ExitCode.DONE;
    }
    List<Remaking> remakings = keepGoing ? found.remakings() : found.all();
    try (AsWasRun run =
        new AsWasRun(selection.pipeline(), options, asWas, UUID.randomUUID().toString())) {
      ExitCode ended = run.run(remakings, keepGoing);
      found.impossible().forEach(one -> Commands.complain(one.message()));
      return ended == ExitCode.DONE && !found.impossible().isEmpty() ? ExitCode.USAGE : ended;
    }
  }

  private static ExitCode nothingToDo(Planner planner, Scope scope, Plan plan) {
    List<TableDayStatus> statuses = planner.statuses(scope);
    statuses.stream().filter(status -> status.state() == State.CURRENT).forEach(Planning::say);
    statuses.stream().filter(status -> status.state() == State.NO_DATA).forEach(Planning::say);
    plan.waiting().forEach(Planning::say);
    if (!plan.waiting().isEmpty()) {
      return ExitCode.INPUT_MISSING;
    }
    return statuses.stream().anyMatch(status -> status.state() == State.CURRENT)
        ? ExitCode.DONE
        : ExitCode.NO_DATA;
  }

  /** What was asked for again and is not made: it is archived, or has nothing to be made from. */
  private static List<TableDayStatus> leftAlone(Planner planner, Scope scope, Plan plan) {
    if (!scope.again()) {
      return List.of();
    }
    Set<TableDay> planned = plan.steps().stream().map(Step::tableDay).collect(Collectors.toSet());
    return planner.statuses(scope).stream()
        .filter(status -> status.state() == State.NO_DATA || status.state() == State.CURRENT)
        .filter(status -> !planned.contains(status.tableDay()))
        .toList();
  }

  private static StageSize size(AssayConfig config, Set<Stage> stages) {
    return stages.stream()
        .map(each -> config.pipeline().stages().get(each))
        .map(found -> found == null ? StageSize.SMALL : found.size())
        .max(StageSize::compareTo)
        .orElse(StageSize.SMALL);
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
