package dev.assay.release;

import dev.assay.audit.AuditReport;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Outcome;
import dev.assay.ledger.TableDayOutcome;
import dev.assay.store.LakeStore;
import dev.assay.table.CommitNote;
import dev.assay.table.TableCommits;
import dev.assay.table.TableLayout;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
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
  private final TableCommits tables;
  private final Ledger ledger;
  private final String pipeline;

  /** The number that each attempt tried last: all before it were another's. */
  private final Map<Long, Long> triedToDecide = new ConcurrentHashMap<>();

  public ReleasePublisher(
      ReleaseLog releases, TableCommits tables, Ledger ledger, String pipeline) {
    this.releases = releases;
    this.tables = tables;
    this.ledger = ledger;
    this.pipeline = pipeline;
  }

  /** Those of a pipeline on a lake. */
  public static ReleasePublisher of(LakeStore lake, String pipeline) {
    return new ReleasePublisher(
        new ReleaseLog(lake, pipeline),
        new TableCommits(lake),
        Ledger.of(lake, pipeline),
        pipeline);
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
   * @param decision what is published, as the intent of a given number
   * @throws AssayException with FENCED if a newer attempt published one of them
   */
  public Release publish(LongFunction<Intent> decision) {
    while (true) {
      Optional<Release> published = publish(latestCompleted(), decision);
      if (published.isPresent()) {
        return published.get();
      }
    }
  }

  /**
   * The same, of what follows from a release.
   *
   * @return empty if another release came after it: then nothing was decided
   */
  Optional<Release> publishAfter(Release release, LongFunction<Intent> decision) {
    Optional<Release> latest = latestCompleted();
    return number(latest) == release.number() ? publish(latest, decision) : Optional.empty();
  }

  private Optional<Release> publish(Optional<Release> latest, LongFunction<Intent> decision) {
    Intent intent = decision.apply(number(latest) + 1);
    // After the look at what is pending: what is decided from here on comes after our number.
    intent.byTable().forEach(ofTable -> requireUnfenced(intent, ofTable));
    triedToDecide.put(intent.token(), intent.number());
    return releases.decide(intent) ? Optional.of(complete(intent, latest)) : Optional.empty();
  }

  /**
   * The release of an attempt that {@link #publish} failed with, if it was decided all the same: it
   * is visible, or whoever comes next completes it.
   */
  public OptionalLong decided(long token) {
    Long number = triedToDecide.get(token);
    // Others may have completed it by now, and published more.
    return number != null
            && releases.intent(number).map(intent -> intent.token() == token).orElse(false)
        ? OptionalLong.of(number)
        : OptionalLong.empty();
  }

  private void requireUnfenced(Intent intent, List<Intent.Replacement> ofTable) {
    TableLayout layout = layout(pipeline, ofTable.get(0));
    List<String> days = ofTable.stream().map(one -> one.day().toString()).toList();
    long fence = tables.fence(layout, days);
    if (fence >= intent.token()) {
      throw new AssayException(
          ExitCode.FENCED,
          "attempt "
              + intent.token()
              + " at "
              + layout.name()
              + "/"
              + String.join(", ", days)
              + " is refused: attempt "
              + fence
              + " published in the meantime, and what it published stays. Nothing of this attempt"
              + " is visible; run the stage again if its inputs are newer");
    }
  }

  private Release complete(Intent intent, Optional<Release> before) {
    Map<String, Release.TableVersion> versions =
        new LinkedHashMap<>(before.map(Release::tables).orElse(Map.of()));
    List<TableDayOutcome> outcomes = new ArrayList<>(intent.others());
    for (List<Intent.Replacement> ofTable : intent.byTable()) {
      Optional<Long> version = commit(intent, ofTable);
      if (version.isEmpty()) {
        // Only after this intent was sealed can a newer attempt have committed.
        return releases.sealed(intent.number()).orElseThrow(() -> foreign(intent, ofTable.get(0)));
      }
      versions.put(
          ofTable.get(0).table(), new Release.TableVersion(ofTable.get(0).stage(), version.get()));
      ofTable.forEach(
          replacement ->
              outcomes.add(outcome(pipeline, replacement, intent.number(), version.get())));
    }
    intent.dropped().forEach(versions::remove);
    ledger.published(
        new Outcome(
            intent.token(),
            intent.runId(),
            intent.code(),
            Instant.now(),
            intent.number(),
            outcomes));
    Release release =
        new Release(
            intent.number(),
            pipeline,
            after(before),
            intent.stage(),
            intent.restores(),
            intent.runId(),
            versions);
    releases.seal(release);
    return releases.sealed(intent.number()).orElse(release);
  }

  private IllegalStateException foreign(Intent intent, Intent.Replacement replacement) {
    return new IllegalStateException(
        "a newer attempt than release "
            + intent.number()
            + " of "
            + pipeline
            + " committed "
            + replacement.table()
            + "/"
            + replacement.day()
            + " before that release was sealed; something other than Assay writes to this table");
  }

  private Optional<Long> commit(Intent intent, List<Intent.Replacement> ofTable) {
    Map<String, List<String>> files = new LinkedHashMap<>();
    Map<String, String> contents = new LinkedHashMap<>();
    for (Intent.Replacement replacement : ofTable) {
      files.put(replacement.day().toString(), replacement.files());
      AuditReport audit = replacement.audit();
      contents.put(replacement.day().toString(), audit == null ? "withdrawn" : audit.contentHash());
    }
    Intent.Replacement any = ofTable.get(0);
    CommitNote note =
        new CommitNote(
            intent.runId(), intent.code(), intent.token(), intent.number(), any.inputs(), contents);
    return tables.commit(layout(pipeline, any), files, intent.token(), note.json());
  }

  /** What becomes of a table-day by a release that has its table at a version. */
  public static TableDayOutcome outcome(
      String pipeline, Intent.Replacement replacement, long release, long version) {
    return new TableDayOutcome(
        new TableDay(new TableName(pipeline, replacement.table()), replacement.day()),
        replacement.kind(),
        replacement.why() + " (release " + release + ")",
        version,
        replacement.audit(),
        replacement.inputs(),
        replacement.basis(),
        replacement.recipe(),
        replacement.archive());
  }

  static TableLayout layout(String pipeline, Intent.Replacement replacement) {
    return TableLayout.ofFiles(replacement.stage(), new TableName(pipeline, replacement.table()));
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
