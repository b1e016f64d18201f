package dev.assay.plan;

import dev.assay.audit.AuditReport;
import dev.assay.audit.GroupAccount;
import dev.assay.audit.RowAccount;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.ledger.Basis;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.LedgerStates;
import dev.assay.ledger.Outcome;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayOutcome;
import dev.assay.model.Champions;
import dev.assay.testing.OnlineRetail;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The retail pipeline without its rows: what a table-day holds is a number that follows from what
 * it is made from, so that thousands of runs can be made in a second. Rows may be two days late,
 * and customers are looked at over three days, of which daily_sales is read, too: a table of the
 * same stage.
 */
final class SimulatedLake {
  static final PipelineConfig PIPELINE =
      without(
          Set.of("cohort_retention", "customer_value"),
          OnlineRetail.config(
                  Map.of(
                      "pipeline.feeds.orders.allowed-lateness-days", "2",
                      "pipeline.tables.customer_rfm.window-days", "3",
                      "pipeline.tables.customer_rfm.inputs", "[order_lines, daily_sales]"))
              .pipeline());

  private static final int LATE = 2;
  private static final Set<Stage> WITHOUT_ML = EnumSet.of(Stage.BRONZE, Stage.SILVER, Stage.GOLD);

  private final SimulatedLandings files;

  /** By landing, what was received of it. */
  private final Map<LocalDate, Map<String, GroupAccount>> received = new HashMap<>();

  private final List<Outcome> outcomes = new ArrayList<>();
  private final Map<TableDay, Long> contents = new LinkedHashMap<>();
  private final Map<String, String> transforms = new HashMap<>();
  private final Set<String> refusing = new LinkedHashSet<>();
  private final List<Visible> history = new ArrayList<>(List.of(new Visible(Map.of(), Map.of())));
  private Map<TableDay, TableDayOutcome> visible = new LinkedHashMap<>();
  private long clock = 1;

  /** What readers saw once. */
  private record Visible(Map<TableDay, TableDayOutcome> outcomes, Map<TableDay, Long> contents) {}

  SimulatedLake() {
    this(new SimulatedLandings());
  }

  private SimulatedLake(SimulatedLandings files) {
    this.files = files;
  }

  /** One mart that looks back is enough. */
  private static PipelineConfig without(Set<String> left, PipelineConfig pipeline) {
    Map<String, TableContract> tables = new LinkedHashMap<>(pipeline.tables());
    tables.keySet().removeAll(left);
    return new PipelineConfig(
        pipeline.name(),
        pipeline.description(),
        pipeline.owner(),
        pipeline.start(),
        pipeline.feeds(),
        tables,
        pipeline.models(),
        pipeline.stages(),
        pipeline.exports());
  }

  /** A lake on which the same files landed, and nothing was run. */
  SimulatedLake fresh() {
    return new SimulatedLake(files.again());
  }

  void land(LocalDate landing, Map<LocalDate, Integer> rows) {
    files.land(landing, rows, clock++);
  }

  /** Makes a landing that is not there one that is missed. */
  void mustLand(LocalDate landing) {
    files.mustLand(landing);
  }

  void transform(String table) {
    transforms.put(table, "version " + clock++);
  }

  void refuse(String table, boolean refuse) {
    if (refuse) {
      refusing.add(table);
    } else {
      refusing.remove(table);
    }
  }

  /** Whether the checks of any table refuse what is made. */
  boolean refuses() {
    return !refusing.isEmpty();
  }

  Planner planner() {
    LedgerState ledger = LedgerStates.of(outcomes);
    return new Planner(
        PIPELINE,
        ledger,
        files::look,
        contract -> transforms.getOrDefault(contract.name().table(), "first"),
        model -> Champions.none());
  }

  static Scope scope(LocalDate from, LocalDate to, Stage... stages) {
    Set<Stage> all = stages.length == 0 ? WITHOUT_ML : Set.of(stages);
    return new Scope(from, to, all, Set.of(), false);
  }

  static TableDay of(String table, LocalDate day) {
    return new TableDay(new TableName("retail", table), day);
  }

  /** What was published, by table-day. */
  Map<TableDay, Long> contents() {
    return contents;
  }

  /**
   * Does what a plan says, as a stage does.
   *
   * @return what was published
   */
  Set<TableDay> run(Plan plan) {
    Set<TableDay> published = new LinkedHashSet<>();
    for (Batch batch : plan.batches()) {
      long token = clock++;
      SortedMap<Integer, List<Step>> byRank = new TreeMap<>();
      batch
          .steps()
          .forEach(
              step ->
                  byRank
                      .computeIfAbsent(PIPELINE.rank(step.tableDay()), rank -> new ArrayList<>())
                      .add(step));
      boolean changed = false;
      for (List<Step> steps : byRank.values()) {
        List<TableDayOutcome> became = settle(batch.stage(), steps, published);
        add(token, became);
        changed |= !became.isEmpty();
      }
      if (changed) {
        remember();
      }
    }
    return published;
  }

