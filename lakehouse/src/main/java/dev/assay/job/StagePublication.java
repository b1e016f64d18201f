package dev.assay.job;

import dev.assay.audit.AuditReport;
import dev.assay.audit.CheckResult;
import dev.assay.concurrent.Concurrently;
import dev.assay.config.AssayConfig;
import dev.assay.config.Derivation;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.error.Failures;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayOutcome;
import dev.assay.release.Intent;
import dev.assay.release.Release;
import dev.assay.release.ReleaseInputs;
import dev.assay.release.ReleasePublisher;
import dev.assay.table.CommitNote;
import dev.assay.table.DeltaTables;
import dev.assay.table.Draft;
import dev.assay.table.TableDayWriter;
import dev.assay.table.TableDayWriter.Audited;
import dev.assay.table.TableLayout;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** One run of a stage for one business date, from reading a release to publishing the next. */
final class StagePublication {
  /** Small tables keep the cores busy only together. */
  private static final int MOST_TABLES_AT_ONCE = 4;

  private final SparkSession spark;
  private final AssayConfig config;
  private final DeltaTables tables;
  private final Ledger ledger;
  private final ReleasePublisher releases;
  private final StageJob job;
  private final LocalDate date;
  private final Set<String> only;
  private final String runId;
  private final List<TableContract> contracts;
  private @Nullable OpenAttempt attempt;

  StagePublication(
      SparkSession spark,
      AssayConfig config,
      DeltaTables tables,
      Ledger ledger,
      ReleasePublisher releases,
      StageJob job,
      LocalDate date,
      Set<String> only,
      String runId) {
    this.spark = spark;
    this.config = config;
    this.tables = tables;
    this.ledger = ledger;
    this.releases = releases;
    this.job = job;
    this.date = date;
    this.only = only;
    this.runId = runId;
    this.contracts = config.pipeline().tablesOf(job.stage(), only);
  }

  StageResult publish() {
    try {
      Work work = work();
      Map<TableDay, Audited> audited = writeAll(work);
      requireLandingsAccounted(work, audited);
      requireUnblocked(audited);
      List<Intent.Replacement> replacements = replacements(work, audited);
      List<TableDayOutcome> notDue = notDue(work);
      Release release =
          releases.publish(
              number ->
                  new Intent(
                      number,
                      config.pipeline().name(),
                      job.stage(),
                      runId,
                      work.attempt().token(),
                      work.attempt().code(),
                      Instant.now(),
                      replacements,
                      notDue));
      clearQuarantine(work, audited);
      ledger.keep(work.ledger());
      return new StageResult(job.stage(), release, reports(audited));
    } catch (Exception thrown) {
      // Spark, being written in Scala, throws checked exceptions that Java does not see coming.
      AssayException failure = Failures.explain(thrown);
      record(failure);
      throw failure;
    }
  }

  private void record(AssayException failure) {
    try {
      OpenAttempt failed = attempt;
      if (failed == null) {
        failed = open(datesTableDays());
      }
      // A release that was decided is completed by whoever comes next: it did not end here.
      if (!releases.isDecided(failed.token())) {
        failed.end(kindOf(failure.exitCode()), failure.message());
      }
    } catch (Exception alsoThrown) {
      // Why the stage failed matters more than that this could not be recorded.
      failure.addSuppressed(alsoThrown);
    }
  }

  /** What is to be published, what that is made from, and under which number. */
  private record Work(
      LedgerState ledger, ReleaseInputs inputs, List<Draft> drafts, OpenAttempt attempt) {}

  /**
   * A stage's drafts, of inputs that were still the newest when the attempt had its token: else one
   * that slept in between would publish old rows under a new token.
   */
  private Work work() {
    while (true) {
      Optional<Release> latest = releases.latestCompleted();
      LedgerState known = ledger.state();
      if (known.newestRelease() > latest.map(Release::number).orElse(0L)) {
        // Something was published between the two looks.
        continue;
      }
      ReleaseInputs inputs = new ReleaseInputs(config.pipeline(), latest, tables, known);
      List<Draft> drafts = job.drafts(new StageRun(runId, spark, config, date, only, inputs));
      OpenAttempt opened = opened(drafts);
      if (inputs.areThoseOf(releases.latestCompleted())) {
        return new Work(known, inputs, drafts, opened);
      }
    }
  }

  private OpenAttempt opened(List<Draft> drafts) {
    Set<TableDay> wanted = new LinkedHashSet<>(datesTableDays());
    drafts.forEach(draft -> wanted.add(tableDay(draft)));
    OpenAttempt open = attempt;
    if (open != null && open.tableDays().containsAll(wanted)) {
      return open;
    }
    if (open != null) {
      open.end(OutcomeKind.FENCED, "an input was published in between; the run tries again");
    }
    return open(wanted);
  }

