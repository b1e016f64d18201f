package dev.assay.job;

import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.feed.Landed;
import dev.assay.ledger.Basis;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.TableDayState.Publication;
import dev.assay.model.Champions;
import dev.assay.plan.Action;
import dev.assay.plan.Planner;
import dev.assay.plan.Step;
import dev.assay.table.TableLayout;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** Work on what was published, of what it was made of then. */
final class AsWasWork {
  private AsWasWork() {}

  /**
   * What was published, to be made again as it was, if it still is what is published.
   *
   * @throws AssayException with FENCED if it is not; with USAGE if what it was made from is gone;
   *     with INPUT_MISSING if the files that it was made from changed
   */
  static Work of(PipelineLake lake, Landed landed, StageJob job, Remaking remaking) {
    PipelineConfig pipeline = lake.config().pipeline();
    Seen seen = Seen.now(lake);
    remaking.made().forEach((tableDay, was) -> requireSame(tableDay, was, seen.ledger()));
    requireReadable(lake, remaking);
    Seen then = Seen.of(lake, read(pipeline, remaking));
    Planner planner =
        new Planner(
            pipeline,
            then.ledger(),
            landed,
            Transforming.of(job, pipeline),
            model -> champions(model, remaking));
    Work work =
        new Work(
            seen,
            then.inputs(lake, model -> champions(model, remaking)),
            remaking.recipe(),
            planner,
            (steps, of, known) -> steps.forEach(step -> make(of, step, planner, remaking)));
    work.want(
        remaking.made().keySet().stream()
            .sorted(Comparator.comparing(pipeline::rank))
            .map(tableDay -> step(tableDay, remaking))
            .toList(),
        step -> pipeline.rank(step.tableDay()));
    return work;
  }

  /**
   * The release that is read: the one that was read then; where tables of the same stage were read,
   * too, the one that has them, since it made them visible together with what was made from them.
   */
  private static long read(PipelineConfig pipeline, Remaking remaking) {
    boolean isOfItsStage =
        remaking.made().keySet().stream()
            .anyMatch(
                made -> !pipeline.inputsInStage(pipeline.table(made.table().table())).isEmpty());
    return isOfItsStage ? remaking.release() : remaking.recipe().release();
  }

  private static void requireReadable(PipelineLake lake, Remaking remaking) {
    PipelineConfig pipeline = lake.config().pipeline();
    remaking
        .inputs()
        .forEach(
            (input, version) ->
                lake.versions()
                    .requireReadable(
                        TableLayout.of(pipeline.table(TableName.parse(input).table())), version));
  }

  private static void requireSame(TableDay tableDay, Publication was, LedgerState known) {
    Optional<Publication> now = known.published(tableDay);
    if (now.map(Publication::token).filter(token -> token == was.token()).isEmpty()) {
      throw new AssayException(
          ExitCode.FENCED,
          tableDay
              + " is not what release "
              + was.release()
              + " had any more: "
              + now.map(publication -> "release " + publication.release() + " published it again")
                  .orElse("it was taken away")
              + ". That stays; run again to make it as it is now");
    }
  }

  /** The champions that it was made by: what was decided since changes nothing of it. */
  private static Champions champions(String model, Remaking remaking) {
    String source = Planner.championOf(model);
    return remaking.made().values().stream()
        .map(Publication::basis)
        .filter(Objects::nonNull)
        .map(basis -> basis.inputs().get(source))
        .filter(Objects::nonNull)
        .findFirst()
        .map(Champions::then)
        .orElseGet(() -> Champions.then(""));
  }

  private static Step step(TableDay tableDay, Remaking remaking) {
    return new Step(
        tableDay, tableDay.day(), Action.MAKE, "as release " + remaking.release() + " has it");
  }

  private static void make(Work work, Step step, Planner planner, Remaking remaking) {
    TableDay tableDay = step.tableDay();
    Publication was = Objects.requireNonNull(remaking.made().get(tableDay), "it is made again");
    Basis basis = Objects.requireNonNull(was.basis(), "it has a recipe");
    if (remaking.stage() == Stage.BRONZE
        && !planner.basis(tableDay).inputs().equals(basis.inputs())) {
      throw new AssayException(
          ExitCode.INPUT_MISSING,
          tableDay
              + " cannot be made as it was: what landed for it was changed since, or is gone. Its"
              + " rows as they were received are in release "
              + remaking.release());
    }
    work.make(step, basis);
  }
}
