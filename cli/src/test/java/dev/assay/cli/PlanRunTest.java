package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.ExitCode;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.plan.Plan;
import dev.assay.plan.Scope;
import dev.assay.plan.State;
import dev.assay.plan.TableDayStatus;
import dev.assay.release.ReleaseLog;
import dev.assay.testing.Lakes;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.ReleasedRows;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges in which a day is refused, or learns nothing. */
class PlanRunTest {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);

  @TempDir private Path lake;

  @Test
  void makesTheDaysBeforeARefusedOneToTheirEndAndBeginsNoneAfterIt() throws IOException {
    assertThat(published(false))
        .containsExactlyInAnyOrder(
            "orders_raw/2010-12-01", "order_lines/2010-12-01", "daily_sales/2010-12-01");
  }

  @Test
  void goesOnWithTheOtherDaysIfItIsTo() throws IOException {
    assertThat(published(true))
        .containsExactlyInAnyOrder(
            "orders_raw/2010-12-01",
            "order_lines/2010-12-01",
            "daily_sales/2010-12-01",
            "orders_raw/2010-12-03",
            "order_lines/2010-12-03",
            "daily_sales/2010-12-03");
  }

  /** A plan takes the first day for the one that learns; which one does, only the run finds out. */
  @Test
  void scoresAWeekByItsFirstModelWhicheverDayHadEnoughCustomersFirst() throws IOException {
    land(FIRST, lines(FIRST, 2));
    land(FIRST.plusDays(1), lines(FIRST.plusDays(1), 12));
    land(FIRST.plusDays(2), lines(FIRST.plusDays(2), 12));
    Scope scope =
        scope(
            EnumSet.allOf(Stage.class),
            Set.of(
                "orders_raw",
                "order_lines",
                "customer_rfm",
                "customer_segments_training",
                "customer_segments_profiles",
                "customer_segments"));

    run(scope, false);

    AssayConfig config = config();
    LedgerState ledger = Ledger.of(Lakes.lake(lake.toString()), "retail").state();
    assertThat(days(config, ledger, "customer_segments_training"))
        .containsExactly(FIRST.plusDays(1));
    assertThat(days(config, ledger, "customer_segments"))
        .containsExactly(FIRST.plusDays(1), FIRST.plusDays(2));
    assertThat(Planning.plan(Planning.planner(config, scope), scope).steps()).isEmpty();
    ReleaseLog log = new ReleaseLog(Lakes.lake(lake.toString()), "retail");
    List<String> scores =
        ReleasedRows.of(lake.toString(), log.latest().orElseThrow()).get("customer_segments");
    assertThat(scores).hasSize(24);
    assertThat(scores.stream().map(row -> row.substring(row.lastIndexOf(','))).distinct())
        .as("models")
        .hasSize(1);
  }

  @Test
  void endsWithWhatWaitsThoughOthersArePublished() {
    TableDay day = new TableDay(new TableName("retail", "order_lines"), FIRST);
    StageResult done = result(Map.of(day, "current"), Map.of());
    StageResult waits = result(Map.of(), Map.of(day, "orders_raw has nothing published"));
    Plan plan = new Plan("retail", List.of(), List.of());
    Plan waiting =
        new Plan(
            "retail",
            List.of(),
            List.of(new TableDayStatus(day, State.MISSING, "no", false, false)));

    assertThat(PlanRun.exitCode(List.of(done), plan)).isEqualTo(ExitCode.DONE);
    assertThat(PlanRun.exitCode(List.of(done), waiting)).isEqualTo(ExitCode.INPUT_MISSING);
    assertThat(PlanRun.exitCode(List.of(done, waits), plan)).isEqualTo(ExitCode.INPUT_MISSING);
    assertThat(PlanRun.exitCode(List.of(), plan)).isEqualTo(ExitCode.NO_DATA);
  }

  private static StageResult result(Map<TableDay, String> unchanged, Map<TableDay, String> waits) {
    return new StageResult(
        Stage.SILVER,
        Optional.empty(),
        Map.of(),
        Map.of(),
        unchanged,
        Map.of(),
        waits,
        new TreeMap<>());
  }

  private static List<LocalDate> days(AssayConfig config, LedgerState ledger, String table) {
    return FIRST
        .datesUntil(FIRST.plusDays(3))
        .filter(
            day ->
                ledger
                    .published(new TableDay(config.pipeline().table(table).name(), day))
                    .isPresent())
        .toList();
  }

  /** A third of the customers each: many recent expensive orders; some; one cheap order. */
  private static List<String> lines(LocalDate day, int customers) {
    List<String> lines = new ArrayList<>();
    for (int customer = 0; customer < customers; customer++) {
      for (int order = 0; order < new int[] {20, 6, 1}[customer % 3]; order++) {
        lines.add(
            line(day, 536365 + 100 * customer + order, 1 + 100 * (2 - customer % 3), customer));
      }
    }
    return lines;
  }

  private static String line(LocalDate day, int invoice, int quantity, int customer) {
    return invoice
        + ",85123A,LAMP,"
        + quantity
        + ","
        + day
        + " 08:26:00,2.55,1785"
        + customer
        + ".0,France";
  }

  private void land(LocalDate day, List<String> lines) throws IOException {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    List<String> file = new ArrayList<>(lines);
    file.add(0, Files.readAllLines(OnlineRetail.bundled().resolve("2010-12-01.csv")).get(0));
    Files.write(orders.resolve(day + ".csv"), lines.isEmpty() ? List.of() : file);
  }

  /** What is published of three days, the second of which has an empty file. */
  private List<String> published(boolean keepGoing) throws IOException {
    land(FIRST, List.of(line(FIRST, 536365, 6, 0)));
    land(FIRST.plusDays(1), List.of());
    land(FIRST.plusDays(2), List.of(line(FIRST.plusDays(2), 536366, 6, 0)));
    return run(
        scope(
            EnumSet.of(Stage.BRONZE, Stage.SILVER, Stage.GOLD),
            Set.of("orders_raw", "order_lines", "daily_sales")),
        keepGoing);
  }

  private static Scope scope(Set<Stage> stages, Set<String> tables) {
    return new Scope(FIRST, FIRST.plusDays(2), stages, tables, false);
  }

  private AssayConfig config() {
    return OnlineRetail.config(Map.of("lake", lake.toString()));
  }

  private List<String> run(Scope scope, boolean keepGoing) {
    AssayConfig config = config();
    List<String> published = new ArrayList<>();
    new PlanRun(new StageRunner(TestSpark.session(), config), keepGoing, "test")
        .run(
            Planning.plan(Planning.planner(config, scope), scope),
            (batch, result) -> published.addAll(names(result)));
    return published;
  }

  private static List<String> names(StageResult result) {
    return result.published().keySet().stream().map(PlanRunTest::name).toList();
  }

  private static String name(TableDay tableDay) {
    return tableDay.table().table() + "/" + tableDay.day();
  }
}
