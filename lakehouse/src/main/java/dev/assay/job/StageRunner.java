package dev.assay.job;

import dev.assay.audit.AuditReport;
import dev.assay.audit.CheckResult;
import dev.assay.config.AssayConfig;
import dev.assay.config.Derivation;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.error.Failures;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Outcome;
import dev.assay.ledger.OutcomeKind;
import dev.assay.release.Intent;
import dev.assay.release.Release;
import dev.assay.release.ReleaseInputs;
import dev.assay.release.ReleaseLog;
import dev.assay.release.ReleasePublisher;
import dev.assay.store.LakeFormat;
import dev.assay.store.LakeStore;
import dev.assay.table.CommitNote;
import dev.assay.table.DeltaTables;
import dev.assay.table.Draft;
import dev.assay.table.TableDayWriter;
import dev.assay.table.TableDayWriter.Audited;
import dev.assay.table.TableLayout;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a stage of a pipeline for one business date: reads a release, writes and audits every
 * table-day of the stage, and publishes them together or not at all.
 */
public final class StageRunner {
  /** Small tables keep the cores busy only together. */
  private static final int MOST_TABLES_AT_ONCE = 4;

  private final SparkSession spark;
  private final AssayConfig config;
  private final DeltaTables tables;
  private final Ledger ledger;
  private final ReleasePublisher releases;

  /** A runner of a pipeline's stages on a lake, which it makes if there is none. */
  public StageRunner(SparkSession spark, AssayConfig config) {
    LakeStore lake = new LakeStore(config.lake().root(), spark.sessionState().newHadoopConf());
    LakeFormat.ensure(lake);
    String pipeline = config.pipeline().name();
    this.spark = spark;
    this.config = config;
    this.tables = new DeltaTables(spark, lake);
    this.ledger = new Ledger(lake);
    this.releases = new ReleasePublisher(new ReleaseLog(lake, pipeline), tables, ledger, pipeline);
  }

  /**
   * Runs a stage.
   *
   * @param only names of the tables to publish; empty for all of the stage
   * @throws AssayException if nothing was published, with the reason's exit code
   */
  public StageResult run(StageJob job, LocalDate date, Set<String> only, String runId) {
    List<TableContract> contracts = config.pipeline().tablesOf(job.stage(), only);
    Optional<Release> latest = releases.latestCompleted();
    Attempts attempts = new Attempts(ledger, runId, CodeVersion.of(job.getClass()));
    try {
      Work work = work(job, date, only, runId, latest, attempts);
      List<Draft> drafts = work.drafts();
      Map<TableDay, Audited> audited = writeAll(drafts, attempts, work.inputs(), runId);
      requireLandingsAccounted(date, drafts, audited, work.inputs());
      requireUnblocked(audited);
      Map<String, Long> versionsRead = work.inputs().versionsRead();
      Release release =
          releases.publish(
              job.stage(), runId, replacements(drafts, audited, attempts, versionsRead));
      clearQuarantine(drafts, audited, attempts, runId);
      recordNothingDue(job, date, runId, contracts, drafts);
      return new StageResult(job.stage(), release, reports(audited));
    } catch (Exception thrown) {
      // Spark, being written in Scala, throws checked exceptions that Java does not see coming.
      AssayException failure = Failures.explain(thrown);
      record(failure, attempts, contracts, date);
      throw failure;
    }
  }

  private void record(
      AssayException failure, Attempts attempts, List<TableContract> contracts, LocalDate date) {
    try {
      if (attempts.isEmpty()) {
        contracts.forEach(contract -> open(attempts, contract, date));
      }
      attempts.recordAll(kindOf(failure.exitCode()), failure.message());
    } catch (Exception alsoThrown) {
      // Why the stage failed matters more than that this could not be recorded.
      failure.addSuppressed(alsoThrown);
    }
  }

  /** What a run publishes, and what that is made from. */
  private record Work(ReleaseInputs inputs, List<Draft> drafts) {}

