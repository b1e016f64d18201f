package dev.assay.job;

import dev.assay.config.TableDay;
import dev.assay.ledger.Basis;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.Outcome;
import dev.assay.ledger.Recipe;
import dev.assay.plan.Planner;
import dev.assay.plan.Step;
import dev.assay.release.Release;
import dev.assay.release.ReleaseInputs;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one attempt is to make, and of what. A step that is made from others of the same stage
 * follows them: what becomes of it is known once they are written.
 */
final class Work {
  private final Seen seen;
  private final Recipe recipe;
  private final Planner planner;
  private final Looking looking;
  private final List<Step> steps = new ArrayList<>();
  private final SortedMap<Integer, List<Step>> following = new TreeMap<>();
  private final Map<TableDay, Basis> bases = new LinkedHashMap<>();
  private final Map<TableDay, String> superseded = new LinkedHashMap<>();
  private final Map<TableDay, String> unchanged = new LinkedHashMap<>();
  private final Map<TableDay, String> noData = new LinkedHashMap<>();
  private final Map<TableDay, String> waiting = new LinkedHashMap<>();
  private final boolean isAsWas;
  private ReleaseInputs inputs;
  private Set<String> readLater = Set.of();

  /** What becomes of steps. */
  interface Looking {
    /** Adds steps to where they belong, by what is known then. */
    void at(List<Step> steps, Work work, LedgerState known);
  }

  /**
   * Work without any step yet.
   *
   * @param seen the newest release when it was looked at
   * @param inputs the tables as the release has them that is read
   * @param recipe what it is made from and by
   * @param planner tells what is made from what
   * @param looking says what becomes of a step
   */
  Work(Seen seen, ReleaseInputs inputs, Recipe recipe, Planner planner, Looking looking) {
    this.seen = seen;
    this.inputs = inputs;
    this.recipe = recipe;
    this.planner = planner;
    this.looking = looking;
    this.isAsWas = recipe.release() != seen.number();
  }

  /**
   * Adds steps, each after those that it is made from.
   *
   * @param rank when in the stage a step is made
   */
  void want(List<Step> wanted, ToIntFunction<Step> rank) {
    List<Step> atOnce = new ArrayList<>();
    for (Step step : wanted) {
      boolean follows =
          rank.applyAsInt(step) > 0 && planner.isMadeFrom(step.tableDay(), tableDays(atOnce));
      if (follows) {
        following.computeIfAbsent(rank.applyAsInt(step), key -> new ArrayList<>()).add(step);
      } else {
        atOnce.add(step);
      }
    }
    readLater =
        following.values().stream()
            .flatMap(List::stream)
            .flatMap(step -> planner.tablesRead(step.tableDay()).stream())
            .collect(Collectors.toSet());
    looking.at(atOnce, this, seen.ledger());
  }

  private Set<TableDay> tableDays(List<Step> some) {
    return Stream.concat(some.stream(), following.values().stream().flatMap(List::stream))
        .map(Step::tableDay)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Adds a step that is made. */
  void make(Step step, Basis basis) {
    steps.add(step);
    bases.put(step.tableDay(), basis);
  }

  /** Adds a table-day that is taken away: it is published and has no inputs any more. */
  void takeAway(Step step, String why) {
    steps.add(step);
    superseded.put(step.tableDay(), why);
  }

  /** Whether there are steps that have yet to be looked at. */
  boolean hasMore() {
    return !following.isEmpty();
  }

  /**
   * Looks at the steps of the next rank, as if what is written by now were published.
   *
   * @param foreseen what that would come to
   * @param written Delta's actions that add its files; none where a table-day is taken away
   * @param failed the dates that failed, of which nothing more is made
   * @return what is made or taken away
   */
  List<Step> lookOn(Outcome foreseen, Map<TableDay, List<String>> written, Set<LocalDate> failed) {
    LedgerState known = seen.ledger().foreseeing(foreseen);
    inputs = inputs.foreseeing(known, written);
    List<Step> next = following.remove(following.firstKey());
    int before = steps.size();
    looking.at(next.stream().filter(step -> !failed.contains(step.date())).toList(), this, known);
    List<Step> added = List.copyOf(steps.subList(before, steps.size()));
    next.stream().filter(step -> failed.contains(step.date())).forEach(steps::add);
    return added;
  }

  /** Everything that it may publish, or take away. */
  Set<TableDay> tableDays() {
    return tableDays(steps);
  }

  /** Whether any of some table-days is among what one is made from. */
  boolean isMadeFrom(TableDay tableDay, Collection<TableDay> others) {
    return planner.isMadeFrom(tableDay, others);
  }

  /** Whether it is made as it was: of an older release than the newest. */
  boolean isAsWas() {
    return isAsWas;
  }

  /**
   * Whether it is to be made of what is published now, too. What is taken away follows from what is
   * not published, and what is made as it was from its being published still: of these no version
   * can tell.
   */
  boolean isStillOf(Optional<Release> latest) {
    boolean isToldByVersions = superseded.isEmpty() && !isAsWas;
    return isToldByVersions
        ? inputs.areThoseOf(latest)
            && readLater.stream()
                .allMatch(table -> version(latest, table).equals(version(seen.release(), table)))
        : latest.map(Release::number).orElse(0L) == seen.number();
  }

  private static Optional<Release.TableVersion> version(Optional<Release> release, String table) {
    return release.map(of -> of.tables().get(table));
  }

  /** What was known when it was looked at. */
  LedgerState ledger() {
    return seen.ledger();
  }

  /** The tables that are read. */
  ReleaseInputs inputs() {
    return inputs;
  }

  /** What it is made from and by. */
  Recipe recipe() {
    return recipe;
  }

  /** What is made or taken away, as far as it was looked at. */
  List<Step> steps() {
    return steps;
  }

  /** What each table-day is made from. */
  Map<TableDay, Basis> bases() {
    return bases;
  }

  /** What is taken away, and why. */
  Map<TableDay, String> superseded() {
    return superseded;
  }

  /** What need not be made, and why. */
  Map<TableDay, String> unchanged() {
    return unchanged;
  }

  /** What has no data, and why. */
  Map<TableDay, String> noData() {
    return noData;
  }

  /** What cannot be made yet, and why. */
  Map<TableDay, String> waiting() {
    return waiting;
  }
}
