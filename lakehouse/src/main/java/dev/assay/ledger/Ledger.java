package dev.assay.ledger;

import dev.assay.concurrent.Concurrently;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ledger.LedgerIndex.Kind;
import dev.assay.store.Json;
import dev.assay.store.LakeStore;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The append-only record of a pipeline's attempts and what became of them, in small immutable
 * objects named by the attempt's token, {@code _assay/ledger/<pipeline>/<token>-<what>.json}:
 *
 * <ul>
 *   <li>{@code attempt}, created first: the {@link Attempt}
 *   <li>{@code published}: the {@link Outcome} of what it published, by whoever completed its
 *       release
 *   <li>{@code ended}: the {@link Outcome} of what it did not publish
 *   <li>{@code state}: what all attempts up to this one had come to, so that nobody reads them all
 * </ul>
 */
public final class Ledger {
  static final String ROOT = "_assay/ledger";

  private static final int READS_AT_ONCE = 16;

  /** How many attempts are read one by one, before what they come to is kept in an object. */
  private static final int MOST_AFTER_STATE = 64;

  private final LakeStore lake;
  private final String folder;
  private volatile @Nullable Kept read;

  Ledger(LakeStore lake, String pipeline) {
    this.lake = lake;
    this.folder = ROOT + "/" + pipeline;
  }

  /**
   * The ledger of a pipeline.
   *
   * @throws dev.assay.error.AssayException with USAGE if the lake's layout is newer than this code
   */
  public static Ledger of(LakeStore lake, String pipeline) {
    LakeLayout.understand(lake);
    return new Ledger(lake, pipeline);
  }

  /**
   * The ledger of a pipeline on a lake that is made if there is none.
   *
   * @throws dev.assay.error.AssayException with USAGE if the lake's layout is newer than this code
   */
  public static Ledger ensured(LakeStore lake, String pipeline) {
    LakeLayout.ensure(lake);
    return new Ledger(lake, pipeline);
  }

  /** The object that keeps what all attempts up to a token had come to. */
  private record Snapshot(List<TableDayState> tableDays, List<Attempt> open, long newestRelease) {
    static final Snapshot NONE = new Snapshot(List.of(), List.of(), 0);

    LedgerState state(long token) {
      return new LedgerState(token, tableDays, newestRelease);
    }

    Set<Long> openTokens() {
      return open.stream().map(Attempt::token).collect(Collectors.toSet());
    }
  }

  /** A snapshot that was read; it never changes, and is the largest object of a ledger. */
  private record Kept(long token, Snapshot snapshot) {}

  /**
   * Opens an attempt, with a token higher than that of every attempt before it, here or in Delta's
   * own log, so that it survives a lost ledger.
   *
   * @param fence the highest token that Delta's log knows of what is to be published
   * @param attempt the attempt that has a token
   */
  public Attempt open(long fence, LongFunction<Attempt> attempt) {
    return openAfter(Math.max(fence, index().newestAttempt()), attempt);
  }

  /**
   * The same, by what was known a moment ago: where that is the newest still, nothing is listed.
   */
  public Attempt open(long fence, LedgerState known, LongFunction<Attempt> attempt) {
    return openAfter(Math.max(fence, known.newestToken()), attempt);
  }

  private Attempt openAfter(long newest, LongFunction<Attempt> attempt) {
    long highest = newest;
    while (true) {
      Attempt next = attempt.apply(highest + 1);
      if (lake.createIfAbsent(path(next.token(), Kind.ATTEMPT), Json.bytes(next))) {
        return next;
      }
      highest = Math.max(next.token(), index().newestAttempt());
    }
  }

  /**
   * What the ledger knew once a release was sealed, of what readers then saw; nothing of release 0.
   *
   * @throws dev.assay.error.AssayException with USAGE if what it knew then is kept no longer
   */
  public LedgerState asOf(long release) {
    return keptAsOf(release)
        .orElseThrow(
            () ->
                new AssayException(
                    ExitCode.USAGE,
                    "release "
                        + release
                        + " expired: the ledger does not go back that far any more; choose a newer"
                        + " one"));
  }

  /** The same; empty if it is kept no longer. */
  public Optional<LedgerState> keptAsOf(long release) {
    if (release == 0) {
      return Optional.of(Snapshot.NONE.state(0));
    }
    LedgerIndex index = index();
    for (long from : index.tokens(Kind.STATE).descendingSet()) {
      Snapshot snapshot = snapshot(from);
      LedgerState state = snapshot.state(from);
      if (state.newestRelease() <= release) {
        return Optional.of(upTo(release, state, index, snapshot));
      }
    }
    return isWhole(index)
        ? Optional.of(upTo(release, Snapshot.NONE.state(0), index, Snapshot.NONE))
        : Optional.empty();
  }

