package dev.assay.plan;

import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.feed.Landed;
import dev.assay.ledger.Basis;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayState;
import dev.assay.model.Champions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells which table-days of a pipeline are missing, stale or current and why, and what a run would
 * do: from conf, the ledger and what landed alone, so that it starts no Spark and opens no table.
 */
public final class Planner {
  private final PipelineConfig pipeline;
  private final LedgerState ledger;
  private final Lineage lineage;
  private final Contents contents;
  private final Bases bases;
  private final Statuses statuses;

  /** A planner of today. */
  public Planner(
      PipelineConfig pipeline,
      LedgerState ledger,
      Landed landed,
      Transforms transforms,
      Function<String, Champions> champions) {
    this(pipeline, ledger, landed, transforms, champions, LocalDate.now(ZoneOffset.UTC));
  }

  /**
   * A planner.
   *
   * @param ledger what the ledger knows now
   * @param landed what landed
   * @param transforms the transforms of the tables that are looked at
   * @param champions what was decided about the champions of a model, by its name
   * @param today the day on which table-days may be past their retention
   */
  public Planner(
      PipelineConfig pipeline,
      LedgerState ledger,
      Landed landed,
      Transforms transforms,
      Function<String, Champions> champions,
      LocalDate today) {
    this.pipeline = pipeline;
    this.ledger = ledger;
    this.lineage = new Lineage(pipeline);
    this.contents = new Contents(pipeline, ledger);
    this.bases = new Bases(pipeline, lineage, contents, landed, transforms, champions);
    this.statuses = new Statuses(pipeline, ledger, lineage, contents, landed, bases, today);
  }

  /** What a table-day would be made from now. */
  public Basis basis(TableDay tableDay) {
    return bases.of(contract(tableDay), tableDay.day());
  }

  /** What the champion of a model is called where a basis is recorded. */
  public static String championOf(String model) {
    return Source.Champion.nameOf(model);
  }

  /** Whether any of some table-days is among what a table-day is made from. */
  public boolean isMadeFrom(TableDay tableDay, Collection<TableDay> others) {
    List<Source> sources = lineage.sources(contract(tableDay), tableDay.day());
    return others.stream()
        .anyMatch(other -> sources.stream().anyMatch(source -> source.reads(other)));
  }

  /** The tables that a table-day is made from. */
  public Set<String> tablesRead(TableDay tableDay) {
    return lineage.sources(contract(tableDay), tableDay.day()).stream()
        .filter(Source.Rows.class::isInstance)
        .map(source -> ((Source.Rows) source).table())
        .collect(Collectors.toSet());
  }

  /** How a table-day is. */
  public TableDayStatus status(TableDay tableDay) {
    return statuses.of(tableDay);
  }

  /**
   * What a run of some business dates does, in its order: every table-day of theirs that is not
   * current or will not be once what it is made from is published, and of the days before them that
   * late rows may still reach, those whose inputs change.
   *
   * @param datesAtOnce how many dates are made side by side
   */
  public Plan plan(Scope scope, int datesAtOnce) {
    List<Batch> batches = new ArrayList<>();
    Planned planned = new Planned();
    for (LocalDate first = scope.from();
        !first.isAfter(scope.to());
        first = first.plusDays(datesAtOnce)) {
      LocalDate last = first.plusDays(datesAtOnce - 1L);
      Scope dates = scope.of(first, last.isAfter(scope.to()) ? scope.to() : last);
      for (Stage stage : Stage.values()) {
        if (scope.stages().contains(stage)) {
          batch(stage, dates, planned).ifPresent(batches::add);
        }
      }
    }
    return new Plan(pipeline.name(), batches, waiting(scope, planned));
  }