  private OpenAttempt open(Set<TableDay> tableDays) {
    long fence = 0;
    for (TableDay tableDay : tableDays) {
      TableContract contract = config.pipeline().table(tableDay.table().table());
      fence = Math.max(fence, tables.fence(TableLayout.of(contract), tableDay.day().toString()));
    }
    OpenAttempt opened =
        OpenAttempt.at(
            tableDays, job.stage(), runId, CodeVersion.of(job.getClass()), ledger, fence);
    attempt = opened;
    return opened;
  }

  private Set<TableDay> datesTableDays() {
    return contracts.stream()
        .map(contract -> new TableDay(contract.name(), date))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Map<TableDay, Audited> writeAll(Work work) {
    TableDayWriter writer = new TableDayWriter(tables, properties());
    Map<TableDay, Audited> audited = new LinkedHashMap<>();
    Concurrently.forEach(
        work.drafts(),
        MOST_TABLES_AT_ONCE,
        draft -> {
          SparkSession.setActiveSession(spark);
          Audited written =
              writer.write(
                  draft,
                  Landings.of(config.pipeline(), draft.contract(), draft.day()),
                  new ReleaseHistory(draft.contract(), tables, work.inputs()),
                  note(work));
          work.attempt().found(tableDay(draft), written.audit());
          return written;
        },
        (draft, written) -> audited.put(tableDay(draft), written));
    return audited;
  }

  private void clearQuarantine(Work work, Map<TableDay, Audited> audited) {
    TableDayWriter writer = new TableDayWriter(tables, properties());
    for (Draft draft : work.drafts()) {
      Audited written = audited.get(tableDay(draft));
      if (written != null && written.leavesRejected()) {
        writer.clearQuarantine(draft, note(work));
      }
    }
  }

  private CommitNote note(Work work) {
    return CommitNote.outsideReleases(runId, work.attempt().code(), work.attempt().token());
  }

  private void requireLandingsAccounted(Work work, Map<TableDay, Audited> audited) {
    for (Draft draft : work.drafts()) {
      if (draft.contract().derivation() instanceof Derivation.Cleansed cleansed
          && draft.day().equals(date)) {
        long landed =
            work.inputs()
                .publication(cleansed.source(), date)
                .map(publication -> publication.rows().published())
                .orElse(0L);
        Landings.requireAccounted(draft.contract().name(), date, landed, reports(audited));
      }
    }
  }

  private static void requireUnblocked(Map<TableDay, Audited> audited) {
    List<String> blocking = new ArrayList<>();
    audited.forEach(
        (tableDay, written) -> {
          for (CheckResult check : written.audit().blocking()) {
            blocking.add(tableDay + ": check " + check.name() + ": " + check.message());
          }
        });
    if (!blocking.isEmpty()) {
      throw new AssayException(
          ExitCode.REFUSED,
          String.join("; ", blocking)
              + ". Nothing was published; what readers see is as it was. Rejected rows are in"
              + " quarantine; correct the input or the check, and run the stage again");
    }
  }

  private static List<Intent.Replacement> replacements(Work work, Map<TableDay, Audited> audited) {
    Map<String, Long> versionsRead = work.inputs().versionsRead();
    List<Intent.Replacement> replacements = new ArrayList<>();
    for (Draft draft : work.drafts()) {
      Audited written = audited.get(tableDay(draft));
      if (written != null) {
        replacements.add(
            new Intent.Replacement(
                draft.contract().name().table(),
                draft.contract().partition(),
                draft.day(),
                written.files().actions(),
                written.audit(),
                versionsRead));
      }
    }
    return replacements;
  }

  /** What has no rows for the date by design, as a model's figures between two trainings. */
  private List<TableDayOutcome> notDue(Work work) {
    Set<TableName> drafted =
        work.drafts().stream().map(draft -> draft.contract().name()).collect(Collectors.toSet());
    return datesTableDays().stream()
        .filter(tableDay -> !drafted.contains(tableDay.table()))
        .map(
            tableDay ->
                new TableDayOutcome(
                    tableDay,
                    OutcomeKind.NO_DATA,
                    "nothing of it is due on this day",
                    null,
                    null,
                    Map.of()))
        .toList();
  }

  private Map<String, String> properties() {
    return Map.of(
        "delta.deletedFileRetentionDuration",
        "interval " + config.lake().fileRetention().toHours() + " hours",
        "delta.logRetentionDuration",
        "interval " + config.lake().logRetention().toHours() + " hours");
  }

  private static OutcomeKind kindOf(ExitCode exitCode) {
    return switch (exitCode) {
      case REFUSED -> OutcomeKind.REFUSED;
      case FENCED -> OutcomeKind.FENCED;
      case NO_DATA -> OutcomeKind.NO_DATA;
      default -> OutcomeKind.FAILED;
    };
  }

  private static TableDay tableDay(Draft draft) {
    return new TableDay(draft.contract().name(), draft.day());
  }

  private static Map<TableDay, AuditReport> reports(Map<TableDay, Audited> audited) {
    Map<TableDay, AuditReport> reports = new LinkedHashMap<>();
    audited.forEach((tableDay, written) -> reports.put(tableDay, written.audit()));
    return reports;
  }
}
