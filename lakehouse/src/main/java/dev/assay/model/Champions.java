package dev.assay.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a model is champion on which day: that of the decision with the newest first
 * day, of several for one day the last, a person's before a training's. So no day is scored by a
 * model of its future, and a backfill of an older week changes nothing of a newer one. A training
 * whose challenger was refused decides nothing, a retired version is champion of no day, and one
 * that a person went back from of none from there on: the decision before it holds.
 */
public final class Champions {
  private static final Comparator<Promotion> BY_DAY =
      Comparator.comparing(Promotion::from)
          .thenComparing(promotion -> promotion.act().isByHand())
          .thenComparing(Promotion::number);
  private static final String BY_HAND = " #";

  private final List<Promotion> promotions;
  private final Set<String> retired;
  private final List<Promotion> decisions;
  private final @Nullable String then;

  private Champions(List<Promotion> promotions, @Nullable String then) {
    this.promotions = promotions;
    this.retired = retired(promotions);
    this.decisions = decisions(promotions, retired);
    this.then = then;
  }

  /** Those of a model of which nothing was decided yet. */
  public static Champions none() {
    return new Champions(List.of(), null);
  }

  /** Those that decisions come to. */
  static Champions of(List<Promotion> decided) {
    List<Promotion> sorted = new ArrayList<>(decided);
    sorted.sort(BY_DAY);
    return new Champions(List.copyOf(sorted), null);
  }

  /**
   * Those that a table-day was made by, which stay whatever was decided since.
   *
   * @param basis what {@link #basis} said then
   */
  public static Champions then(String basis) {
    return new Champions(List.of(), basis);
  }

  /** Whether a decision made by these may be recorded: not where a day is made as it was. */
  public boolean isNow() {
    return then == null;
  }

  /** Every decision, by day, those of persons behind those of trainings. */
  public List<Promotion> promotions() {
    return promotions;
  }

  /** Those of them that say who is champion: of trainings of a day the last, if it promoted. */
  List<Promotion> decisions() {
    return decisions;
  }

  private static List<Promotion> decisions(List<Promotion> promotions, Set<String> retired) {
    Map<LocalDate, Promotion> trainings = new HashMap<>();
    promotions.stream()
        .filter(promotion -> promotion.act() == Promotion.Act.TRAINING)
        .forEach(promotion -> trainings.put(promotion.from(), promotion));
    return promotions.stream()
        .filter(
            promotion ->
                switch (promotion.act()) {
                  case TRAINING ->
                      promotion.promotes() && promotion.equals(trainings.get(promotion.from()));
                  case PROMOTE, ROLLBACK -> true;
                  case RETIRE -> false;
                })
        .filter(
            promotion -> promotion.champion() == null || !retired.contains(promotion.champion()))
        .filter(promotion -> promotions.stream().noneMatch(later -> takesBack(later, promotion)))
        .toList();
  }

  /**
   * Whether a person went back, after a decision, from the version that it made champion. To go
   * back once more, past days that had it before, would else find it there again.
   */
  private static boolean takesBack(Promotion rollback, Promotion decision) {
    return rollback.act() == Promotion.Act.ROLLBACK
        && rollback.number() > decision.number()
        && Objects.equals(rollback.challenger(), decision.champion())
        && !decision.from().isBefore(rollback.from());
  }

  /** The champion of a day. */
  public Optional<String> at(LocalDate day) {
    return then == null ? championOf(last(day, promotion -> true)) : before(day);
  }

  /** The champion of a day if nothing is learned on it. */
  public Optional<String> before(LocalDate day) {
    if (then != null) {
      String version = then.contains(BY_HAND) ? then.substring(0, then.indexOf(BY_HAND)) : then;
      return version.isEmpty() ? Optional.empty() : Optional.of(version);
    }
    return championOf(last(day, promotion -> isBefore(promotion, day)));
  }

  /** Whether a person decided about just this day, which no training of it overrules. */
  public boolean isByHand(LocalDate day) {
    if (then != null) {
      return then.contains(BY_HAND);
    }
    return last(day, promotion -> isBefore(promotion, day))
        .filter(promotion -> promotion.act().isByHand() && promotion.from().equals(day))
        .isPresent();
  }

  /**
   * What a table-day of the model follows from, of all that was decided: not from what it decides
   * itself, which follows from its inputs.
   */
  public String basis(LocalDate day) {
    Optional<Promotion> last = last(day, promotion -> isBefore(promotion, day));
    String version = championOf(last).orElse("");
    return last.filter(promotion -> promotion.act().isByHand())
        .map(promotion -> version + BY_HAND + promotion.number())
        .orElse(version);
  }

  /** What a training of a day decided last. */
  public Optional<Promotion> training(LocalDate day) {
    return promotions.stream()
        .filter(promotion -> promotion.act() == Promotion.Act.TRAINING)
        .filter(promotion -> promotion.from().equals(day))
        .max(BY_DAY);
  }

  /** The versions that are never used again. */
  public Set<String> retired() {
    return retired;
  }

  private static Set<String> retired(List<Promotion> promotions) {
    return promotions.stream()
        .filter(promotion -> promotion.act() == Promotion.Act.RETIRE)
        .map(promotion -> Objects.requireNonNull(promotion.challenger(), "it says which"))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The number of the last thing that a person decided, 0 for none: a training that ends after it
   * was judged by what held no more.
   */
  public long lastByHand() {
    return promotions.stream()
        .filter(promotion -> promotion.act().isByHand())
        .mapToLong(Promotion::number)
        .max()
        .orElse(0);
  }

  /** The versions that are champion on some day, the newest last. */
  public List<String> all() {
    return changes().values().stream().flatMap(Optional::stream).distinct().toList();
  }

  /** The days from which the champion is another, each with it. */
  public NavigableMap<LocalDate, Optional<String>> changes() {
    NavigableMap<LocalDate, Optional<String>> byDay = new TreeMap<>();
    decisions.forEach(
        decision -> byDay.put(decision.from(), Optional.ofNullable(decision.champion())));
    NavigableMap<LocalDate, Optional<String>> changes = new TreeMap<>();
    byDay.forEach(
        (from, champion) -> {
          Optional<String> before =
              changes.isEmpty() ? Optional.empty() : changes.lastEntry().getValue();
          if (!champion.equals(before)) {
            changes.put(from, champion);
          }
        });
    return changes;
  }

  private static boolean isBefore(Promotion promotion, LocalDate day) {
    return promotion.act().isByHand() || promotion.from().isBefore(day);
  }

  private Optional<Promotion> last(LocalDate day, Predicate<Promotion> wanted) {
    return decisions.stream()
        .filter(promotion -> !promotion.from().isAfter(day) && wanted.test(promotion))
        .max(BY_DAY);
  }

  private static Optional<String> championOf(Optional<Promotion> last) {
    return last.map(Promotion::champion);
  }
}
