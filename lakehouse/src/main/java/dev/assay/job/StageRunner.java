package dev.assay.job;

import dev.assay.config.AssayConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.feed.Landings;
import dev.assay.ledger.CodeVersion;
import dev.assay.plan.Batch;
import dev.assay.plan.Plan;
import dev.assay.plan.Planner;
import dev.assay.plan.Scope;
import dev.assay.plan.Step;
import dev.assay.plan.TableDayStatus;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Runs stages of a pipeline on a lake. */
public final class StageRunner {
  private final PipelineLake lake;
  private final PipelineConfig pipeline;

  /** A runner of a pipeline's stages on a lake, which it makes if there is none. */
  public StageRunner(SparkSession spark, AssayConfig config) {
    this.lake = PipelineLake.open(spark, config);
    this.pipeline = config.pipeline();
  }

  /**
   * Runs a stage for a business date: settles what of it is not current.
   *
   * @param only names of the tables to publish; empty for all of the stage
   * @param again whether what is current is made again, too
   * @throws AssayException if something of it was not published, with the reason's exit code
   */
  public StageResult run(
      StageJob job, LocalDate date, Set<String> only, boolean again, String runId) {
    return settle(job, date, only, again, runId).orThrow();
  }

  /** The same, but tells of what was not published beside what was. */
  StageResult settle(StageJob job, LocalDate date, Set<String> only, boolean again, String runId) {
    pipeline.tablesOf(job.stage(), only);
    Landings landed = landings();
    Planner planner =
        new Planner(
            pipeline,
            lake.ledger().state(),
            landed,
            Transforming.of(job, pipeline),
            lake::champions);
    Scope scope = new Scope(date, date, Set.of(job.stage()), only, again);
    Plan plan = planner.plan(scope, 1);
    if (plan.batches().isEmpty()) {
      // What a run had decided when it was cut off is current to the ledger before readers see it.
      lake.releases().latestCompleted();
    }
    return plan.batches().stream()
        .map(batch -> run(job, batch, landed, false, runId))
        .reduce(StageResult::then)
        .orElseGet(() -> nothing(planner, scope, job.stage()))
        .waitingFor(plan.waiting());
  }

  private StageResult nothing(Planner planner, Scope scope, Stage stage) {
    List<TableDayStatus> statuses = planner.statuses(scope);
    if (statuses.isEmpty()) {
      throw new AssayException(ExitCode.NO_DATA, String.join("\n", scope.withoutDay(pipeline)));
    }
    return StageResult.of(stage, statuses);
  }

  /**
   * Runs a stage for what a plan says, and nothing more: each table-day is published, or found
   * current.
   *
   * @param keepGoing whether a date that is refused holds back those after it
   * @throws AssayException if none of it could be tried
   */
  public StageResult run(StageJob job, Batch batch, boolean keepGoing, String runId) {
    return run(job, batch, landings(), keepGoing, runId);
  }

  private StageResult run(
      StageJob job, Batch batch, Landings landed, boolean keepGoing, String runId) {
    StageResult all = StageResult.of(job.stage(), List.of());
    List<Step> left = batch.steps();
    while (!left.isEmpty() && (keepGoing || all.failures().isEmpty())) {
      LocalDate next = left.get(0).date();
      try {
        List<Step> first = job.first(left, () -> now(runId));
        Batch part = new Batch(batch.stage(), first, batch.again());
        all = all.then(settled(job, part, landed, keepGoing, runId));
        Set<LocalDate> failed = all.failures().keySet();
        left =
            left.subList(first.size(), left.size()).stream()
                .filter(step -> !failed.contains(step.date()))
                .toList();
      } catch (AssayException failure) {
        if (all.isEmpty() && all.failures().isEmpty()) {
          throw failure;
        }
        // What is published, or was refused, is told of, too.
        return all.failed(next, failure);
      }
    }
    return all;
  }

  private StageResult settled(
      StageJob job, Batch batch, Landings landed, boolean keepGoing, String runId) {
    StageResult all = publication(job, batch, landed, keepGoing, runId).publish();
    StageResult last = all;
    // What some of its days learned after all may change others of them, each of which learns once.
    Batch rest = new Batch(batch.stage(), batch.steps(), false);
    int passes = 0;
    while (job.stage() == Stage.ML && last.failures().isEmpty() && !last.isEmpty()) {
      if (passes++ > batch.steps().size()) {
        throw new AssayException(
            ExitCode.UNEXPECTED,
            "the models of "
                + pipeline.name()
                + " do not settle: "
                + last.published().keySet()
                + " were published anew by every pass. A model must give the same rows whenever it"
                + " learns from the same rows");
      }
      last = publication(job, rest, landed, keepGoing, runId).publish();
      all = all.then(last);
    }
    return all;
  }

  private StageRun now(String runId) {
    return new StageRun(
        runId, lake.spark(), lake.config(), Seen.now(lake).inputs(lake, lake::champions));
  }

  private StagePublication publication(
      StageJob job, Batch batch, Landings landed, boolean keepGoing, String runId) {
    return new StagePublication(
        lake, job, () -> LatestWork.now(lake, landed, job, batch), keepGoing, runId);
  }

  /**
   * Makes published table-days again as they were made: of the same versions of their inputs, by
   * the same code, and by this runner's conf, which {@link AsWas#config} gives.
   *
   * @throws AssayException with USAGE if they were made by other code than this
   */
  public StageResult remake(StageJob job, Remaking remaking, String runId) {
    String code = CodeVersion.of(job.getClass());
    if (!code.equals(remaking.recipe().code())) {
      throw new AssayException(
          ExitCode.USAGE,
          remaking.made().keySet().iterator().next()
              + " was made by "
              + remaking.recipe().code()
              + ", and this is "
              + code
              + "; ./assay run --inputs as-was starts the JAR that it was made by");
    }
    Landings landed = landings();
    return new StagePublication(
            lake, job, () -> AsWasWork.of(lake, landed, job, remaking), false, runId)
        .publish();
  }

  private Landings landings() {
    return new Landings(lake.spark().sessionState().newHadoopConf());
  }
}
