package dev.assay.job;

import dev.assay.concurrent.Concurrently;
import dev.assay.config.AssayConfig;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.error.Failures;
import dev.assay.feed.Landed;
import dev.assay.ledger.CodeVersion;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayOutcome;
import dev.assay.plan.Batch;
import dev.assay.plan.Planner;
import dev.assay.plan.Step;
import dev.assay.release.Intent;
import dev.assay.release.Release;
import dev.assay.release.ReleaseInputs;
import dev.assay.release.ReleasePublisher;
import dev.assay.table.CommitNote;
import dev.assay.table.DeltaTables;
import dev.assay.table.Draft;
import dev.assay.table.KernelTables;
import dev.assay.table.TableDayWriter;
import dev.assay.table.TableDayWriter.Audited;
import dev.assay.table.TableLayout;
import dev.assay.table.TableProperties;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a stage: from reading a release to publishing the next. A business date's table-days
 * become visible together or not at all, and those of all its dates by one release.
 */
final class StagePublication {
  private static final Logger LOG = LoggerFactory.getLogger(StagePublication.class);

  /** Small tables keep the cores busy only together. */
  private static final int MOST_TABLES_AT_ONCE = 4;

  private static final int MOST_DAYS_AT_ONCE = 4;

  private final SparkSession spark;
  private final AssayConfig config;
  private final DeltaTables tables;
  private final KernelTables commits;
  private final Ledger ledger;
  private final ReleasePublisher releases;
  private final Landed landed;
  private final StageJob job;
  private final Batch batch;
  private final boolean keepGoing;
  private final String runId;
  private @Nullable Work work;
  private @Nullable OpenAttempt attempt;

  StagePublication(
      SparkSession spark,
      AssayConfig config,
      DeltaTables tables,
      KernelTables commits,
      Ledger ledger,
      ReleasePublisher releases,
      Landed landed,
      StageJob job,
      Batch batch,
      boolean keepGoing,
      String runId) {
    this.spark = spark;
    this.config = config;
    this.tables = tables;
    this.commits = commits;
    this.ledger = ledger;
    this.releases = releases;
    this.landed = landed;
    this.job = job;
    this.batch = batch;
    this.keepGoing = keepGoing;
    this.runId = runId;
  }

  StageResult publish() {
    try {
      while (true) {
        Work next = work();
        work = next;
        if (next.steps().isEmpty()) {
          return result(next, new Dates(), null);
        }
        Dates dates = dates(next);
        OpenAttempt open = opened(next);
        if (next.isStillOf(releases.latestCompleted())) {
          // Else one that slept in between would publish old rows under a new token.
          return publish(next, dates, open);
        }
      }
    } catch (Exception thrown) {
      // Spark, being written in Scala, throws checked exceptions that Java does not see coming.
      throw recorded(Failures.explain(thrown));
    }
  }

  private Work work() {
    while (true) {
      Optional<Release> latest = releases.latestCompleted();
      LedgerState known = ledger.state();
      if (known.newestRelease() > latest.map(Release::number).orElse(0L)) {
        // Something was published between the two looks.
        continue;
      }
      Planner planner =
          new Planner(config.pipeline(), known, landed, Transforming.of(job, config.pipeline()));
      ReleaseInputs inputs = new ReleaseInputs(config.pipeline(), latest, tables, commits, known);
      return Work.of(job.stage(), batch, planner, latest, known, inputs);
    }
  }

  private StageResult result(Work made, Dates dates, @Nullable Release release) {
    Map<TableDay, String> noData = new LinkedHashMap<>(made.noData());
    noData.putAll(dates.noData());
    return new StageResult(
        job.stage(),
        Optional.ofNullable(release),
        release == null ? Map.of() : dates.published(),
        release == null ? Map.of() : dates.withdrawn(),
        made.unchanged(),
        noData,
        made.waiting(),
        dates.failures());
  }

  private Dates dates(Work wanted) {
    Dates dates = new Dates();
    StageRun run = new StageRun(runId, spark, config, wanted.inputs());
    SortedMap<LocalDate, List<Step>> byDay = new TreeMap<>();
    for (Step step : wanted.steps()) {
      String superseded = wanted.superseded().get(step.tableDay());
      if (superseded != null) {
        dates.withdrawn(step.date(), step.tableDay(), superseded);
        continue;
      }
      byDay.computeIfAbsent(step.tableDay().day(), day -> new ArrayList<>()).add(step);
    }
    Concurrently.forEach(
        List.copyOf(byDay.entrySet()),
        MOST_DAYS_AT_ONCE,
        entry -> {
          SparkSession.setActiveSession(spark);
          return drafts(run, entry.getKey(), entry.getValue());
        },
        (entry, made) -> made.accept(dates, wanted));
    return dates;
  }

