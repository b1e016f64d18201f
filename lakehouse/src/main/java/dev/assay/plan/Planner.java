package dev.assay.plan;

import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.feed.Landed;
import dev.assay.feed.Landing;
import dev.assay.ledger.Basis;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayState;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells which table-days of a pipeline are missing, stale or current and why, and what a run would
 * do: from conf, the ledger and what landed alone, so that it starts no Spark and opens no table.
 */
public final class Planner {
  private static final int DAYS_NAMED = 3;

  private final PipelineConfig pipeline;
  private final LedgerState ledger;
  private final Lineage lineage;
  private final Contents contents;
  private final Landed landed;
  private final Bases bases;
  private final Map<TableDay, TableDayStatus> known = new HashMap<>();

  /**
   * A planner.
   *
   * @param ledger what the ledger knows now
   * @param landed what landed
   * @param transforms the transforms of the tables that are looked at
   */
  public Planner(
      PipelineConfig pipeline, LedgerState ledger, Landed landed, Transforms transforms) {
    this.pipeline = pipeline;
    this.ledger = ledger;
    this.lineage = new Lineage(pipeline);
    this.contents = new Contents(pipeline, ledger);
    this.landed = landed;
    this.bases = new Bases(pipeline, lineage, contents, landed, transforms);
  }

  /** What a table-day would be made from now. */
  public Basis basis(TableDay tableDay) {
    return bases.of(contract(tableDay), tableDay.day());
  }

