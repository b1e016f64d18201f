package dev.assay.cli;

import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.plan.Batch;
import dev.assay.plan.Plan;
import dev.assay.plan.Step;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Does what a plan says. Where a date is not published, the dates before it are still made to their
 * end; those after it are not begun, unless the run is to keep going.
 *
 * @param runner runs a stage
 * @param keepGoing whether the dates after one that was not published go on
 * @param runId what the run is called
 */
public record PlanRun(StageRunner runner, boolean keepGoing, String runId) {

  /** Runs a plan, and tells of every batch what it came to. */
  public void run(Plan plan, BiConsumer<Batch, StageResult> told) {
    LocalDate end = LocalDate.MAX;
    for (Batch batch : plan.batches()) {
      LocalDate before = end;
      List<Step> steps =
          batch.steps().stream().filter(step -> step.date().isBefore(before)).toList();
      if (!steps.isEmpty()) {
        Batch rest = new Batch(batch.stage(), steps, batch.again());
        StageResult result = runner.run(StageJobs.of(batch.stage()), rest, keepGoing, runId);
        told.accept(rest, result);
        if (!keepGoing && !result.failures().isEmpty()) {
          end = result.failures().firstKey();
        }
      }
    }
  }
}