  /** What making a day's drafts came to. */
  private interface Drafted {
    void accept(Dates dates, Work wanted);
  }

  private Drafted drafts(StageRun run, LocalDate day, List<Step> steps) {
    LocalDate date = steps.get(0).date();
    try {
      DayDrafts made = job.drafts(run, day, contracts(steps));
      return (dates, wanted) -> {
        dates.drafted(date, made.drafts());
        made.without()
            .forEach(
                (table, why) -> {
                  TableDay without = tableDay(table, day);
                  if (wanted.ledger().published(without).isPresent()) {
                    dates.withdrawn(date, without, why);
                  } else {
                    dates.hasNoData(without, why);
                  }
                });
      };
    } catch (AssayException failure) {
      AssayException ofDate = Dates.requireOfOne(failure);
      return (dates, wanted) -> dates.failed(date, ofDate);
    }
  }

  private List<TableContract> contracts(List<Step> steps) {
    return steps.stream()
        .map(step -> config.pipeline().table(step.tableDay().table().table()))
        .toList();
  }

  private TableDay tableDay(String table, LocalDate day) {
    return new TableDay(config.pipeline().table(table).name(), day);
  }

  private StageResult publish(Work made, Dates dates, OpenAttempt open) {
    writeAll(made, dates, open);
    LandedRows landedRows = new LandedRows(config.pipeline(), made.inputs()::publication);
    dates
        .soundAndWritten()
        .forEach(one -> landedRows.requireAccounted(one.draft(), one.audited().audit()));
    dates.judge();
    if (!keepGoing) {
      dates.holdBackTheRest();
    }
    List<TableDayOutcome> others = others(made, dates, open);
    List<Intent.Replacement> replacements = replacements(made, dates);
    if (replacements.isEmpty()) {
      open.end(others);
      return result(made, dates, null);
    }
    Release release =
        releases.publish(
            number ->
                new Intent(
                    number,
                    config.pipeline().name(),
                    job.stage(),
                    null,
                    runId,
                    open.token(),
                    open.code(),
                    Instant.now(),
                    replacements,
                    List.of(),
                    others));
    afterwards(release, () -> clearQuarantine(open, dates));
    afterwards(release, () -> ledger.keep(made.ledger()));
    return result(made, dates, release);
  }

  /** Tidies up; what was published stays so, and the next publication tidies up, too. */
  private static void afterwards(Release release, Runnable tidying) {
    try {
      tidying.run();
    } catch (Exception thrown) {
      LOG.warn(
          "release {} of {} is published, but not all was tidied up after it: {}",
          release.number(),
          release.pipeline(),
          Failures.explain(thrown).message(),
          thrown);
    }
  }

  /** Records a failure, or says of it that its release was decided before, which it stays. */
  private AssayException recorded(AssayException failure) {
    try {
      Work failed = work;
      if (failed == null || failed.steps().isEmpty()) {
        return failure;
      }
      OpenAttempt open = attempt == null ? open(failed) : attempt;
      OptionalLong decided = releases.decided(open.token());
      if (decided.isPresent()) {
        // It did not end here: whoever comes next completes it.
        return decided(failure, decided.getAsLong());
      }
      open.end(kindOf(failure.exitCode()), failure.message());
    } catch (Exception alsoThrown) {
      // Why the stage failed matters more than that this could not be recorded.
      failure.addSuppressed(alsoThrown);
    }
    return failure;
  }

  private AssayException decided(AssayException failure, long release) {
    return new AssayException(
        failure.exitCode(),
        failure.message()
            + ". Release "
            + release
            + " of "
            + config.pipeline().name()
            + " was decided before that: the next run of any stage makes it visible, if none did"
            + " yet; run the stage again to be sure",
        failure);
  }

  private OpenAttempt opened(Work wanted) {
    OpenAttempt open = attempt;
    Set<TableDay> tableDays = wanted.tableDays();
    if (open != null && Set.copyOf(open.tableDays()).equals(tableDays)) {
      open.madeFrom(wanted.bases());
      return open;
    }
    if (open != null) {
      open.end(OutcomeKind.FENCED, "an input was published in between; the run tries again");
    }
    return open(wanted);
  }

