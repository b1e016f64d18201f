package dev.assay.ledger;

import dev.assay.concurrent.Concurrently;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.Json;
import dev.assay.store.LakeStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern OBJECT = Pattern.compile("([0-9]{10})-([a-z]+)[.]json");
  private static final String ATTEMPT = "attempt";
  private static final String PUBLISHED = "published";
  private static final String ENDED = "ended";
  private static final String STATE = "state";
  private static final String SUFFIX = ".json";
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
  }

  /** A snapshot that was read; it never changes, and is the largest object of a ledger. */
  private record Kept(long token, Snapshot snapshot) {}

  /** The tokens of the objects of the ledger, by what they hold. */
  private record Index(
      TreeSet<Long> attempts, TreeSet<Long> published, TreeSet<Long> ended, TreeSet<Long> states) {
    static Index of(List<String> names) {
      Index index = new Index(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
      for (String name : names) {
        Matcher object = OBJECT.matcher(name);
        if (object.matches()) {
          index.tokens(object.group(2)).add(Long.parseLong(object.group(1)));
        }
      }
      return index;
    }

    private Set<Long> tokens(String what) {
      return switch (what) {
        case ATTEMPT -> attempts;
        case PUBLISHED -> published;
        case ENDED -> ended;
        case STATE -> states;
        default -> new TreeSet<>();
      };
    }

    long newestState() {
      return states.isEmpty() ? 0 : states.last();
    }

    /** Of what a state tells of, only those that were open are there still. */
    long newestAttempt() {
      return Math.max(newestState(), attempts.isEmpty() ? 0 : attempts.last());
    }
  }

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
      if (lake.createIfAbsent(path(next.token(), ATTEMPT), Json.bytes(next))) {
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
    Index index = index();
    for (long from : index.states().descendingSet()) {
      Snapshot snapshot = snapshot(from);
      LedgerState state = snapshot.state(from);
      if (state.newestRelease() <= release) {
        return Optional.of(upTo(release, state, index, snapshot));
      }
    }
    boolean whole = !index.attempts().isEmpty() && index.attempts().first() == 1;
    return whole
        ? Optional.of(upTo(release, Snapshot.NONE.state(0), index, Snapshot.NONE))
        : Optional.empty();
  }

  private LedgerState upTo(long release, LedgerState state, Index index, Snapshot snapshot) {
    Set<Long> open = snapshot.open().stream().map(Attempt::token).collect(Collectors.toSet());
    List<String> paths =
        index.published().stream()
            .filter(token -> token > state.newestToken() || open.contains(token))
            .map(token -> path(token, PUBLISHED))
            .toList();
    Concurrently.map(paths, READS_AT_ONCE, path -> existing(path, Outcome.class)).stream()
        .filter(outcome -> outcome.release() != null && outcome.release() <= release)
        .forEach(state::add);
    return state;
  }

  /** Records what an attempt published; the first record stays. */
  public void published(Outcome outcome) {
    lake.createIfAbsent(path(outcome.token(), PUBLISHED), Json.bytes(outcome));
  }

  /** Records what became of what an attempt did not publish; the first record stays. */
  public void ended(Outcome outcome) {
    lake.createIfAbsent(path(outcome.token(), ENDED), Json.bytes(outcome));
  }

  /** What the ledger knows of every table-day now. */
  public LedgerState state() {
    Index index = index();
    long from = index.newestState();
    Snapshot snapshot = from == 0 ? Snapshot.NONE : snapshot(from);
    LedgerState state = snapshot.state(from);
    snapshot.open().forEach(state::add);
    Set<Long> open = snapshot.open().stream().map(Attempt::token).collect(Collectors.toSet());
    List<Long> attempts = List.copyOf(index.attempts().tailSet(from, false));
    Concurrently.map(attempts, READS_AT_ONCE, this::attempt).forEach(state::add);
    // By token, so that what an attempt takes away is not brought back by one before it.
    List<String> outcomes =
        Stream.concat(
                index.ended().stream().map(token -> Map.entry(token, ENDED)),
                index.published().stream().map(token -> Map.entry(token, PUBLISHED)))
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
    Index index = index();
    for (long from : index.states().descendingSet()) {
      Snapshot snapshot = snapshot(from);
      if (snapshot.state(from).newestRelease() <= release) {
        return remove(from, snapshot);
      }
    }
    return 0;
  }

  private int remove(long from, Snapshot snapshot) {
    Set<Long> open = snapshot.open().stream().map(Attempt::token).collect(Collectors.toSet());
    int removed = 0;
    for (String name : lake.names(folder)) {
      Matcher object = OBJECT.matcher(name);
      if (object.matches()) {
        long token = Long.parseLong(object.group(1));
        boolean isOwn = token == from && object.group(2).equals(STATE);
        if (token <= from && !isOwn && !open.contains(token)) {
          lake.delete(folder + "/" + name);
          removed++;
        }
      }
    }
    return removed;
  }

  void write(LedgerState state) {
    Snapshot snapshot = new Snapshot(state.ended(), state.open(), state.newestRelease());
    lake.createIfAbsent(path(state.newestToken(), STATE), Json.bytes(snapshot));
  }

  private Index index() {
    return Index.of(lake.names(folder));
  }

  private Attempt attempt(long token) {
    return existing(path(token, ATTEMPT), Attempt.class);
  }

  private Snapshot snapshot(long token) {
    Kept kept = read;
    if (kept == null || kept.token() != token) {
      kept = new Kept(token, existing(path(token, STATE), Snapshot.class));
      read = kept;
    }
    return kept.snapshot();
  }

  private <T> T existing(String path, Class<T> type) {
    return lake.read(path)
        .map(json -> Json.read(json, type, path))
        .orElseThrow(() -> new IllegalStateException(path + " is gone"));
  }

  private String path(long token, String what) {
    return folder + "/" + String.format(Locale.ROOT, "%010d", token) + "-" + what + SUFFIX;
  }
}
