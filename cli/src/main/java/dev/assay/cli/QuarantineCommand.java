package dev.assay.cli;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.assay.audit.RowAccount;
import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.StageSize;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.Commands;
import dev.assay.job.ConfigOptions;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.TableDayState;
import dev.assay.plan.Plan;
import dev.assay.plan.Scope;
import dev.assay.session.SparkSessions;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.Quarantine;
import dev.assay.table.TableCommits;
import dev.assay.table.TableLayout;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay quarantine}: the rows that checks rejected, and taking them in again. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows the rows that checks rejected, and takes them in again.")
final class QuarantineCommand {
  /** What every one of these commands is told. */
  static final class Common {
    @Option(names = "--pipeline", required = true, paramLabel = "P", description = "the pipeline")
    private String pipeline = "";

    @Mixin private ConfigOptions options = new ConfigOptions();

    AssayConfig config() {
      return options.load(pipeline);
    }
  }

  /** Which rows. */
  static final class OfTable {
    @Option(names = "--table", required = true, paramLabel = "T", description = "the table")
    private String table = "";

    @Mixin private Days days = new Days();

    TableContract contract(AssayConfig config) {
      if (!config.pipeline().tables().containsKey(table)) {
        throw new AssayException(
            ExitCode.USAGE,
            config.pipeline().name()
                + " has no table '"
                + table
                + "'; it has "
                + config.pipeline().tables().keySet());
      }
      return config.pipeline().table(table);
    }
  }

  /** A table-day with rejected rows. */
  private record Listed(
      String table, LocalDate day, long rows, long received, String attempt, List<String> checks) {}

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The table-days with rejected rows, from the ledger alone.")
  int list(@Mixin Common common, @Mixin AnswerFormat format) {
    AssayConfig config = common.config();
    List<Listed> listed = new ArrayList<>();
    for (TableDayState state : ledger(config).ended()) {
      RejectedRows.Counted.of(state)
          .ifPresent(rejected -> listed.add(listed(state, rejected.rows())));
    }
    Output.say(
        format.get(),
        listed,
        List.of("DAY", "TABLE", "ROWS", "OF", "ATTEMPT", "CHECKS"),
        one ->
            List.of(
                one.day().toString(),
                one.table(),
                Long.toString(one.rows()),
                Long.toString(one.received()),
                one.attempt(),
                String.join(", ", one.checks())));
    return ExitCode.DONE.code();
  }

  private static Listed listed(TableDayState state, RowAccount rows) {
    TableDayState.End last = state.last();
    return new Listed(
        state.tableDay().table().table(),
        state.tableDay().day(),
        rows.quarantined(),
        rows.received(),
        last == null ? "" : last.kind().id(),
        last == null
            ? List.of()
            : last.failedChecks().stream().map(check -> check.name()).toList());
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "The rejected rows of a table, whole, each with every reason: of each day those that list",
        "counts."
      })
  int show(
      @Mixin Common common,
      @Mixin OfTable ofTable,
      @Option(names = "--reason", paramLabel = "R", description = "only rows with this reason")
          @Nullable String reason,
      @Option(
              names = "--attempt",
              paramLabel = "N",
              description = "those that this attempt rejected instead")
          @Nullable Long attempt,
      @Mixin AnswerFormat format,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "at most this many rows in a table; csv and json have all")
          int limit)
      throws IOException {
    AssayConfig config = common.config();
    TableContract contract = ofTable.contract(config);
    List<LocalDate> dates = ofTable.days.all();
    try (SparkSession spark =
        SparkSessions.start(config, StageSize.SMALL, "assay quarantine show")) {
      LakeStore lake = new LakeStore(config.lake().root(), spark.sessionState().newHadoopConf());
      DeltaTables tables = new DeltaTables(spark, lake);
      TableLayout layout = Quarantine.layout(contract);
      long version = new TableCommits(lake).newestVersion(layout);
      if (version < 0) {
        throw new AssayException(ExitCode.NO_DATA, contract.name() + " has rejected no row yet");
      }
      Dataset<Row> rows =
          tables
              .read(layout, version)
              .where(
                  col(layout.partition())
                      .between(lit(dates.get(0)), lit(dates.get(dates.size() - 1))));
      RejectedRows rejected = new RejectedRows(contract, ledger(config), rows);
      Dataset<Row> shown = attempt == null ? rejected.counted(dates) : rejected.of(attempt);
      RowsOutput.say(
          format.get(),
          reason == null ? shown : shown.where(array_contains(col("reasons"), reason)),
          limit);
    }
    return ExitCode.DONE.code();
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = {
        "Makes the days of a table that have rejected rows again, with the checks of now, and what",
        "follows from them."
      })
  int replay(@Mixin Common common, @Mixin OfTable ofTable) throws IOException {
    AssayConfig config = common.config();
    TableContract contract = ofTable.contract(config);
    LedgerState before = ledger(config);
    SortedSet<LocalDate> days =
        ofTable.days.all().stream()
            .filter(day -> quarantined(before.of(new TableDay(contract.name(), day))) > 0)
            .collect(Collectors.toCollection(TreeSet::new));
    if (days.isEmpty()) {
      throw new AssayException(
          ExitCode.NO_DATA, "no row of " + contract.name() + " was rejected on those days");
    }
    Scope rejecting =
        new Scope(
            days.first(),
            days.last(),
            EnumSet.of(contract.stage()),
            Set.of(contract.name().table()),
            true);
    Scope following =
        new Scope(
            days.first(), days.last(), EnumSet.range(contract.stage(), Stage.ML), Set.of(), false);
    StageSize size = config.pipeline().size(following.stages());
    try (SparkSession spark = SparkSessions.start(config, size, "assay quarantine replay")) {
      PlanRun run = new PlanRun(new StageRunner(spark, config), true, UUID.randomUUID().toString());
      ExitCode again = run(run, config, rejecting, days);
      ExitCode rest = run(run, config, following, days);
      say(contract, days, before, ledger(config));
      return (again == ExitCode.DONE ? rest : again).code();
    }
  }

  private static ExitCode run(
      PlanRun run, AssayConfig config, Scope scope, SortedSet<LocalDate> days) {
    Plan plan = Planning.plan(Planning.planner(config, scope), scope).of(days);
    List<StageResult> results = run.run(plan, (batch, result) -> Commands.say(result));
    PlanRun.complain(results);
    plan.waiting().forEach(Planning::say);
    return plan.batches().isEmpty() && plan.waiting().isEmpty()
        ? ExitCode.DONE
        : PlanRun.exitCode(results, plan);
  }

  private static void say(
      TableContract contract, SortedSet<LocalDate> days, LedgerState before, LedgerState after) {
    for (LocalDate day : days) {
      TableDay tableDay = new TableDay(contract.name(), day);
      Output.out()
          .println(
              tableDay
                  + ": "
                  + quarantined(before.of(tableDay))
                  + " rows were rejected, now "
                  + quarantined(after.of(tableDay)));
    }
  }

  private static long quarantined(TableDayState state) {
    return RejectedRows.Counted.of(state).map(counted -> counted.rows().quarantined()).orElse(0L);
  }

  private static LedgerState ledger(AssayConfig config) {
    LakeStore lake = LakeStore.of(config);
    return Ledger.of(lake, config.pipeline().name()).state();
  }
}
