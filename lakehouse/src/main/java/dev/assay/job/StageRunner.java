package dev.assay.job;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.feed.Landings;
import dev.assay.ledger.LakeLayout;
import dev.assay.ledger.Ledger;
import dev.assay.plan.Batch;
import dev.assay.plan.Plan;
import dev.assay.plan.Planner;
import dev.assay.plan.Scope;
import dev.assay.plan.State;
import dev.assay.plan.TableDayStatus;
import dev.assay.release.ReleaseLog;
import dev.assay.release.ReleasePublisher;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Runs stages of a pipeline on a lake. */
public final class StageRunner {
  private final SparkSession spark;
  private final AssayConfig config;
  private final DeltaTables tables;
  private final Ledger ledger;
  private final ReleasePublisher releases;

  /** A runner of a pipeline's stages on a lake, which it makes if there is none. */
  public StageRunner(SparkSession spark, AssayConfig config) {
    LakeStore lake = new LakeStore(config.lake().root(), spark.sessionState().newHadoopConf());
    LakeLayout.ensure(lake);
    String pipeline = config.pipeline().name();
    this.spark = spark;
    this.config = config;
    this.tables = new DeltaTables(spark, lake);
    this.ledger = Ledger.of(lake, pipeline);
    this.releases = new ReleasePublisher(new ReleaseLog(lake, pipeline), tables, ledger, pipeline);
  }

  /**
   * Runs a stage for a business date: settles what of it is not current.
   *
   * @param only names of the tables to publish; empty for all of the stage
   * @param again whether what is current is made again, too
   * @throws AssayException if nothing was published, with the reason's exit code
   */
  public StageResult run(
      StageJob job, LocalDate date, Set<String> only, boolean again, String runId) {
    config.pipeline().tablesOf(job.stage(), only);
    Landings landed = landings();
    Planner planner =
        new Planner(
            config.pipeline(), ledger.state(), landed, Transforming.of(job, config.pipeline()));
    Scope scope = new Scope(date, date, Set.of(job.stage()), only, again);
    Plan plan = planner.plan(scope, 1);
    return plan.batches().stream()
        .map(batch -> run(job, batch, landed, false, runId))
        .reduce(StageResult::then)
        .orElseGet(() -> nothingToDo(job, planner, scope))
        .orThrow();
  }

  private static StageResult nothingToDo(StageJob job, Planner planner, Scope scope) {
    Map<State, Map<TableDay, String>> byState = new EnumMap<>(State.class);
    for (TableDayStatus status : planner.statuses(scope)) {
      byState
          .computeIfAbsent(status.state(), state -> new LinkedHashMap<>())
          .put(status.tableDay(), status.why());
    }
    Map<TableDay, String> unchanged = byState.getOrDefault(State.CURRENT, Map.of());
    Map<TableDay, String> noData = byState.getOrDefault(State.NO_DATA, Map.of());
    Map<TableDay, String> waiting = byState.getOrDefault(State.MISSING, Map.of());
    return new StageResult(
        job.stage(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        unchanged,
        noData,
        waiting,
        new TreeMap<>());
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
    StageResult all = publication(job, batch, landed, keepGoing, runId).publish();
    StageResult last = all;
    // What some of its days learned may change others of them.
    Batch rest = new Batch(batch.stage(), batch.steps(), false);
    while (job.stage() == Stage.ML && last.failures().isEmpty() && !last.isEmpty()) {
      last = publication(job, rest, landed, keepGoing, runId).publish();
      all = all.then(last);
    }
    return all;
  }

  private StagePublication publication(
      StageJob job, Batch batch, Landings landed, boolean keepGoing, String runId) {
    return new StagePublication(
        spark, config, tables, ledger, releases, landed, job, batch, keepGoing, runId);
  }

  private Landings landings() {
    return new Landings(spark.sessionState().newHadoopConf());
  }
}
