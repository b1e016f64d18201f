package dev.assay.cli;

import dev.assay.audit.CheckResult;
import dev.assay.audit.RowAccount;
import dev.assay.config.AssayConfig;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.error.ExitCode;
import dev.assay.feed.Landings;
import dev.assay.job.ConfigOptions;
import dev.assay.ledger.Attempt;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.Recipe;
import dev.assay.ledger.TableDayState;
import dev.assay.model.PromotionLog;
import dev.assay.plan.Planner;
import dev.assay.plan.TableDayStatus;
import dev.assay.store.LakeStore;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay status}: each table-day's state, from the ledger alone; starts no Spark. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows each table-day: state, release, rows, checks, when and why.",
      "With --format json, too: the versions of its inputs, and the code, the conf and the release",
      "that it was made by and of.",
      "Without a date: of every day that was tried. What was never tried a range shows."
    })
final class StatusCommand implements Callable<Integer> {
  @Option(names = "--pipeline", required = true, paramLabel = "P", description = "the pipeline")
  private String pipeline = "";

  @Mixin private Days days = new Days();

  @Mixin private AnswerFormat format = new AnswerFormat();

  @Mixin private ConfigOptions options = new ConfigOptions();

  /** A table-day's state; what was published stays visible when a later attempt fails. */
  private record Line(
      LocalDate day,
      String table,
      String state,
      @Nullable Long release,
      @Nullable Long version,
      @Nullable Long rows,
      @Nullable Long quarantined,
      @Nullable Long duplicates,
      List<CheckResult> failedChecks,
      @Nullable Instant at,
      @Nullable Map<String, Long> inputs,
      @Nullable Recipe recipe,
      String message) {

    List<String> cells() {
      return List.of(
          day.toString(),
          table,
          state,
          text(release),
          text(rows),
          text(quarantined),
          text(duplicates),
          String.join(" ", failedChecks.stream().map(CheckResult::name).toList()),
          at == null ? "" : at.truncatedTo(ChronoUnit.SECONDS).toString(),
          message);
    }

    private static String text(@Nullable Long value) {
      return value == null ? "" : value.toString();
    }
  }

  @Override
  public Integer call() {
    AssayConfig config = options.load(pipeline);
    LakeStore lake = LakeStore.of(config);
    LedgerState ledger = Ledger.of(lake, pipeline).state();
    List<LocalDate> shown =
        days.given() ? days.all() : ledger.tried().stream().map(TableDay::day).distinct().toList();
    Landings landed = Planning.landed(config, shown);
    Planner planner =
        new Planner(
            config.pipeline(),
            ledger,
            landed,
            StageJobs.transforms(config.pipeline()),
            model -> new PromotionLog(lake, pipeline, model).champions());
    List<Line> lines = lines(config, ledger, planner, shown);
    Output.say(
        format.get(),
        lines,
        List.of(
            "DAY",
            "TABLE",
            "STATE",
            "RELEASE",
            "ROWS",
            "QUARANTINED",
            "DUPLICATES",
            "FAILED CHECKS",
            "AT",
            "WHY"),
        Line::cells);
    return ExitCode.DONE.code();
  }

  private static List<Line> lines(
      AssayConfig config, LedgerState ledger, Planner planner, List<LocalDate> days) {
    List<Line> lines = new ArrayList<>();
    for (LocalDate day : days) {
      for (TableContract contract : config.pipeline().tables().values()) {
        if (contract.hasDay(day)) {
          TableDay tableDay = new TableDay(contract.name(), day);
          lines.add(line(planner.status(tableDay), ledger.of(tableDay), ledger.running(tableDay)));
        }
      }
    }
    return lines;
  }

  private static Line line(TableDayStatus status, TableDayState known, Optional<Attempt> open) {
    TableDayState.Publication published = known.published();
    TableDayState.End last = known.last();
    // What readers see, and what a later attempt at it came to, are two things.
    RowAccount account = published != null ? published.rows() : last == null ? null : last.rows();
    return new Line(
        status.tableDay().day(),
        status.tableDay().table().table(),
        status.state().id(),
        published == null ? null : published.release(),
        published == null ? null : published.version(),
        published == null ? null : published.rows().published(),
        account == null ? null : account.quarantined(),
        account == null ? null : account.duplicates(),
        last == null ? List.of() : last.failedChecks(),
        last == null ? null : last.at(),
        published == null ? null : published.inputs(),
        published == null ? null : published.recipe(),
        status.why() + open.map(StatusCommand::withoutOutcome).orElse(""));
  }

  /** Nobody can tell from elsewhere whether a process is slow, or gone without a word. */
  private static String withoutOutcome(Attempt attempt) {
    return "; attempt "
        + attempt.token()
        + " of run "
        + attempt.runId()
        + " on host "
        + attempt.host()
        + ", pid "
        + attempt.pid()
        + ", since "
        + attempt.startedAt().truncatedTo(ChronoUnit.SECONDS)
        + " has no outcome: it runs, or died";
  }
}