  /** Whether nothing was removed: a compaction leaves, of what a state tells of, what was open. */
  private boolean isWhole(LedgerIndex index) {
    NavigableSet<Long> attempts = index.tokens(Kind.ATTEMPT);
    NavigableSet<Long> states = index.tokens(Kind.STATE);
    boolean hasFirst = !attempts.isEmpty() && attempts.first() == 1;
    return hasFirst
        && (states.isEmpty()
            || !snapshot(states.first())
                .openTokens()
                .containsAll(attempts.headSet(states.first(), true)));
  }

  private LedgerState upTo(long release, LedgerState state, LedgerIndex index, Snapshot snapshot) {
    Set<Long> open = snapshot.openTokens();
    List<String> paths =
        index.tokens(Kind.PUBLISHED).stream()
            .filter(token -> token > state.newestToken() || open.contains(token))
            .map(token -> path(token, Kind.PUBLISHED))
            .toList();
    Concurrently.map(paths, READS_AT_ONCE, path -> existing(path, Outcome.class)).stream()
        .filter(outcome -> outcome.release() != null && outcome.release() <= release)
        .forEach(state::add);
    return state;
  }

  /** Records what an attempt published; the first record stays. */
  public void published(Outcome outcome) {
    lake.createIfAbsent(path(outcome.token(), Kind.PUBLISHED), Json.bytes(outcome));
  }

  /** Records what became of what an attempt did not publish; the first record stays. */
  public void ended(Outcome outcome) {
    lake.createIfAbsent(path(outcome.token(), Kind.ENDED), Json.bytes(outcome));
  }

  /** What the ledger knows of every table-day now. */
  public LedgerState state() {
    LedgerIndex index = index();
    long from = index.newestState();
    Snapshot snapshot = from == 0 ? Snapshot.NONE : snapshot(from);
    LedgerState state = snapshot.state(from);
    snapshot.open().forEach(state::add);
    Set<Long> open = snapshot.openTokens();
    List<Long> attempts = List.copyOf(index.tokens(Kind.ATTEMPT).tailSet(from, false));
    Concurrently.map(attempts, READS_AT_ONCE, this::attempt).forEach(state::add);
    // By token, so that what an attempt takes away is not brought back by one before it.
    List<String> outcomes =
        Stream.concat(
                index.tokens(Kind.ENDED).stream().map(token -> Map.entry(token, Kind.ENDED)),
                index.tokens(Kind.PUBLISHED).stream()
                    .map(token -> Map.entry(token, Kind.PUBLISHED)))
            .filter(entry -> entry.getKey() > from || open.contains(entry.getKey()))
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> path(entry.getKey(), entry.getValue()))
            .toList();
    Concurrently.map(outcomes, READS_AT_ONCE, path -> existing(path, Outcome.class))
        .forEach(state::add);
    return state;
  }

  /** Keeps a state that took many attempts to put together; whoever reads next is faster. */
  public void keep(LedgerState state) {
    if (state.attemptsRead() >= MOST_AFTER_STATE) {
      write(state);
    }
  }

  /**
   * Removes what only releases before one need to be told of; keeps what all attempts have come to.
   *
   * @return how many objects went
   */
  public int compact(long release) {
    write(state());
    LedgerIndex index = index();
    for (long from : index.tokens(Kind.STATE).descendingSet()) {
      Snapshot snapshot = snapshot(from);
      if (snapshot.state(from).newestRelease() <= release) {
        return remove(index, from, snapshot);
      }
    }
    return 0;
  }

  private int remove(LedgerIndex index, long from, Snapshot snapshot) {
    Set<Long> open = snapshot.openTokens();
    int removed = 0;
    // In this order: where it is cut off, what is left must not pass for all that there was.
    for (Kind kind : List.of(Kind.STATE, Kind.ATTEMPT, Kind.PUBLISHED, Kind.ENDED)) {
      for (long token : index.tokens(kind).headSet(from, kind != Kind.STATE)) {
        if (!open.contains(token)) {
          lake.delete(path(token, kind));
          removed++;
        }
      }
    }
    return removed;
  }

  void write(LedgerState state) {
    Snapshot snapshot = new Snapshot(state.ended(), state.open(), state.newestRelease());
    lake.createIfAbsent(path(state.newestToken(), Kind.STATE), Json.bytes(snapshot));
  }

  private LedgerIndex index() {
    return new LedgerIndex(lake.names(folder));
  }

  private Attempt attempt(long token) {
    return existing(path(token, Kind.ATTEMPT), Attempt.class);
  }

  private Snapshot snapshot(long token) {
    Kept kept = read;
    if (kept == null || kept.token() != token) {
      kept = new Kept(token, existing(path(token, Kind.STATE), Snapshot.class));
      read = kept;
    }
    return kept.snapshot();
  }

  private <T> T existing(String path, Class<T> type) {
    return lake.read(path)
        .map(json -> Json.read(json, type, path))
        .orElseThrow(() -> new IllegalStateException(path + " is gone"));
  }

  private String path(long token, Kind kind) {
    return folder + "/" + LedgerIndex.name(token, kind);
  }
}
