package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.Derivation;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.feed.Landings;
import dev.assay.job.AsWas;
import dev.assay.job.Remaking;
import dev.assay.ledger.Ledger;
import dev.assay.model.PromotionLog;
import dev.assay.plan.Action;
import dev.assay.plan.Batch;
import dev.assay.plan.Plan;
import dev.assay.plan.Planner;
import dev.assay.plan.Scope;
import dev.assay.plan.State;
import dev.assay.plan.Step;
import dev.assay.plan.TableDayStatus;
import dev.assay.store.LakeStore;
import dev.assay.store.StoreSettings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Plans as the commands make and show them, without Spark. */
public final class Planning {
  /** How many dates of a range are made side by side: so much is made again after a kill. */
  private static final int DATES_AT_ONCE = 8;

  private Planning() {}

  /** A step of a plan, as it is shown. */
  private record Line(
      Stage stage, LocalDate date, String table, LocalDate day, String action, String why) {}

  /** A planner that has looked for what landed on the dates of a run. */
  public static Planner planner(AssayConfig config, Scope scope) {
    Configuration conf = StoreSettings.configuration(config.store());
    Landings landed = landed(config, scope.from().datesUntil(scope.to().plusDays(1)).toList());
    LakeStore lake = new LakeStore(config.lake().root(), conf);
    return new Planner(
        config.pipeline(),
        Ledger.of(lake, config.pipeline().name()).state(),
        landed,
        StageJobs.transforms(config.pipeline()),
        model -> new PromotionLog(lake, config.pipeline().name(), model).champions());
  }

  /** What landed, after a look at some dates. */
  static Landings landed(AssayConfig config, List<LocalDate> dates) {
    Landings landed = new Landings(StoreSettings.configuration(config.store()));
    for (TableContract contract : config.pipeline().tablesOf(Stage.BRONZE)) {
      Derivation.Received received = (Derivation.Received) contract.derivation();
      landed.look(config.pipeline().feed(received.feed()), dates);
    }
    return landed;
  }

  /** What a run does. */
  public static Plan plan(Planner planner, Scope scope) {
    return planner.plan(scope, DATES_AT_ONCE);
  }

  /** Shows a plan; an empty one with what stands in its way. */
  static void say(AssayConfig config, Planner planner, Scope scope, Output.Format format) {
    Plan plan = plan(planner, scope);
    if (plan.batches().isEmpty() && format == Output.Format.TABLE) {
      Output.out().println("nothing to do");
      planner.statuses(scope).stream()
          .filter(status -> status.state() != State.CURRENT)
          .forEach(Planning::say);
      sayWithoutDay(config, planner, scope);
    } else {
      say(config, plan, format);
    }
  }

  static void say(TableDayStatus status) {
    Output.out().println(status.tableDay() + ": " + status.state().id() + ", " + status.why());
  }

  /** Of what has no day on these dates one is told who named it, or who asked for nothing else. */
  static void sayWithoutDay(AssayConfig config, Planner planner, Scope scope) {
    if (!scope.tables().isEmpty() || planner.statuses(scope).isEmpty()) {
      scope.withoutDay(config.pipeline()).forEach(Output.out()::println);
    }
  }

  /** Shows what is made again as it was. */
  static void say(AsWas.Found found, Output.Format format) {
    List<Line> lines = new ArrayList<>();
    for (Remaking remaking : found.remakings()) {
      for (TableDay tableDay : remaking.made().keySet()) {
        lines.add(
            new Line(
                remaking.stage(),
                remaking.day(),
                tableDay.table().table(),
                tableDay.day(),
                Action.MAKE.id(),
                "as release "
                    + remaking.release()
                    + " has it, of release "
                    + remaking.recipe().release()
                    + ", by "
                    + remaking.recipe().code()
                    + " and the conf "
                    + remaking.recipe().conf()));
      }
    }
    for (AsWas.Impossible one : found.impossible()) {
      LocalDate day = one.tableDay().day();
      String table = one.tableDay().table().table();
      lines.add(new Line(one.stage(), day, table, day, "wait", one.why()));
    }
    say(lines, format);
  }

  private static void say(AssayConfig config, Plan plan, Output.Format format) {
    List<Line> lines = new ArrayList<>();
    for (Batch batch : plan.batches()) {
      for (Step step : batch.steps()) {
        lines.add(
            new Line(
                batch.stage(),
                step.date(),
                step.tableDay().table().table(),
                step.tableDay().day(),
                step.action().id(),
                step.reason()));
      }
    }
    for (TableDayStatus status : plan.waiting()) {
      lines.add(
          new Line(
              config.pipeline().table(status.tableDay().table().table()).stage(),
              status.tableDay().day(),
              status.tableDay().table().table(),
              status.tableDay().day(),
              "wait",
              status.why()));
    }
    say(lines, format);
  }

  private static void say(List<Line> lines, Output.Format format) {
    Output.say(
        format,
        lines,
        List.of("STAGE", "DAY", "TABLE", "ACTION", "WHY"),
        line ->
            List.of(
                line.stage().id(), line.day().toString(), line.table(), line.action(), line.why()));
  }
}