  /** Of every date what of its first such stage is due and not planned, what did not come first. */
  private List<TableDayStatus> waiting(Scope scope, Planned planned) {
    Map<LocalDate, List<TableDayStatus>> byDate = new TreeMap<>();
    for (TableDayStatus status : statuses(scope)) {
      TableDay tableDay = status.tableDay();
      if (isDue(status) && !planned.isPlanned(tableDay.table().table(), tableDay.day())) {
        byDate.computeIfAbsent(tableDay.day(), day -> new ArrayList<>()).add(status);
      }
    }
    List<TableDayStatus> waiting = new ArrayList<>();
    byDate.forEach(
        (date, all) -> {
          Stage first = all.stream().map(this::stage).min(Stage::compareTo).orElseThrow();
          all.stream()
              .filter(status -> stage(status) == first)
              .sorted(Comparator.comparing(TableDayStatus::ready))
              .map(status -> status.ready() ? heldUp(status, scope) : status)
              .forEach(waiting::add);
        });
    return waiting;
  }

  private static boolean isDue(TableDayStatus status) {
    return switch (status.state()) {
      case MISSING, FAILED, STALE -> true;
      case NO_DATA, CURRENT, SUPERSEDED -> false;
    };
  }

  private TableDayStatus heldUp(TableDayStatus status, Scope scope) {
    String by =
        awaited(status.tableDay().day(), scope)
            .map(other -> "waits for " + other.tableDay() + ": " + other.why())
            .orElse(status.why());
    return new TableDayStatus(status.tableDay(), status.state(), by, true, status.byInputs());
  }

  /** A bronze table of a landing that did not come: the others are not received without it. */
  private Optional<TableDayStatus> awaited(LocalDate landing, Scope scope) {
    return tables(Stage.BRONZE, scope).stream()
        .map(contract -> status(new TableDay(contract.name(), landing)))
        .filter(status -> isDue(status) && !status.ready())
        .findFirst();
  }

  /** How every table-day of a run is, by day. */
  public List<TableDayStatus> statuses(Scope scope) {
    List<TableDayStatus> all = new ArrayList<>();
    for (LocalDate day = scope.from(); !day.isAfter(scope.to()); day = day.plusDays(1)) {
      for (TableContract contract : pipeline.tables().values()) {
        if (scope.has(contract) && contract.hasDay(day)) {
          all.add(status(new TableDay(contract.name(), day)));
        }
      }
    }
    return all;
  }

  private Optional<Batch> batch(Stage stage, Scope scope, Planned planned) {
    List<Step> steps = new ArrayList<>();
    LocalDate first = firstDay(stage, scope);
    for (LocalDate day = first; !day.isAfter(scope.to()); day = day.plusDays(1)) {
      steps.addAll(steps(stage, day, scope, planned));
    }
    return steps.isEmpty() ? Optional.empty() : Optional.of(new Batch(stage, steps, scope.again()));
  }

  private LocalDate firstDay(Stage stage, Scope scope) {
    return stage == Stage.BRONZE ? scope.from() : scope.from().minusDays(lineage.lateness());
  }

  private List<Step> steps(Stage stage, LocalDate day, Scope scope, Planned planned) {
    if (stage == Stage.BRONZE && awaited(day, scope).isPresent()) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    for (TableContract contract : tables(stage, scope)) {
      Optional<Step> step = step(contract, day, scope, planned);
      step.ifPresent(steps::add);
      step.ifPresent(planned::add);
    }
    return steps;
  }

  /** The tables of a stage, each after those that it is made from. */
  private List<TableContract> tables(Stage stage, Scope scope) {
    return pipeline.tablesOf(stage).stream()
        .filter(scope::has)
        .sorted(Comparator.comparing(pipeline::rank))
        .toList();
  }

  private Stage stage(TableDayStatus status) {
    return contract(status.tableDay()).stage();
  }

