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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** How table-days are, and why. */
final class Statuses {
  private static final int DAYS_NAMED = 3;

  private final PipelineConfig pipeline;
  private final LedgerState ledger;
  private final Lineage lineage;
  private final Contents contents;
  private final Landed landed;
  private final Bases bases;
  private final LocalDate today;
  private final Map<TableDay, TableDayStatus> known = new HashMap<>();

  Statuses(
      PipelineConfig pipeline,
      LedgerState ledger,
      Lineage lineage,
      Contents contents,
      Landed landed,
      Bases bases,
      LocalDate today) {
    this.pipeline = pipeline;
    this.ledger = ledger;
    this.lineage = lineage;
    this.contents = contents;
    this.landed = landed;
    this.bases = bases;
    this.today = today;
  }

  TableDayStatus of(TableDay tableDay) {
    TableDayStatus status = known.get(tableDay);
    if (status == null) {
      status = look(pipeline.table(tableDay.table().table()), tableDay);
      known.put(tableDay, status);
    }
    return status;
  }

  /** Whether a table-day is past its retention: it is not made any more. */
  boolean isExpired(TableContract contract, LocalDate day) {
    return contract.upkeep().isExpired(day, today);
  }

  private TableDayStatus look(TableContract contract, TableDay tableDay) {
    TableDayState state = ledger.of(tableDay);
    if (isExpired(contract, tableDay.day())) {
      return new TableDayStatus(
          tableDay,
          state.published() == null ? State.NO_DATA : State.CURRENT,
          "it is past its retention of " + contract.upkeep().retentionDays() + " days",
          false,
          false);
    }
    if (state.archive() != null) {
      String where = "archived in " + state.archive();
      return new TableDayStatus(tableDay, State.NO_DATA, where, false, false);
    }
    TableDayState.Publication published = state.published();
    if (areInputsGone(contract, tableDay.day())) {
      // What is left of them would give other rows.
      String gone = "rows that it is made from are past their retention, or archived";
      return published == null
          ? new TableDayStatus(tableDay, State.NO_DATA, gone, false, false)
          : new TableDayStatus(
              tableDay,
              State.CURRENT,
              "published by release " + published.release() + "; " + gone,
              false,
              false);
    }
    Readiness inputs = readiness(contract, tableDay.day());
    return published == null
        ? unpublished(contract, state, inputs)
        : published(contract, state, published, inputs);
  }

  private boolean areInputsGone(TableContract contract, LocalDate day) {
    return lineage.sources(contract, day).stream()
        .filter(Source.Rows.class::isInstance)
        .map(source -> ((Source.Rows) source).days())
        .anyMatch(days -> isExpired(pipeline.table(days.table()), days.from()) || isArchived(days));
  }

  private boolean isArchived(Source.Days days) {
    TableContract table = pipeline.table(days.table());
    return table.upkeep().archiveDays() != null
        && days.from()
            .datesUntil(days.to().plusDays(1))
            .anyMatch(day -> ledger.of(new TableDay(table.name(), day)).archive() != null);
  }

  private TableDayStatus unpublished(
      TableContract contract, TableDayState state, Readiness inputs) {
    TableDay tableDay = state.tableDay();
    if (inputs.kind() == Readiness.Kind.NO_DATA) {
      return new TableDayStatus(tableDay, State.NO_DATA, inputs.why(), false, false);
    }
    boolean ready = inputs.kind() == Readiness.Kind.READY;
    TableDayState.End last = state.last();
    if (last != null && last.kind() == OutcomeKind.WITHDRAWN && last.basis() == null) {
      return new TableDayStatus(
          tableDay, State.MISSING, "withdrawn: " + last.message(), ready, false);
    }
    if (last != null && isOf(last, contract, tableDay, ready)) {
      State found =
          switch (last.kind()) {
            // What was taken away because nothing of it is due any more is not due until that
            // changes.
            case NO_DATA, WITHDRAWN -> State.NO_DATA;
            default -> State.FAILED;
          };
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
    if (!(source instanceof Source.Rows rows)) {
      return "";
    }
    Source.Days days = rows.days();
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
    if (source instanceof Source.Champion
        || (source instanceof Source.Days wanted && !wanted.required())) {
      return there;
    }
    Source.Days days = ((Source.Rows) source).days();
    if (contents.isPublished(days.table(), day)
        || (source instanceof Source.Parts parts && contents.has(parts) && isLateAlone(parts))) {
      return there;
    }
    TableDay input = new TableDay(pipeline.table(days.table()).name(), day);
    TableDayStatus status = of(input);
    return status.state() == State.NO_DATA
        ? new Readiness(Readiness.Kind.NO_DATA, input + " has no data: " + status.why())
        : new Readiness(
            Readiness.Kind.ABSENT, input + " is " + status.state().id() + ": " + status.why());
  }

  /**
   * Whether late rows may be all that a day has. A landing that is refused, or has yet to come, has
   * most of its day's rows: without it a few late ones would pass for the whole day.
   */
  boolean isLateAlone(Source.Parts parts) {
    TableDay landing = new TableDay(pipeline.table(parts.table()).name(), parts.from());
    return of(landing).state() == State.NO_DATA
        || (parts.from().isBefore(pipeline.start()) && !of(landing).ready());
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
}