  /**
   * A stage's drafts, of inputs that were still the newest when every attempt had its token: else
   * one that slept in between would publish old rows under a new token.
   */
  private Work work(
      StageJob job,
      LocalDate date,
      Set<String> only,
      String runId,
      Optional<Release> latest,
      Attempts attempts) {
    ReleaseInputs inputs = new ReleaseInputs(config.pipeline(), latest, tables, ledger);
    List<Draft> drafts = job.drafts(new StageRun(runId, spark, config, date, only, inputs));
    drafts.forEach(draft -> open(attempts, draft.contract(), draft.day()));
    Optional<Release> newest = releases.latestCompleted();
    return inputs.areThoseOf(newest)
        ? new Work(inputs, drafts)
        : work(job, date, only, runId, newest, attempts);
  }

  private void clearQuarantine(
      List<Draft> drafts, Map<TableDay, Audited> audited, Attempts attempts, String runId) {
    TableDayWriter writer = new TableDayWriter(tables, properties());
    for (Draft draft : drafts) {
      Audited written = audited.get(tableDay(draft));
      if (written != null && written.leavesRejected()) {
        writer.clearQuarantine(draft, note(attempts, tableDay(draft), runId));
      }
    }
  }

  private static CommitNote note(Attempts attempts, TableDay tableDay, String runId) {
    return CommitNote.outsideReleases(runId, attempts.code(), attempts.token(tableDay));
  }

  /** What has no rows for the date by design, as a model's figures between two trainings. */
  private void recordNothingDue(
      StageJob job,
      LocalDate date,
      String runId,
      List<TableContract> contracts,
      List<Draft> drafts) {
    Set<TableName> drafted =
        drafts.stream().map(draft -> draft.contract().name()).collect(Collectors.toSet());
    Attempts idle = new Attempts(ledger, runId, CodeVersion.of(job.getClass()));
    contracts.stream()
        .filter(contract -> !drafted.contains(contract.name()))
        .forEach(contract -> open(idle, contract, date));
    idle.recordAll(OutcomeKind.NO_DATA, "nothing of it is due on this day");
  }

  private void open(Attempts attempts, TableContract contract, LocalDate day) {
    long fence = tables.fence(TableLayout.of(contract), day.toString());
    attempts.open(new TableDay(contract.name(), day), fence);
  }

  private Map<TableDay, Audited> writeAll(
      List<Draft> drafts, Attempts attempts, ReleaseInputs inputs, String runId) {
    TableDayWriter writer = new TableDayWriter(tables, properties());
    Map<TableDay, Audited> audited = new LinkedHashMap<>();
    Concurrently.forEach(
        drafts,
        MOST_TABLES_AT_ONCE,
        draft -> {
          SparkSession.setActiveSession(spark);
          TableDay tableDay = tableDay(draft);
          Audited written =
              writer.write(
                  draft,
                  Landings.of(config.pipeline(), draft.contract(), draft.day()),
                  new ReleaseHistory(draft.contract(), tables, inputs),
                  note(attempts, tableDay, runId));
          attempts.found(tableDay, written.audit());
          return written;
        },
        (draft, written) -> audited.put(tableDay(draft), written));
    return audited;
  }

  private void requireLandingsAccounted(
      LocalDate date, List<Draft> drafts, Map<TableDay, Audited> audited, ReleaseInputs inputs) {
    for (Draft draft : drafts) {
      if (draft.contract().derivation() instanceof Derivation.Cleansed cleansed
          && draft.day().equals(date)) {
        long landed =
            inputs
                .publication(cleansed.source(), date)
                .map(Outcome::audit)
                .map(audit -> audit.rows().published())
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
              + ". Nothing was published; what readers see is as it was. Rejected rows are in quarantine; correct the input or the check, and run the"
              + " stage again");
    }
  }

  private static List<Intent.Replacement> replacements(
      List<Draft> drafts,
      Map<TableDay, Audited> audited,
      Attempts attempts,
      Map<String, Long> versionsRead) {
    List<Intent.Replacement> replacements = new ArrayList<>();
    for (Draft draft : drafts) {
      TableDay tableDay = tableDay(draft);
      Audited written = audited.get(tableDay);
      if (written != null) {
        replacements.add(
            new Intent.Replacement(
                tableDay.table().table(),
                draft.contract().partition(),
                draft.day(),
                attempts.token(tableDay),
                written.files().actions(),
                written.audit(),
                versionsRead,
                attempts.code()));
      }
    }
    return replacements;
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
