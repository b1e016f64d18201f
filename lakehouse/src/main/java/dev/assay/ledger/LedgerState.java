package dev.assay.ledger;

import dev.assay.config.TableDay;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the ledger knows of a pipeline's table-days now: its attempts and their outcomes, folded.
 */
public final class LedgerState {
  private static final Comparator<TableDay> BY_DAY =
      Comparator.comparing(TableDay::day).thenComparing(TableDay::table);

  private final Map<TableDay, TableDayState> tableDays = new HashMap<>();
  private final NavigableMap<Long, Attempt> attempts = new TreeMap<>();
  private final Map<TableDay, NavigableMap<Long, Attempt>> tries = new HashMap<>();

  /** Of each attempt that ended, what of it may yet be published. */
  private final Map<Long, Set<TableDay>> unsettled = new HashMap<>();

  private long newestToken;
  private long newestRelease;
  private int attemptsRead;

  /**
   * The state that attempts before had come to.
   *
   * @param token the newest of them
   * @param release the newest release of theirs
   */
  LedgerState(long token, List<TableDayState> known, long release) {
    newestToken = token;
    newestRelease = release;
    known.forEach(this::put);
  }

  /** Adds an attempt, in any order. */
  void add(Attempt attempt) {
    attemptsRead++;
    newestToken = Math.max(newestToken, attempt.token());
    attempts.put(attempt.token(), attempt);
    attempt
        .tableDays()
        .forEach(
            tableDay ->
                tries
                    .computeIfAbsent(tableDay, key -> new TreeMap<>())
                    .put(attempt.token(), attempt));
  }

  /** Adds what became of an attempt, in the order of their tokens. */
  void add(Outcome outcome) {
    if (outcome.release() != null) {
      newestRelease = Math.max(newestRelease, outcome.release());
    }
    Set<TableDay> failed = new HashSet<>();
    for (TableDayOutcome became : outcome.tableDays()) {
      put(of(became.tableDay()).with(outcome, became));
      if (became.kind() == OutcomeKind.FAILED) {
        failed.add(became.tableDay());
      }
    }
    // What failed may have been decided all the same, by a request that the store got to late.
    unsettled.merge(
        outcome.token(),
        failed,
        (one, other) -> one.stream().filter(other::contains).collect(Collectors.toSet()));
  }

  /** What would be known once an outcome came to be. */
  public LedgerState foreseeing(Outcome outcome) {
    LedgerState foreseen =
        new LedgerState(newestToken, List.copyOf(tableDays.values()), newestRelease);
    foreseen.add(outcome);
    return foreseen;
  }

  private void put(TableDayState state) {
    tableDays.put(state.tableDay(), state);
    if (state.published() != null) {
      newestRelease = Math.max(newestRelease, state.published().release());
    }
  }

  /** The newest release that made any of it visible, 0 for none. */
  public long newestRelease() {
    return newestRelease;
  }

  long newestToken() {
    return newestToken;
  }

  int attemptsRead() {
    return attemptsRead;
  }

  /** What is known of every table-day of which an attempt ended, by day, then table. */
  public List<TableDayState> ended() {
    return tableDays.values().stream()
        .sorted(Comparator.comparing(TableDayState::tableDay, BY_DAY))
        .toList();
  }

  /** The same, in any order: of years of days, to sort them costs more than to look at them. */
  public Collection<TableDayState> all() {
    return Collections.unmodifiableCollection(tableDays.values());
  }

  /** Every table-day that was ever tried, by day, then table. */
  public NavigableSet<TableDay> tried() {
    NavigableSet<TableDay> tried = new TreeSet<>(BY_DAY);
    tried.addAll(tableDays.keySet());
    tried.addAll(tries.keySet());
    return tried;
  }

  /** What is known of a table-day. */
  public TableDayState of(TableDay tableDay) {
    TableDayState known = tableDays.get(tableDay);
    return known == null ? TableDayState.unknown(tableDay) : known;
  }

  /** What readers see of a table-day. */
  public Optional<TableDayState.Publication> published(TableDay tableDay) {
    return Optional.ofNullable(of(tableDay).published());
  }

  /** The newest attempt at a table-day, if it has not ended: it runs, or its process died. */
  public Optional<Attempt> running(TableDay tableDay) {
    TableDayState.End last = of(tableDay).last();
    long ended = last == null ? 0 : last.token();
    return tries
        .getOrDefault(tableDay, Collections.emptyNavigableMap())
        .tailMap(ended, false)
        .descendingMap()
        .values()
        .stream()
        .filter(attempt -> isOpen(attempt, tableDay))
        .findFirst();
  }

  /** The attempts that may still publish. */
  List<Attempt> open() {
    return attempts.values().stream()
        .filter(
            attempt ->
                attempt.tableDays().stream().anyMatch(tableDay -> mayPublish(attempt, tableDay)))
        .toList();
  }

  /** Where a newer attempt has published, the fence keeps an older one out for good. */
  private boolean mayPublish(Attempt attempt, TableDay tableDay) {
    return isOpen(attempt, tableDay)
        && published(tableDay).map(found -> found.token() < attempt.token()).orElse(true);
  }

  private boolean isOpen(Attempt attempt, TableDay tableDay) {
    Set<TableDay> left = unsettled.get(attempt.token());
    return left == null || left.contains(tableDay);
  }
}