  private Optional<Step> step(TableContract contract, LocalDate day, Scope scope, Planned planned) {
    TableDay tableDay = new TableDay(contract.name(), day);
    if (!contract.hasDay(day) || statuses.isExpired(contract, day)) {
      return Optional.empty();
    }
    TableDayStatus status = status(tableDay);
    Optional<String> cause = planned.cause(lineage.sources(contract, day));
    boolean inScope = scope.has(day);
    boolean possible =
        status.ready()
            || (cause.isPresent()
                && areInputsThere(
                    contract,
                    day,
                    true,
                    (table, input) ->
                        contents.isPublished(table, input) || planned.isPlanned(table, input)));
    boolean due =
        switch (status.state()) {
          // Without its inputs a mart stays as it is; of a file that is gone one is told.
          case CURRENT ->
              inScope && scope.again() && (possible || contract.stage() == Stage.BRONZE);
          case STALE -> possible && (inScope || status.byInputs());
          case FAILED, MISSING ->
              possible && (inScope || (status.ready() && isBrought(day, scope)));
          case NO_DATA -> inScope && isUnrecorded(contract, tableDay);
          case SUPERSEDED -> true;
        };
    boolean affected = cause.isPresent() && (possible || status.state() == State.SUPERSEDED);
    if (!due && !affected) {
      return Optional.empty();
    }
    Action action;
    if (cause.isEmpty()) {
      action = alone(status);
    } else {
      // What is made of inputs that are published first may turn out to have none.
      boolean certain =
          due && status.state() != State.SUPERSEDED && staysReady(contract, day, planned);
      action = certain ? Action.MAKE : Action.MAKE_IF_CHANGED;
    }
    String reason =
        cause.orElse(status.state() == State.CURRENT ? "asked for again" : status.why());
    return Optional.of(new Step(tableDay, inScope ? day : scope.from(), action, reason));
  }

  /** What is done with a table-day whose inputs stay as they are. */
  private static Action alone(TableDayStatus status) {
    return switch (status.state()) {
      case SUPERSEDED -> Action.WITHDRAW;
      case NO_DATA -> Action.RECORD;
      case MISSING, FAILED, STALE, CURRENT -> Action.MAKE;
    };
  }

  private boolean staysReady(TableContract contract, LocalDate day, Planned planned) {
    return areInputsThere(
        contract,
        day,
        false,
        (table, input) ->
            planned.isPlanned(table, input)
                ? planned.isCertain(table, input)
                : contents.isPublished(table, input));
  }

  /**
   * Whether all that a table-day needs will be there.
   *
   * @param late whether a later landing may be enough, which may bring rows of the day
   */
  private boolean areInputsThere(
      TableContract contract, LocalDate day, boolean late, BiPredicate<String, LocalDate> willBe) {
    return lineage.sources(contract, day).stream()
        .filter(Source.Rows.class::isInstance)
        .map(Source.Rows.class::cast)
        .filter(rows -> !(rows instanceof Source.Days days) || days.required())
        .allMatch(
            rows ->
                willBe.test(rows.table(), day)
                    || (late
                        && rows instanceof Source.Parts parts
                        && statuses.isLateAlone(parts)
                        && day.datesUntil(rows.days().to().plusDays(1))
                            .anyMatch(landing -> willBe.test(rows.table(), landing))));
  }

  /** Whether a day before those of the run has rows that landed late on one of them. */
  private boolean isBrought(LocalDate day, Scope scope) {
    return pipeline.tablesOf(Stage.BRONZE).stream()
        .flatMap(
            bronze ->
                pipeline.consumersOf(bronze.name().table()).stream()
                    .map(silver -> lineage.sources(silver, day).get(0)))
        .filter(Source.Parts.class::isInstance)
        .map(source -> ((Source.Parts) source).landed(scope.from(), scope.to()))
        .anyMatch(contents::has);
  }

  /** A landing that never came is recorded once, so that it is known to have been looked for. */
  private boolean isUnrecorded(TableContract contract, TableDay tableDay) {
    TableDayState.End last = ledger.of(tableDay).last();
    return contract.stage() == Stage.BRONZE && (last == null || last.kind() != OutcomeKind.NO_DATA);
  }

  private TableContract contract(TableDay tableDay) {
    return pipeline.table(tableDay.table().table());
  }
}
