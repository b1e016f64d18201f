package dev.assay.release;

import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.error.Failures;
import dev.assay.ledger.Attempt;
import dev.assay.ledger.CodeVersion;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Outcome;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayOutcome;
import dev.assay.store.LakeStore;
import dev.assay.table.TableCommits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A release that no stage makes, without Spark: what readers see is changed to files that are there
 * already, or to none. It is an intent like any other, so that all its tables change together,
 * whoever finds it unsealed completes it, and the next publication builds on it.
 */
final class Amendment {
  private final String pipeline;
  private final TableCommits tables;
  private final Ledger ledger;
  private final ReleasePublisher releases;

  Amendment(LakeStore lake, String pipeline) {
    this.pipeline = pipeline;
    this.tables = new TableCommits(lake);
    this.ledger = Ledger.of(lake, pipeline);
    this.releases = new ReleasePublisher(new ReleaseLog(lake, pipeline), tables, ledger, pipeline);
  }

  /**
   * What is to change.
   *
   * @param replacements the table-days, each with its new files
   * @param dropped the tables that the release has no longer
   * @param restores the release that is gone back to, if one is
   */
  record Change(
      List<Intent.Replacement> replacements, List<String> dropped, @Nullable Long restores) {
    boolean isEmpty() {
      return replacements.isEmpty() && dropped.isEmpty();
    }
  }

  /**
   * Publishes a change.
   *
   * @param runId what to call this run in ledger and releases
   * @param wanted the change, as it follows from the newest release; looked at again if that
   *     changed in between
   * @return the new release; empty if nothing is to change
   */
  Optional<Release> publish(String runId, Function<Release, Change> wanted) {
    while (true) {
      Release newest = releases.latestCompleted().orElse(null);
      Change change = newest == null ? null : wanted.apply(newest);
      if (newest == null || change == null || change.isEmpty()) {
        return Optional.empty();
      }
      List<TableDay> tableDays =
          change.replacements().stream()
              .map(one -> new TableDay(new TableName(pipeline, one.table()), one.day()))
              .toList();
      Attempt opened =
          ledger.open(
              fence(change.replacements()),
              token ->
                  Attempt.here(token, null, tableDays, runId, CodeVersion.of(Amendment.class)));
      Optional<Release> published = publishAfter(newest, opened, change);
      if (published.isPresent()) {
        return published;
      }
      // Nothing of it was decided, so that there is nothing to know of its table-days.
      end(opened, List.of());
    }
  }

  private Optional<Release> publishAfter(Release newest, Attempt opened, Change change) {
    try {
      return releases.publishAfter(newest, number -> intent(number, opened, change));
    } catch (Exception thrown) {
      AssayException failure = Failures.explain(thrown);
      try {
        // Else it did not end here: whoever comes next completes it.
        if (releases.decided(opened.token()).isEmpty()) {
          end(opened, change.replacements().stream().map(one -> outcome(one, failure)).toList());
        }
      } catch (Exception alsoThrown) {
        // Why it failed matters more than that this could not be recorded.
        failure.addSuppressed(alsoThrown);
      }
      throw failure;
    }
  }

  private TableDayOutcome outcome(Intent.Replacement replacement, AssayException failure) {
    return new TableDayOutcome(
        new TableDay(new TableName(pipeline, replacement.table()), replacement.day()),
        failure.exitCode() == ExitCode.FENCED ? OutcomeKind.FENCED : OutcomeKind.FAILED,
        failure.message(),
        null,
        null,
        Map.of(),
        replacement.basis(),
        null);
  }

  private void end(Attempt opened, List<TableDayOutcome> outcomes) {
    ledger.ended(
        new Outcome(opened.token(), opened.runId(), opened.code(), Instant.now(), null, outcomes));
  }

  private Intent intent(long number, Attempt opened, Change change) {
    return new Intent(
        number,
        pipeline,
        null,
        change.restores(),
        opened.runId(),
        opened.token(),
        opened.code(),
        Instant.now(),
        change.replacements(),
        change.dropped(),
        List.of());
  }

  private long fence(List<Intent.Replacement> replacements) {
    return tables.fence(
        replacements.stream()
            .collect(
                Collectors.groupingBy(
                    one -> ReleasePublisher.layout(pipeline, one),
                    Collectors.mapping(one -> one.day().toString(), Collectors.toList()))));
  }
}
