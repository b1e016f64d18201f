package dev.assay.cli;

import dev.assay.audit.AuditReport;
import dev.assay.audit.CheckResult;
import dev.assay.config.AssayConfig;
import dev.assay.config.TableContract;
import dev.assay.error.ExitCode;
import dev.assay.job.Concurrently;
import dev.assay.job.ConfigOptions;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Outcome;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayRecord;
import dev.assay.store.Json;
import dev.assay.store.LakeStore;
import dev.assay.store.StoreSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay status}: each table-day's state, from the ledger alone; starts no Spark. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows each table-day: state, release, rows, checks, when and why.")
final class StatusCommand implements Callable<Integer> {
  private static final int READS_AT_ONCE = 16;

  @Option(names = "--pipeline", required = true, paramLabel = "P", description = "the pipeline")
  private String pipeline = "";

  @Option(names = "--date", paramLabel = "D", description = "only this business date")
  private @Nullable LocalDate date;

  @Option(names = "--format", paramLabel = "F", description = "table, csv or json")
  private Output.Format format = Output.Format.TABLE;

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
    LakeStore lake =
        new LakeStore(config.lake().root(), StoreSettings.configuration(config.store()));
    Ledger ledger = new Ledger(lake);
    List<TableDayRecord> records =
        date == null ? ledger.records(pipeline) : ledger.records(pipeline, date);
    List<Line> lines = lines(config, ledger, records);
    if (format == Output.Format.JSON) {
      Output.out().println(Json.pretty(lines));
      return ExitCode.DONE.code();
    }
    List<String> heads =
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
            "WHY");
    List<List<String>> rows = lines.stream().map(Line::cells).toList();
    if (format == Output.Format.CSV) {
      Output.out().println(Output.csv(heads));
      rows.forEach(row -> Output.out().println(Output.csv(row)));
    } else {
      Output.table(Output.out(), heads, rows);
    }
    return ExitCode.DONE.code();
  }

  private List<Line> lines(AssayConfig config, Ledger ledger, List<TableDayRecord> records) {
    Map<String, Line> byTableDay = new HashMap<>();
    TreeSet<LocalDate> days = new TreeSet<>();
    // A record is one small object; a lake on S3 is asked for many at once.
    for (Line line : Concurrently.map(records, READS_AT_ONCE, record -> line(ledger, record))) {
      byTableDay.put(line.day() + line.table(), line);
      days.add(line.day());
    }
    if (date != null) {
      days.add(date);
    }
    List<Line> lines = new ArrayList<>();
    for (LocalDate day : days) {
      List<Line> known = byTableDay.values().stream().filter(of -> of.day().equals(day)).toList();
      boolean noData =
          !known.isEmpty() && known.stream().allMatch(line -> line.state().equals("no-data"));
      for (TableContract contract : config.pipeline().tables().values()) {
        String table = contract.name().table();
        Line line = byTableDay.get(day + table);
        lines.add(line != null ? line : absent(day, table, noData));
      }
    }
    return lines;
  }

  private static Line absent(LocalDate day, String table, boolean noData) {
    return new Line(
        day,
        table,
        noData ? "no-data" : "missing",
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        "");
  }

  private Line line(Ledger ledger, TableDayRecord record) {
    Optional<Outcome> newest = record.newestOutcome().map(entry -> ledger.outcome(pipeline, entry));
    Optional<Outcome> published =
        record.newest(OutcomeKind.PUBLISHED).map(entry -> ledger.outcome(pipeline, entry));
    AuditReport audit = newest.map(Outcome::audit).orElse(null);
    // What readers see, and what a later attempt at it came to, are two things.
    AuditReport account = published.map(Outcome::audit).orElse(audit);
    String state =
        newest
            .map(
                outcome ->
                    outcome.kind() == OutcomeKind.PUBLISHED ? "current" : outcome.kind().id())
            .orElse("running or died");
    return new Line(
        record.day(),
        record.table(),
        state,
        published.map(Outcome::release).orElse(null),
        published.map(Outcome::version).orElse(null),
        published.map(Outcome::audit).map(report -> report.rows().published()).orElse(null),
        account == null ? null : account.rows().quarantined(),
        account == null ? null : account.rows().duplicates(),
        audit == null
            ? List.of()
            : audit.checks().stream().filter(check -> !check.passed()).toList(),
        newest.map(Outcome::at).orElse(null),
        newest.map(Outcome::message).orElse("attempt " + record.newestToken() + " has no outcome"));
  }
}
