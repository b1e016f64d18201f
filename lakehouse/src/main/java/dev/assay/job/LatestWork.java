package dev.assay.job;

import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.feed.Landed;
import dev.assay.ledger.LedgerState;
import dev.assay.plan.Action;
import dev.assay.plan.Batch;
import dev.assay.plan.Planner;
import dev.assay.plan.State;
import dev.assay.plan.Step;
import dev.assay.plan.TableDayStatus;
import dev.assay.release.Release;
import java.util.List;

/** Work on a batch of a plan, of what is published now. */
final class LatestWork {
  private final PipelineLake lake;
  private final Landed landed;
  private final StageJob job;
  private final boolean again;

  private LatestWork(PipelineLake lake, Landed landed, StageJob job, boolean again) {
    this.lake = lake;
    this.landed = landed;
    this.job = job;
    this.again = again;
  }

  /** Looks at each step of a batch as it is now: other runs may have done some of it since. */
  static Work now(PipelineLake lake, Landed landed, StageJob job, Batch batch) {
    PipelineConfig pipeline = lake.config().pipeline();
    LatestWork latest = new LatestWork(lake, landed, job, batch.again());
    Seen seen = Seen.now(lake);
    seen.release().ifPresent(release -> requireSameStage(release, batch));
    Work work =
        new Work(
            seen,
            seen.inputs(lake, lake::champions),
            lake.recipes().keep(job.getClass(), lake.config().text(), seen.number()),
            latest.planner(seen.ledger()),
            latest::look);
    work.want(batch.steps(), step -> pipeline.rank(step.tableDay()));
    return work;
  }

  /** A table lies in a folder of its stage: what it had in another, readers would lose. */
  private static void requireSameStage(Release release, Batch batch) {
    for (Step step : batch.steps()) {
      Release.TableVersion before = release.tables().get(step.tableDay().table().table());
      if (before != null && before.stage() != batch.stage()) {
        throw new AssayException(
            ExitCode.USAGE,
            step.tableDay().table()
                + " was published by the "
                + before.stage().id()
                + " stage, and conf has it in "
                + batch.stage().id()
                + " now, where none of its days are; give the new table another name");
      }
    }
  }

  private Planner planner(LedgerState known) {
    PipelineConfig pipeline = lake.config().pipeline();
    return new Planner(pipeline, known, landed, Transforming.of(job, pipeline), lake::champions);
  }

  private void look(List<Step> steps, Work work, LedgerState known) {
    Planner planner = planner(known);
    steps.forEach(step -> look(step, work, planner));
  }

  /**
   * What it was made from is archived, or past its retention; of a file that is gone one is told.
   */
  private boolean cannotBeMadeAgain(TableDayStatus status) {
    return !status.ready() && job.stage() != Stage.BRONZE;
  }

  private void look(Step step, Work work, Planner planner) {
    TableDay tableDay = step.tableDay();
    TableDayStatus status = planner.status(tableDay);
    if (status.state() == State.CURRENT && (!again || cannotBeMadeAgain(status))) {
      work.unchanged().put(tableDay, status.why());
    } else if (status.state() == State.NO_DATA && status.ready() && !again) {
      // It was made of what is there now, and had nothing.
      work.noData().put(tableDay, status.why());
    } else if (status.state() == State.SUPERSEDED) {
      work.takeAway(step, status.why());
    } else if (status.ready() || job.stage() == Stage.BRONZE) {
      // A landing that is not there is looked for once more, and recorded.
      work.make(step, planner.basis(tableDay));
    } else if (status.state() == State.NO_DATA || step.action() == Action.MAKE_IF_CHANGED) {
      work.noData().put(tableDay, status.why());
    } else {
      work.waiting().put(tableDay, status.why());
    }
  }
}