  /** How a table-day is. */
  public TableDayStatus status(TableDay tableDay) {
    TableDayStatus status = known.get(tableDay);
    if (status == null) {
      status = look(contract(tableDay), tableDay);
      known.put(tableDay, status);
    }
    return status;
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
          batches.addAll(batches(stage, dates, planned));
        }
      }
    }
    return new Plan(pipeline.name(), batches, waiting(scope, planned));
  }

  /** Of every date the first stage of which something can be neither made nor left as it is. */
  private List<TableDayStatus> waiting(Scope scope, Planned planned) {
    Map<LocalDate, List<TableDayStatus>> byDate = new TreeMap<>();
    for (TableDayStatus status : statuses(scope)) {
      boolean due =
          switch (status.state()) {
            case MISSING, FAILED, STALE -> !status.ready();
            case NO_DATA, CURRENT, SUPERSEDED -> false;
          };
      TableDay tableDay = status.tableDay();
      if (due && !planned.isPlanned(tableDay.table().table(), tableDay.day())) {
        byDate.computeIfAbsent(tableDay.day(), day -> new ArrayList<>()).add(status);
      }
    }
    List<TableDayStatus> waiting = new ArrayList<>();
    byDate.forEach(
        (date, all) -> {
          Stage first =
              all.stream()
                  .map(status -> contract(status.tableDay()).stage())
                  .min(Stage::compareTo)
                  .orElseThrow();
          all.stream()
              .filter(status -> contract(status.tableDay()).stage() == first)
              .forEach(waiting::add);
        });
    return waiting;
  }

  /** How every table-day of a run is, by day. */
  public List<TableDayStatus> statuses(Scope scope) {
    List<TableDayStatus> all = new ArrayList<>();
    for (LocalDate day = scope.from(); !day.isAfter(scope.to()); day = day.plusDays(1)) {
      for (TableContract contract : pipeline.tables().values()) {
        if (scope.stages().contains(contract.stage())
            && (scope.tables().isEmpty() || scope.tables().contains(contract.name().table()))) {
          all.add(status(new TableDay(contract.name(), day)));
        }
      }
    }
    return all;
  }

  private List<Batch> batches(Stage stage, Scope scope, Planned planned) {
    List<Batch> batches = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    LocalDate first = firstDay(stage, scope);
    for (LocalDate day = first; !day.isAfter(scope.to()); day = day.plusDays(1)) {
      if (learnsFrom(steps, day, planned)) {
        add(batches, new Batch(stage, steps, scope.again()));
        steps = new ArrayList<>();
      }
      steps.addAll(steps(stage, day, scope, planned));
    }
    add(batches, new Batch(stage, steps, scope.again()));
    return batches;
  }

  /**
   * Whether a day is scored by what one of some steps may learn: the first of its week, unless the
   * week had learned before. Where it is another that learns, the run finds it out and goes round.
   */
  private boolean learnsFrom(List<Step> steps, LocalDate day, Planned planned) {
    return pipeline.models().values().stream()
        .flatMap(model -> model.learned().stream())
        .anyMatch(
            table -> {
              LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
              LocalDate trains =
                  steps.stream()
                      .filter(step -> step.tableDay().table().table().equals(table))
                      .map(step -> step.tableDay().day())
                      .filter(trained -> !trained.isBefore(monday) && trained.isBefore(day))
                      .findFirst()
                      .orElse(day);
              return trains.isBefore(day)
                  && contents.published(table, monday, trains.minusDays(1)).isEmpty()
                  && planned.latest(table, monday, trains.minusDays(1)) == null;
            });
  }

  private static void add(List<Batch> batches, Batch batch) {
    if (!batch.steps().isEmpty()) {
      batches.add(batch);
    }
  }

  private LocalDate firstDay(Stage stage, Scope scope) {
    return stage == Stage.BRONZE ? scope.from() : scope.from().minusDays(lineage.lateness());
  }

  private List<Step> steps(Stage stage, LocalDate day, Scope scope, Planned planned) {
    List<Step> steps = new ArrayList<>();
    for (TableContract contract : pipeline.tablesOf(stage)) {
      if (scope.tables().isEmpty() || scope.tables().contains(contract.name().table())) {
        step(contract, day, scope, planned).ifPresent(steps::add);
      }
    }
    steps.forEach(step -> planned.add(step, status(step.tableDay())));
    return steps;
  }

  private Optional<Step> step(TableContract contract, LocalDate day, Scope scope, Planned planned) {
    TableDay tableDay = new TableDay(contract.name(), day);
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
          case CURRENT -> inScope && scope.again();
          case STALE -> possible && (inScope || status.byInputs());
          case FAILED, MISSING -> possible && (inScope || isBrought(contract, status));
          case NO_DATA -> inScope && isUnrecorded(contract, tableDay);
          case SUPERSEDED -> true;
        };
    boolean affected = cause.isPresent() && (possible || status.state() == State.SUPERSEDED);
    if (!due && !affected) {
      return Optional.empty();
    }
    // What is made of inputs that are published first may turn out to have none.
    boolean certain =
        due
            && (cause.isEmpty()
                || (status.state() != State.SUPERSEDED && staysReady(contract, day, planned)));
    String reason =
        due && cause.isEmpty()
            ? status.state() == State.CURRENT ? "asked for again" : status.why()
            : cause.orElse(status.why());
    return Optional.of(new Step(tableDay, inScope ? day : scope.from(), certain, reason));
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
   * @param late whether a later landing is enough, which may bring rows of the day
   */
  private boolean areInputsThere(
      TableContract contract, LocalDate day, boolean late, BiPredicate<String, LocalDate> willBe) {
    return lineage.sources(contract, day).stream()
        .filter(source -> !(source instanceof Source.Files))
        .filter(source -> !(source instanceof Source.Days days) || days.required())
        .allMatch(
            source -> {
              Source.Days days = daysOf(source);
              LocalDate last = late && source instanceof Source.Parts ? days.to() : day;
              return day.datesUntil(last.plusDays(1))
                  .anyMatch(one -> willBe.test(days.table(), one));
            });
  }

  /** Whether a day before those of the run has rows that came late. */
  private boolean isBrought(TableContract contract, TableDayStatus status) {
    return contract.stage() == Stage.SILVER && status.ready();
  }

  /** A landing that never came is recorded once, so that it is known to have been looked for. */
  private boolean isUnrecorded(TableContract contract, TableDay tableDay) {
    TableDayState.End last = ledger.of(tableDay).last();
    return contract.stage() == Stage.BRONZE && (last == null || last.kind() != OutcomeKind.NO_DATA);
  }

  private TableDayStatus look(TableContract contract, TableDay tableDay) {
    TableDayState state = ledger.of(tableDay);
    Readiness inputs = readiness(contract, tableDay.day());
    TableDayState.Publication published = state.published();
    return published == null
        ? unpublished(contract, state, inputs)
        : published(contract, state, published, inputs);
  }

  private TableDayStatus unpublished(
      TableContract contract, TableDayState state, Readiness inputs) {
    TableDay tableDay = state.tableDay();
    if (inputs.kind() == Readiness.Kind.NO_DATA) {
      return new TableDayStatus(tableDay, State.NO_DATA, inputs.why(), false, false);
    }
    boolean ready = inputs.kind() == Readiness.Kind.READY;
    TableDayState.End last = state.last();
    if (last != null && last.kind() == OutcomeKind.WITHDRAWN) {
      return new TableDayStatus(
          tableDay, State.MISSING, "withdrawn: " + last.message(), ready, false);
    }
    if (last != null && isOf(last, contract, tableDay, ready)) {
      State found = last.kind() == OutcomeKind.NO_DATA ? State.NO_DATA : State.FAILED;
      return new TableDayStatus(tableDay, found, last.message(), ready, false);
    }
    return new TableDayStatus(tableDay, State.MISSING, inputs.why(), ready, false);
  }

  private TableDayStatus published(
      TableContract contract,
      TableDayState state,
      TableDayState.Publication published,
      Readiness inputs) {
    TableDay tableDay = state.tableDay();
    if (inputs.kind() != Readiness.Kind.READY) {
      return contract.stage() == Stage.BRONZE
          ? new TableDayStatus(
              tableDay, State.CURRENT, "published; its files are there no longer", false, false)
          : new TableDayStatus(tableDay, State.SUPERSEDED, inputs.why(), false, true);
    }
    Basis basis = bases.of(contract, tableDay.day());
    Basis made = published.basis();
    if (basis.equals(made)) {
      return new TableDayStatus(
          tableDay, State.CURRENT, "published by release " + published.release(), true, false);
    }
    TableDayState.End last = state.last();
    if (last != null && last.token() > published.token() && isOf(last, contract, tableDay, true)) {
      return new TableDayStatus(tableDay, State.FAILED, last.message(), true, true);
    }
    boolean byInputs = made == null || !basis.inputs().equals(made.inputs());
    return new TableDayStatus(
        tableDay, State.STALE, cause(contract, tableDay.day(), published, basis), true, byInputs);
  }

  /** Whether an attempt failed, or found no data, at what the table-day would be made from now. */
  private boolean isOf(
      TableDayState.End last, TableContract contract, TableDay tableDay, boolean ready) {
    return last.kind() != OutcomeKind.PUBLISHED
        && (last.basis() == null
            ? last.kind() != OutcomeKind.NO_DATA
            : ready && Bases.isSame(last.basis(), bases.of(contract, tableDay.day())));
  }

  private String cause(
      TableContract contract, LocalDate day, TableDayState.Publication published, Basis basis) {
    Basis made = published.basis();
    if (made == null) {
      return "it was published before its inputs were recorded";
    }
    List<String> causes = new ArrayList<>();
    if (!made.transform().equals(basis.transform())) {
      causes.add("its transform or its conf changed");
    }
    for (Source source : lineage.sources(contract, day)) {
      if (!Objects.equals(made.inputs().get(source.name()), basis.inputs().get(source.name()))) {
        causes.add(source.name() + " changed" + newer(source, published.token()));
      }
    }
    return String.join("; ", causes);
  }

  /** Which days of a source were published after a table-day was made from it. */
  private String newer(Source source, long token) {
    if (source instanceof Source.Files) {
      return "";
    }
    Source.Days days = daysOf(source);
    List<String> newer =
        contents.published(days.table(), days.from(), days.to()).entrySet().stream()
            .filter(
                entry -> entry.getValue().token() > token && mayChange(source, entry.getValue()))
            .map(entry -> entry.getKey() + " (release " + entry.getValue().release() + ")")
            .toList();
    return newer.isEmpty()
        ? ""
        : ": "
            + newer.stream().limit(DAYS_NAMED).collect(Collectors.joining(", "))
            + (newer.size() > DAYS_NAMED ? " and " + (newer.size() - DAYS_NAMED) + " more" : "");
  }

  /** A landing without rows for the day may have had some when it was published before. */
  private static boolean mayChange(Source source, TableDayState.Publication publication) {
    return !(source instanceof Source.Parts parts) || publication.parts().containsKey(parts.part());
  }

  private static Source.Days daysOf(Source source) {
    return source instanceof Source.Parts parts
        ? new Source.Days(parts.table(), parts.from(), parts.to(), false)
        : (Source.Days) source;
  }

  /** Whether what a table-day is made from is there. */
  private record Readiness(Kind kind, String why) {
    enum Kind {
      READY,
      NO_DATA,
      ABSENT
    }
  }

  private Readiness readiness(TableContract contract, LocalDate day) {
    boolean received = contract.stage() == Stage.BRONZE;
    Readiness all =
        new Readiness(
            Readiness.Kind.READY, received ? "its files landed" : "it was never published");
    for (Source source : lineage.sources(contract, day)) {
      Readiness one = readiness(source, day);
      if (one.kind().compareTo(all.kind()) > 0) {
        all = one;
      }
    }
    return all;
  }

  private Readiness readiness(Source source, LocalDate day) {
    Readiness there = new Readiness(Readiness.Kind.READY, "");
    if (source instanceof Source.Files files) {
      return readiness(landed.of(pipeline.feed(files.feed()), files.day()));
    }
    if (source instanceof Source.Parts parts && contents.has(parts)) {
      return there;
    }
    Source.Days days = daysOf(source);
    if ((source instanceof Source.Days wanted && !wanted.required())
        || contents.isPublished(days.table(), day)) {
      return there;
    }
    TableDay input = new TableDay(pipeline.table(days.table()).name(), day);
    TableDayStatus status = status(input);
    return status.state() == State.NO_DATA
        ? new Readiness(Readiness.Kind.NO_DATA, input + " has no data: " + status.why())
        : new Readiness(
            Readiness.Kind.ABSENT, input + " is " + status.state().id() + ": " + status.why());
  }

  private static Readiness readiness(Landing landing) {
    String files = "feed " + landing.feed() + " has no file " + landing.pattern();
    return switch (landing.state()) {
      case LANDED -> new Readiness(Readiness.Kind.READY, "");
      case NO_DATA ->
          new Readiness(Readiness.Kind.NO_DATA, files + ", and need not have on " + landing.date());
      case WAITING ->
          new Readiness(
              Readiness.Kind.ABSENT, files + " yet; it may land until " + landing.until());
      case MISSING ->
          new Readiness(
              Readiness.Kind.ABSENT,
              files
                  + ", and conf says that a "
                  + landing.date().getDayOfWeek()
                  + " must have one (required-on); ask its sender to deliver it");
    };
  }

  private TableContract contract(TableDay tableDay) {
    return pipeline.table(tableDay.table().table());
  }

  /** What a plan settles so far, by table. */
  private static final class Planned {
    private final Map<String, TreeSet<LocalDate>> days = new HashMap<>();
    private final Map<String, Set<LocalDate>> certain = new HashMap<>();

    void add(Step step, TableDayStatus status) {
      boolean recordedOnly = status.state() == State.NO_DATA && step.certain();
      if (!recordedOnly) {
        if (step.certain() && status.state() != State.SUPERSEDED) {
          certain
              .computeIfAbsent(step.tableDay().table().table(), table -> new HashSet<>())
              .add(step.tableDay().day());
        }
        days.computeIfAbsent(step.tableDay().table().table(), table -> new TreeSet<>())
            .add(step.tableDay().day());
      }
    }

    boolean isPlanned(String table, LocalDate day) {
      TreeSet<LocalDate> planned = days.get(table);
      return planned != null && planned.contains(day);
    }

    boolean isCertain(String table, LocalDate day) {
      return certain.getOrDefault(table, Set.of()).contains(day);
    }

    /** Why a table-day must be looked at again once what is planned is done. */
    Optional<String> cause(List<Source> sources) {
      for (Source source : sources) {
        if (!(source instanceof Source.Files)) {
          Source.Days read = daysOf(source);
          LocalDate day = latest(read.table(), read.from(), read.to());
          if (day != null) {
            return Optional.of(
                "made from " + read.table() + "/" + day + ", which is published first");
          }
        }
      }
      return Optional.empty();
    }

    @Nullable LocalDate latest(String table, LocalDate from, LocalDate to) {
      TreeSet<LocalDate> planned = days.get(table);
      LocalDate day = planned == null ? null : planned.floor(to);
      return day == null || day.isBefore(from) ? null : day;
    }
  }
}