  private List<TableDayOutcome> settle(Stage stage, List<Step> steps, Set<TableDay> published) {
    Planner now = planner();
    List<TableDayOutcome> became = new ArrayList<>();
    for (Step step : steps) {
      TableDayStatus status = now.status(step.tableDay());
      if (status.state() == State.SUPERSEDED) {
        contents.remove(step.tableDay());
        published.add(step.tableDay());
        became.add(outcome(step.tableDay(), OutcomeKind.WITHDRAWN, null, null));
      } else if (status.state() != State.CURRENT && status.ready()) {
        became.add(settle(step.tableDay(), now.basis(step.tableDay()), published));
      } else if (status.state() == State.NO_DATA && stage == Stage.BRONZE) {
        became.add(outcome(step.tableDay(), OutcomeKind.NO_DATA, null, null));
      }
    }
    return became;
  }

  /** Goes back to what readers saw after one of the runs before. */
  void rollback(int run) {
    Visible then = history.get(run % history.size());
    List<TableDayOutcome> became = new ArrayList<>();
    then.outcomes().forEach((tableDay, outcome) -> became.add(outcome));
    for (TableDay tableDay : visible.keySet()) {
      if (!then.outcomes().containsKey(tableDay)) {
        became.add(outcome(tableDay, OutcomeKind.WITHDRAWN, null, null));
      }
    }
    contents.clear();
    contents.putAll(then.contents());
    received.clear();
    then.outcomes()
        .forEach(
            (tableDay, outcome) -> {
              AuditReport audit = outcome.audit();
              if (audit != null && tableDay.table().table().equals("orders_raw")) {
                received.put(tableDay.day(), audit.parts());
              }
            });
    add(clock++, became);
    remember();
  }

  private void remember() {
    history.add(new Visible(visible, new LinkedHashMap<>(contents)));
  }

  private void add(long token, List<TableDayOutcome> became) {
    outcomes.add(new Outcome(token, "run", "code", Instant.EPOCH, token, became));
    visible = new LinkedHashMap<>(visible);
    for (TableDayOutcome one : became) {
      if (one.kind() == OutcomeKind.PUBLISHED) {
        visible.put(one.tableDay(), one);
      } else if (one.kind() == OutcomeKind.WITHDRAWN) {
        visible.remove(one.tableDay());
      }
    }
  }

  private TableDayOutcome settle(TableDay tableDay, Basis basis, Set<TableDay> published) {
    if (refusing.contains(tableDay.table().table())) {
      return outcome(tableDay, OutcomeKind.REFUSED, basis, null);
    }
    published.add(tableDay);
    return outcome(tableDay, OutcomeKind.PUBLISHED, basis, made(tableDay));
  }

  private AuditReport made(TableDay tableDay) {
    LocalDate day = tableDay.day();
    Map<String, GroupAccount> parts = new LinkedHashMap<>();
    long content;
    switch (tableDay.table().table()) {
      case "orders_raw" -> {
        files
            .of(day)
            .forEach(
                (event, rows) ->
                    parts.put(
                        AuditReport.part("order_lines", event),
                        new GroupAccount(1, Integer.toString(rows))));
        content = parts.hashCode();
        received.put(day, parts);
      }
      case "order_lines" -> content = lines(day);
      // Coarse, so that other lines often make the same sales.
      case "daily_sales" -> content = contents.getOrDefault(of("order_lines", day), 0L) % 2;
      case "product_daily" -> content = contents.getOrDefault(of("order_lines", day), 0L) * 7;
      default ->
          content =
              day.minusDays(2)
                  .datesUntil(day.plusDays(1))
                  .mapToLong(
                      read ->
                          contents.getOrDefault(of("order_lines", read), 0L)
                              + 1000 * contents.getOrDefault(of("daily_sales", read), 0L))
                  .sum();
    }
    contents.put(tableDay, content);
    return new AuditReport(
        new RowAccount(1, 1, 0, 0, Map.of()), List.of(), Map.of(), Long.toString(content), parts);
  }

  private long lines(LocalDate day) {
    return day.datesUntil(day.plusDays(LATE + 1L))
        .map(landing -> received.getOrDefault(landing, Map.of()))
        .map(parts -> parts.get(AuditReport.part("order_lines", day)))
        .filter(Objects::nonNull)
        .mapToLong(part -> Long.parseLong(part.contentHash()))
        .sum();
  }

  private static TableDayOutcome outcome(
      TableDay tableDay,
      OutcomeKind kind,
      @org.jspecify.annotations.Nullable Basis basis,
      @org.jspecify.annotations.Nullable AuditReport audit) {
    return new TableDayOutcome(tableDay, kind, kind.id(), 1L, audit, Map.of(), basis, null);
  }
}