  private OpenAttempt open(Work wanted) {
    Set<TableDay> tableDays = wanted.tableDays();
    Map<String, List<String>> days = new LinkedHashMap<>();
    for (TableDay tableDay : tableDays) {
      days.computeIfAbsent(tableDay.table().table(), table -> new ArrayList<>())
          .add(tableDay.day().toString());
    }
    long fence = 0;
    for (Map.Entry<String, List<String>> table : days.entrySet()) {
      TableLayout layout = TableLayout.of(config.pipeline().table(table.getKey()));
      fence = Math.max(fence, commits.fence(layout, table.getValue()));
    }
    OpenAttempt opened =
        OpenAttempt.at(
            tableDays, job.stage(), runId, CodeVersion.of(job.getClass()), ledger, fence);
    opened.madeFrom(wanted.bases());
    attempt = opened;
    return opened;
  }

  /** Writes every draft; what fails of a date's own accord fails that date. */
  private void writeAll(Work made, Dates dates, OpenAttempt open) {
    TableDayWriter writer = new TableDayWriter(tables, commits, TableProperties.of(config.lake()));
    Concurrently.forEach(
        dates.sound(),
        MOST_TABLES_AT_ONCE,
        draft -> {
          SparkSession.setActiveSession(spark);
          return write(writer, draft, made, open);
        },
        (draft, written) -> written.accept(dates));
  }

  private Consumer<Dates> write(TableDayWriter writer, Draft draft, Work made, OpenAttempt open) {
    try {
      Audited written =
          writer.write(draft, new ReleaseHistory(draft.contract(), made.inputs()), note(open));
      open.found(draft.tableDay(), written.audit());
      return dates -> dates.written(draft, written);
    } catch (Exception thrown) {
      AssayException failure = Dates.requireOfOne(Failures.explain(thrown));
      return dates -> dates.failed(draft, failure);
    }
  }

  /** What became of the table-days that are not published. */
  private static List<TableDayOutcome> others(Work made, Dates dates, OpenAttempt open) {
    List<TableDayOutcome> others = new ArrayList<>();
    for (Step step : made.steps()) {
      AssayException failure = dates.failureOf(step.date());
      String noData = dates.noData().get(step.tableDay());
      if (failure != null) {
        others.add(open.outcome(step.tableDay(), kindOf(failure.exitCode()), failure.message()));
      } else if (noData != null) {
        others.add(open.outcome(step.tableDay(), OutcomeKind.NO_DATA, noData));
      }
    }
    return others;
  }

  private void clearQuarantine(OpenAttempt open, Dates dates) {
    TableDayWriter writer = new TableDayWriter(tables, commits, TableProperties.of(config.lake()));
    for (Dates.Written one : dates.soundAndWritten()) {
      if (one.audited().leavesRejected()) {
        writer.clearQuarantine(one.draft(), note(open));
      }
    }
  }

  private CommitNote note(OpenAttempt open) {
    return CommitNote.outsideReleases(runId, open.code(), open.token());
  }

  private List<Intent.Replacement> replacements(Work made, Dates dates) {
    Map<String, Long> versionsRead = made.inputs().versionsRead();
    List<Intent.Replacement> replacements = new ArrayList<>();
    for (Dates.Written one : dates.soundAndWritten()) {
      Draft draft = one.draft();
      replacements.add(
          new Intent.Replacement(
              draft.contract().stage(),
              draft.contract().name().table(),
              draft.contract().partition(),
              draft.day(),
              one.audited().files().actions(),
              OutcomeKind.PUBLISHED,
              "published",
              one.audited().audit(),
              versionsRead,
              Objects.requireNonNull(made.bases().get(draft.tableDay()), "it is a step")));
    }
    dates
        .withdrawn()
        .forEach(
            (tableDay, why) -> {
              TableContract contract = config.pipeline().table(tableDay.table().table());
              replacements.add(
                  new Intent.Replacement(
                      contract.stage(),
                      contract.name().table(),
                      contract.partition(),
                      tableDay.day(),
                      List.of(),
                      OutcomeKind.WITHDRAWN,
                      why,
                      null,
                      versionsRead,
                      made.bases().get(tableDay)));
            });
    return replacements;
  }

  private static OutcomeKind kindOf(ExitCode exitCode) {
    return switch (exitCode) {
      case REFUSED -> OutcomeKind.REFUSED;
      case FENCED -> OutcomeKind.FENCED;
      case NO_DATA -> OutcomeKind.NO_DATA;
      default -> OutcomeKind.FAILED;
    };
  }
}
