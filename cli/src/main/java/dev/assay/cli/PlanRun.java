package dev.assay.cli;

import dev.assay.error.ExitCode;
import dev.assay.job.Commands;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.plan.Batch;
import dev.assay.plan.Plan;
import dev.assay.plan.Step;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Does what a plan says. Where a date is not published, the dates before it are still made to their
 * end; those after it are not begun, unless the run is to keep going.
 *
 * @param runner runs a stage
 * @param keepGoing whether the dates after one that was not published go on
 * @param runId what the run is called
 */
public record PlanRun(StageRunner runner, boolean keepGoing, String runId) {

  /**
   * Runs a plan.
   *
   * @param told is told of every batch what it came to, as soon as it is done
   * @return the same of all
   */
  public List<StageResult> run(Plan plan, BiConsumer<Batch, StageResult> told) {
    List<StageResult> results = new ArrayList<>();
    LocalDate end = LocalDate.MAX;
    for (Batch batch : plan.batches()) {
      LocalDate before = end;
      List<Step> steps =
          batch.steps().stream().filter(step -> step.date().isBefore(before)).toList();
      if (!steps.isEmpty()) {
        Batch rest = new Batch(batch.stage(), steps, batch.again());
        StageResult result = runner.run(StageJobs.of(batch.stage()), rest, keepGoing, runId);
        results.add(result);
        told.accept(rest, result);
        if (!keepGoing && !result.failures().isEmpty()) {
          end = result.failures().firstKey();
        }
      }
    }
    return results;
  }

  /** How a process ends: by the first failure; else by what waits; else by what is there. */
  static ExitCode exitCode(List<StageResult> results, Plan plan) {
    List<ExitCode> codes = new ArrayList<>();
    results.stream()
        .filter(result -> !result.failures().isEmpty())
        .forEach(result -> codes.add(result.exitCode()));
    if (!plan.waiting().isEmpty()) {
      codes.add(ExitCode.INPUT_MISSING);
    }
    Stream.of(ExitCode.INPUT_MISSING, ExitCode.DONE)
        .filter(code -> results.stream().anyMatch(result -> result.exitCode() == code))
        .forEach(codes::add);
    return codes.isEmpty() ? ExitCode.NO_DATA : codes.get(0);
  }

  /** Says on stderr why dates were not published. */
  static void complain(List<StageResult> results) {
    for (StageResult result : results) {
      result
          .failures()
          .forEach((date, failure) -> Commands.complain(date + ": " + failure.message()));
    }
  }
}
