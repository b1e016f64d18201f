package dev.assay.release;

import dev.assay.config.Stage;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Outcome;
import dev.assay.ledger.OutcomeKind;
import dev.assay.table.CommitNote;
import dev.assay.table.DeltaTables;
import dev.assay.table.LakePaths;
import dev.assay.table.TableLayout;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes table-days that were written and audited: decides a release as an intent, commits what
 * it says, seals it. Commits happen only here, one intent after another; whoever finds an intent
 * unsealed completes it first, which the fences of its table-days make safe to do twice.
 */
public final class ReleasePublisher {
  private static final Logger LOG = LoggerFactory.getLogger(ReleasePublisher.class);

  private final ReleaseLog releases;
  private final DeltaTables tables;
  private final Ledger ledger;
  private final String pipeline;

  public ReleasePublisher(ReleaseLog releases, DeltaTables tables, Ledger ledger, String pipeline) {
    this.releases = releases;
    this.tables = tables;
    this.ledger = ledger;
    this.pipeline = pipeline;
  }

  /** The newest release, after completing one that somebody decided and did not seal. */
  public Optional<Release> latestCompleted() {
    Optional<Release> latest = releases.latest();
    while (true) {
      Optional<Intent> pending = releases.pendingAfter(number(latest));
      if (pending.isEmpty()) {
        return latest;
      }
      LOG.warn(
          "completing release {} of {}, which run {} decided and did not seal",
          pending.get().number(),
          pipeline,
          pending.get().runId());
      latest = Optional.of(complete(pending.get(), latest));
    }
  }

  /**
   * Makes table-days visible together.
   *
   * @throws AssayException with FENCED if a newer attempt published one of them
   */
  public Release publish(Stage stage, String runId, List<Intent.Replacement> replacements) {
    while (true) {
      Optional<Release> latest = latestCompleted();
      // After the look at what is pending: what is decided from here on comes after our number.
      replacements.forEach(replacement -> requireUnfenced(stage, replacement));
      Intent intent =
          new Intent(
              number(latest) + 1, pipeline, stage, runId, Instant.now(), List.copyOf(replacements));
      if (releases.decide(intent)) {
        return complete(intent, latest);
      }
    }
  }

  private void requireUnfenced(Stage stage, Intent.Replacement replacement) {
    TableLayout layout = layout(stage, replacement);
    long fence = tables.fence(layout, replacement.day().toString());
    if (fence >= replacement.token()) {
      throw new AssayException(
          ExitCode.FENCED,
          "attempt "
              + replacement.token()
              + " at "
              + layout.name()
              + "/"
              + replacement.day()
              + " is refused: attempt "
              + fence
              + " published in the meantime, and what it published stays. Nothing of this attempt"
              + " is visible; run the stage again if its inputs are newer");
    }
  }

  private Release complete(Intent intent, Optional<Release> before) {
    Map<String, Release.TableVersion> versions =
        new LinkedHashMap<>(before.map(Release::tables).orElse(Map.of()));
    for (Intent.Replacement replacement : intent.replacements()) {
      Optional<Long> version = commit(intent, replacement);
      if (version.isEmpty()) {
        // Only after this intent was sealed can a newer attempt have committed.
        return releases
            .sealed(intent.number())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "a newer attempt than release "
                            + intent.number()
                            + " of "
                            + pipeline
                            + " committed "
                            + replacement.table()
                            + "/"
                            + replacement.day()
                            + " before that release was sealed; something other than Assay writes to"
                            + " this table"));
      }
      versions.put(replacement.table(), new Release.TableVersion(intent.stage(), version.get()));
      ledger.record(published(intent, replacement, version.get()));
    }
    Release release =
        new Release(
            intent.number(), pipeline, after(before), intent.stage(), intent.runId(), versions);
    releases.seal(release);
    return releases.sealed(intent.number()).orElse(release);
  }

  private Optional<Long> commit(Intent intent, Intent.Replacement replacement) {
    CommitNote note =
        new CommitNote(
            intent.runId(),
            replacement.code(),
            replacement.token(),
            intent.number(),
            replacement.inputs(),
            replacement.audit().contentHash());
    return tables.commit(
        layout(intent.stage(), replacement),
        replacement.day().toString(),
        replacement.token(),
        replacement.files(),
        note.json());
  }

  private Outcome published(Intent intent, Intent.Replacement replacement, long version) {
    return new Outcome(
        new TableName(pipeline, replacement.table()).toString(),
        replacement.day(),
        replacement.token(),
        OutcomeKind.PUBLISHED,
        intent.runId(),
        Instant.now(),
        "published by release " + intent.number(),
        intent.number(),
        version,
        replacement.audit(),
        replacement.inputs(),
        replacement.code());
  }

  private TableLayout layout(Stage stage, Intent.Replacement replacement) {
    TableName name = new TableName(pipeline, replacement.table());
    return new TableLayout(
        name, LakePaths.table(stage, name), "", List.of(replacement.partition()), new StructType());
  }

  private static Instant after(Optional<Release> before) {
    // To the millisecond, so that a time that is read off a release finds that release.
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Instant least = before.map(release -> release.sealedAt().plusMillis(1)).orElse(now);
    return least.isAfter(now) ? least : now;
  }

  private static long number(Optional<Release> release) {
    return release.map(Release::number).orElse(0L);
  }
}
