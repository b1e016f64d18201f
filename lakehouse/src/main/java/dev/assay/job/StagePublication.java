package dev.assay.job;

import dev.assay.config.PipelineConfig;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.error.Failures;
import dev.assay.ledger.CodeVersion;
import dev.assay.ledger.Outcome;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayOutcome;
import dev.assay.plan.Step;
import dev.assay.release.Intent;
import dev.assay.release.Release;
import dev.assay.release.ReleasePublisher;
import dev.assay.table.Draft;
import dev.assay.table.TableLayout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a stage: from reading a release to publishing the next. A business date's table-days
 * become visible together or not at all, and those of all its dates by one release.
 */
final class StagePublication {
  private static final Logger LOG = LoggerFactory.getLogger(StagePublication.class);

  private final PipelineLake lake;
  private final PipelineConfig pipeline;
  private final StageJob job;
  private final Supplier<Work> looking;
  private final boolean keepGoing;
  private final String runId;
  private final Drafting drafting;
  private @Nullable Work work;
  private @Nullable OpenAttempt attempt;

  /**
   * A run.
   *
   * @param looking finds what is to be made, each time anew
   * @param keepGoing whether a date that is refused holds back those after it
   */
  StagePublication(
      PipelineLake lake, StageJob job, Supplier<Work> looking, boolean keepGoing, String runId) {
    this.lake = lake;
    this.pipeline = lake.config().pipeline();
    this.job = job;
    this.looking = looking;
    this.keepGoing = keepGoing;
    this.runId = runId;
    this.drafting = new Drafting(lake, job, runId);
  }

  StageResult publish() {
    try {
      while (true) {
        Work next = looking.get();
        work = next;
        if (next.tableDays().isEmpty()) {
          return result(next, new Dates(), null);
        }
        Dates dates = new Dates();
        drafting.make(next.steps(), next, dates);
        OpenAttempt open = opened(next);
        if (next.isStillOf(lake.releases().latestCompleted())) {
          // Else one that slept in between would publish old rows under a new token.
          return publish(next, dates, open);
        }
      }
    } catch (Exception thrown) {
      // Spark, being written in Scala, throws checked exceptions that Java does not see coming.
      throw recorded(Failures.explain(thrown));
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

  private StageResult publish(Work made, Dates dates, OpenAttempt open) {
    write(made, dates, open);
    LandedRows landedRows = new LandedRows(pipeline, made.inputs()::publication);
    dates
        .soundAndWritten()
        .forEach(one -> landedRows.requireAccounted(one.draft(), one.audited().audit()));
    judge(dates);
    dates.holdBackReaders(made::isMadeFrom);
    List<TableDayOutcome> others = others(made, dates, open);
    List<Intent.Replacement> replacements = replacements(made, dates);
    if (replacements.isEmpty()) {
      open.end(others);
      return result(made, dates, null);
    }
    Release release =
        lake.releases()
            .publish(
                number ->
                    new Intent(
                        number,
                        pipeline.name(),
                        job.stage(),
                        null,
                        runId,
                        open.token(),
                        open.code(),
                        Instant.now(),
                        replacements,
                        List.of(),
                        others));
    afterwards(release, () -> drafting.clearQuarantine(dates, open));
    afterwards(release, () -> lake.ledger().keep(made.ledger()));
    return result(made, dates, release);
  }

  /** Writes every table, those that are made from others of the stage after them. */
  private void write(Work made, Dates dates, OpenAttempt open) {
    drafting.write(dates, made, open);
    while (made.hasMore()) {
      judge(dates);
      List<Step> next =
          made.lookOn(foreseen(made, dates, open), dates.files(), dates.failures().keySet());
      open.madeFrom(made.bases());
      drafting.make(next, made, dates);
      drafting.write(dates, made, open);
    }
  }

  private void judge(Dates dates) {
    dates.judge();
    if (!keepGoing) {
      dates.holdBackTheRest();
    }
  }

  /** What the attempt would come to if what it has written by now were published. */
  private Outcome foreseen(Work made, Dates dates, OpenAttempt open) {
    long release = made.recipe().release() + 1;
    List<TableDayOutcome> outcomes =
        replacements(made, dates).stream()
            .map(one -> ReleasePublisher.outcome(pipeline.name(), one, release, 0))
            .toList();
    return new Outcome(open.token(), runId, open.code(), Instant.now(), release, outcomes);
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
      if (failed == null || failed.tableDays().isEmpty()) {
        return failure;
      }
      OpenAttempt open = attempt == null ? open(failed) : attempt;
      OptionalLong decided = lake.releases().decided(open.token());
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
            + pipeline.name()
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
    long fence =
        lake.commits()
            .fence(
                tableDays.stream()
                    .collect(
                        Collectors.groupingBy(
                            one -> TableLayout.ofFiles(job.stage(), one.table()),
                            Collectors.mapping(one -> one.day().toString(), Collectors.toList()))));
    OpenAttempt opened =
        OpenAttempt.at(
            tableDays,
            job.stage(),
            runId,
            CodeVersion.of(job.getClass()),
            lake.ledger(),
            wanted.ledger(),
            fence);
    opened.madeFrom(wanted.bases());
    attempt = opened;
    return opened;
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

  private List<Intent.Replacement> replacements(Work made, Dates dates) {
    Map<String, Long> versionsRead = made.inputs().versionsRead();
    List<Intent.Replacement> replacements = new ArrayList<>();
    for (Dates.Written one : dates.soundAndWritten()) {
      Draft draft = one.draft();
      replacements.add(
          new Intent.Replacement(
              draft.contract().stage(),
              draft.contract().name().table(),
              draft.day(),
              one.audited().files().actions(),
              OutcomeKind.PUBLISHED,
              "published",
              one.audited().audit(),
              versionsRead,
              Objects.requireNonNull(made.bases().get(draft.tableDay()), "it is a step"),
              made.recipe()));
    }
    dates
        .withdrawn()
        .forEach(
            (tableDay, why) ->
                replacements.add(
                    Intent.Replacement.withdrawn(
                        pipeline.table(tableDay.table().table()),
                        tableDay.day(),
                        why,
                        versionsRead,
                        made.bases().get(tableDay))));
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
