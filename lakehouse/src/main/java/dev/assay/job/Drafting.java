package dev.assay.job;

import dev.assay.concurrent.Concurrently;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.error.Failures;
import dev.assay.plan.Step;
import dev.assay.table.CommitNote;
import dev.assay.table.Draft;
import dev.assay.table.TableDayWriter;
import dev.assay.table.TableDayWriter.Audited;
import dev.assay.table.TableProperties;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * Makes the drafts of a run of a stage, and writes and audits them: several at once, since a small
 * table alone does not keep the cores busy. What fails of a date's own accord fails that date.
 */
final class Drafting {
  private static final int MOST_TABLES_AT_ONCE = 4;
  private static final int MOST_DAYS_AT_ONCE = 4;

  private final PipelineLake lake;
  private final StageJob job;
  private final String runId;
  private final TableDayWriter writer;

  Drafting(PipelineLake lake, StageJob job, String runId) {
    this.lake = lake;
    this.job = job;
    this.runId = runId;
    this.writer =
        new TableDayWriter(lake.tables(), lake.commits(), TableProperties.of(lake.config().lake()));
  }

  /** Makes steps of what a run works on into drafts, of which no row is written yet. */
  void make(List<Step> steps, Work wanted, Dates dates) {
    StageRun run = new StageRun(runId, lake.spark(), lake.config(), wanted.inputs());
    SortedMap<LocalDate, List<Step>> byDay = new TreeMap<>();
    for (Step step : steps) {
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
          SparkSession.setActiveSession(lake.spark());
          return ofDay(run, entry.getKey(), entry.getValue());
        },
        (entry, made) -> made.accept(dates, wanted));
  }

  /** What making a day's drafts came to. */
  private interface Drafted {
    void accept(Dates dates, Work wanted);
  }

  private Drafted ofDay(StageRun run, LocalDate day, List<Step> steps) {
    LocalDate date = steps.get(0).date();
    PipelineConfig pipeline = lake.config().pipeline();
    List<TableContract> contracts =
        steps.stream().map(step -> pipeline.table(step.tableDay().table().table())).toList();
    try {
      DayDrafts made = job.drafts(run, day, contracts);
      return (dates, wanted) -> {
        dates.drafted(date, made.drafts());
        made.without()
            .forEach(
                (table, why) -> {
                  TableDay without = new TableDay(pipeline.table(table).name(), day);
                  if (wanted.isAsWas()) {
                    dates.failed(date, notAsItWas(without, why));
                  } else if (wanted.ledger().published(without).isPresent()) {
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

  private static AssayException notAsItWas(TableDay tableDay, String why) {
    return new AssayException(
        ExitCode.UNEXPECTED,
        tableDay + " was published, and made as it was it has no rows to publish: " + why);
  }

  /** Writes every draft that is not written; nothing of it is visible yet. */
  void write(Dates dates, Work made, OpenAttempt attempt) {
    Concurrently.forEach(
        dates.unwritten(),
        MOST_TABLES_AT_ONCE,
        draft -> {
          SparkSession.setActiveSession(lake.spark());
          return write(draft, made, attempt);
        },
        (draft, written) -> written.accept(dates));
  }

  private Consumer<Dates> write(Draft draft, Work made, OpenAttempt attempt) {
    try {
      Audited written =
          writer.write(draft, new ReleaseHistory(draft.contract(), made.inputs()), note(attempt));
      attempt.found(draft.tableDay(), written.audit());
      return dates -> dates.written(draft, written);
    } catch (Exception thrown) {
      AssayException failure = Dates.requireOfOne(Failures.explain(thrown));
      return dates -> dates.failed(draft, failure);
    }
  }

  /** Removes what earlier attempts at the published table-days had rejected. */
  void clearQuarantine(Dates dates, OpenAttempt attempt) {
    for (Dates.Written one : dates.soundAndWritten()) {
      if (one.audited().leavesRejected()) {
        writer.clearQuarantine(one.draft(), note(attempt));
      }
    }
  }

  private CommitNote note(OpenAttempt attempt) {
    return CommitNote.outsideReleases(runId, attempt.code(), attempt.token());
  }
}
