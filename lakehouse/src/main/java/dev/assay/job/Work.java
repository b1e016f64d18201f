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
import dev.assay.ledger.Recipe;
import dev.assay.ledger.TableDayState.Publication;
import dev.assay.plan.Action;
import dev.assay.plan.Batch;
import dev.assay.plan.Planner;
import dev.assay.plan.State;
import dev.assay.plan.Step;
import dev.assay.plan.TableDayStatus;
import dev.assay.release.Release;
import dev.assay.release.ReleaseInputs;
import dev.assay.table.TableLayout;
import dev.assay.table.TableVersions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one attempt is to make, and of what.
 *
 * @param release the newest release when it was looked at
 * @param ledger what was known then
 * @param inputs the tables as that release has them
 * @param steps what is made or taken away
 * @param bases what each table-day is made from
 * @param superseded what is published and has no inputs any more, and why
 * @param unchanged what need not be made, and why
 * @param noData what has no data, and why
 * @param waiting what cannot be made yet, and why
 * @param recipe what it is made from and by
 */
record Work(
    Optional<Release> release,
    LedgerState ledger,
    ReleaseInputs inputs,
    List<Step> steps,
    Map<TableDay, Basis> bases,
    Map<TableDay, String> superseded,
    Map<TableDay, String> unchanged,
    Map<TableDay, String> noData,
    Map<TableDay, String> waiting,
    Recipe recipe) {

  /** What readers see, and what the ledger knows of it. */
  private record Seen(Optional<Release> latest, LedgerState known) {
    static Seen now(PipelineLake lake) {
      while (true) {
        Optional<Release> latest = lake.releases().latestCompleted();
        LedgerState known = lake.ledger().state();
        if (known.newestRelease() <= latest.map(Release::number).orElse(0L)) {
          return new Seen(latest, known);
        }
        // Something was published between the two looks.
      }
    }
  }

  /** Looks at each step of a batch as it is now: other runs may have done some of it since. */
  static Work now(PipelineLake lake, Landed landed, StageJob job, Batch batch) {
    PipelineConfig pipeline = lake.config().pipeline();
    Seen seen = Seen.now(lake);
    Recipe recipe =
        lake.recipes()
            .keep(
                job.getClass(),
                lake.config().text(),
                seen.latest().map(Release::number).orElse(0L));
    Work work = of(lake, seen, seen, recipe);
    Planner planner = new Planner(pipeline, seen.known(), landed, Transforming.of(job, pipeline));
    batch.steps().forEach(step -> work.add(step, job.stage(), batch.again(), planner));
    return work;
  }

  /**
   * What was published, to be made again as it was, if it still is what is published.
   *
   * @throws AssayException with FENCED if it is not; with USAGE if what it was made from is gone;
   *     with INPUT_MISSING if the files that it was made from changed
   */
  static Work asWas(PipelineLake lake, Landed landed, StageJob job, Remaking remaking) {
    PipelineConfig pipeline = lake.config().pipeline();
    Seen seen = Seen.now(lake);
    remaking.made().forEach((tableDay, was) -> requireSame(tableDay, was, seen.known()));
    long read = remaking.recipe().release();
    Seen then =
        new Seen(
            read == 0 ? Optional.empty() : Optional.of(lake.log().existing(read)),
            lake.ledger().asOf(read));
    TableVersions versions = new TableVersions(lake.store());
    remaking
        .inputs()
        .forEach(
            (input, version) ->
                versions.requireReadable(
                    TableLayout.of(pipeline.table(TableName.parse(input).table())), version));
    Work work = of(lake, seen, then, remaking.recipe());
    Planner planner = new Planner(pipeline, then.known(), landed, Transforming.of(job, pipeline));
    remaking.made().forEach((tableDay, was) -> work.again(tableDay, was, planner, remaking));
    return work;
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

  private static Work of(PipelineLake lake, Seen seen, Seen read, Recipe recipe) {
    return new Work(
        seen.latest(),
        seen.known(),
        new ReleaseInputs(
            lake.config().pipeline(), read.latest(), lake.tables(), lake.commits(), read.known()),
        new ArrayList<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        recipe);
  }

  private void again(TableDay tableDay, Publication was, Planner planner, Remaking remaking) {
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
    steps.add(
        new Step(
            tableDay, tableDay.day(), Action.MAKE, "as release " + remaking.release() + " has it"));
    bases.put(tableDay, basis);
  }

  /** Whether it is made as it was: of an older release than the newest. */
  boolean isAsWas() {
    return recipe.release() != release.map(Release::number).orElse(0L);
  }

  private void add(Step step, Stage stage, boolean again, Planner planner) {
    TableDay tableDay = step.tableDay();
    TableDayStatus status = planner.status(tableDay);
    if (status.state() == State.CURRENT && !again) {
      unchanged.put(tableDay, status.why());
    } else if (status.state() == State.NO_DATA && status.ready() && !again) {
      // It was made of what is there now, and had nothing.
      noData.put(tableDay, status.why());
    } else if (status.state() == State.SUPERSEDED) {
      steps.add(step);
      superseded.put(tableDay, status.why());
    } else if (status.ready() || stage == Stage.BRONZE) {
      // A landing that is not there is looked for once more, and recorded.
      steps.add(step);
      bases.put(tableDay, planner.basis(tableDay));
    } else if (status.state() == State.NO_DATA || step.action() == Action.MAKE_IF_CHANGED) {
      noData.put(tableDay, status.why());
    } else {
      waiting.put(tableDay, status.why());
    }
  }

  /** The table-days of the steps. */
  Set<TableDay> tableDays() {
    return steps.stream().map(Step::tableDay).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Whether it is to be made of what is published now, too. What is taken away follows from what is
   * not published, and what is made as it was from its being published still, of which no version
   * that was read can tell.
   */
  boolean isStillOf(Optional<Release> latest) {
    boolean isToldByVersions = superseded.isEmpty() && !isAsWas();
    return isToldByVersions
        ? inputs.areThoseOf(latest)
        : latest.map(Release::number).equals(release.map(Release::number));
  }
}
