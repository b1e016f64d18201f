package dev.assay.job;

import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.ledger.Basis;
import dev.assay.ledger.LedgerState;
import dev.assay.plan.Action;
import dev.assay.plan.Batch;
import dev.assay.plan.Planner;
import dev.assay.plan.State;
import dev.assay.plan.Step;
import dev.assay.plan.TableDayStatus;
import dev.assay.release.Release;
import dev.assay.release.ReleaseInputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    Map<TableDay, String> waiting) {

  /** Looks at each step of a batch as it is now: other runs may have done some of it since. */
  static Work of(
      Stage stage,
      Batch batch,
      Planner planner,
      Optional<Release> release,
      LedgerState ledger,
      ReleaseInputs inputs) {
    Work work =
        new Work(
            release,
            ledger,
            inputs,
            new ArrayList<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>());
    batch.steps().forEach(step -> work.add(step, stage, batch.again(), planner));
    return work;
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
   * not published, of which no version that was read can tell.
   */
  boolean isStillOf(Optional<Release> latest) {
    return superseded.isEmpty()
        ? inputs.areThoseOf(latest)
        : latest.map(Release::number).equals(release.map(Release::number));
  }
}
