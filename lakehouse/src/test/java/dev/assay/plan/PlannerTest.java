package dev.assay.plan;

import static dev.assay.plan.SimulatedLake.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.feed.Landing;
import dev.assay.ledger.LedgerStates;
import dev.assay.model.Champions;
import dev.assay.testing.BlackFriday;
import dev.assay.testing.OnlineRetail;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final LocalDate THIRD = FIRST.plusDays(2);

  private static final Set<Stage> ALL = EnumSet.allOf(Stage.class);
  private static final PipelineConfig TWO_FEEDS =
      OnlineRetail.config(
              Map.of(
                  "pipeline.feeds.returns.files", "/landing/returns/{date}.csv",
                  "pipeline.feeds.returns.columns.0", "InvoiceNo",
                  "pipeline.tables.returns_raw.stage", "bronze",
                  "pipeline.tables.returns_raw.feed", "returns",
                  "pipeline.tables.returns_raw.description", "A line that came back."))
          .pipeline();

  private final SimulatedLake lake = new SimulatedLake();

  @Test
  void makesWhatLandedAndAllThatFollowsFromIt() {
    lake.land(FIRST, Map.of(FIRST, 1));

    assertThat(steps(FIRST, FIRST))
        .containsSubsequence(
            "orders_raw/2010-12-01: its files landed",
            "order_lines/2010-11-30 if changed: made from orders_raw/2010-12-01, which is published"
                + " first",
            "order_lines/2010-12-01: made from orders_raw/2010-12-01, which is published first",
            "daily_sales/2010-11-30 if changed: made from order_lines/2010-11-30, which is published"
                + " first",
            "daily_sales/2010-12-01: made from order_lines/2010-12-01, which is published first")
        .hasSize(1 + 3 + 3 * 3);
  }

  @Test
  void hasNothingToDoOnceAllIsCurrent() {
    lake.land(FIRST, Map.of(FIRST, 1));
    run(FIRST, FIRST);

    assertThat(steps(FIRST, FIRST)).isEmpty();
    assertThat(status("order_lines", FIRST)).isEqualTo("current, published by release 3");
  }

  @Test
  void refreshesMartsWhoseWindowHoldsAChangedDay() {
    for (LocalDate day : List.of(FIRST, SECOND, THIRD)) {
      lake.land(day, Map.of(day, 1));
    }
    run(FIRST, THIRD);
    lake.land(FIRST, Map.of(FIRST, 2));

    assertThat(steps(FIRST, THIRD))
        .contains(
            "orders_raw/2010-12-01: feed orders changed",
            "customer_rfm/2010-12-03 if changed: made from order_lines/2010-12-01, which is"
                + " published first")
        .noneMatch(step -> step.startsWith("daily_sales/2010-12-02"));

    run(FIRST, FIRST);
    assertThat(status("customer_rfm", THIRD)).startsWith("stale, order_lines changed: 2010-12-01");
    assertThat(status("daily_sales", THIRD)).startsWith("current");
  }

  @Test
  void findsAllCurrentAfterTheSameContentWasDeliveredAgain() {
    lake.land(FIRST, Map.of(FIRST, 1));
    run(FIRST, FIRST);
    lake.land(FIRST, Map.of(FIRST, 1));

    assertThat(lake.run(lake.planner().plan(scope(FIRST, FIRST), 1)))
        .containsExactly(SimulatedLake.of("orders_raw", FIRST));
    assertThat(status("daily_sales", FIRST)).startsWith("current");
  }

  @Test
  void makesAgainWhatItsTransformChangedForAndNothingElse() {
    lake.land(FIRST, Map.of(FIRST, 1));
    lake.land(SECOND, Map.of(SECOND, 1));
    run(FIRST, SECOND);
    lake.transform("daily_sales");

    assertThat(steps(FIRST, SECOND))
        .containsExactly(
            "daily_sales/2010-12-01: its transform or its conf changed",
            "customer_rfm/2010-12-01 if changed: made from daily_sales/2010-12-01, which is"
                + " published first",
            "daily_sales/2010-12-02: its transform or its conf changed",
            "customer_rfm/2010-12-02 if changed: made from daily_sales/2010-12-02, which is"
                + " published first");
    assertThat(steps(SECOND, SECOND)).as("a day that is not asked for waits").hasSize(2);
  }

  @Test
  void triesAgainWhatFailedAndSaysWhy() {
    lake.land(FIRST, Map.of(FIRST, 1));
    lake.refuse("daily_sales", true);
    run(FIRST, FIRST);

    assertThat(status("daily_sales", FIRST)).isEqualTo("failed, refused");
    assertThat(steps(FIRST, FIRST))
        .containsExactly(
            "daily_sales/2010-12-01: refused",
            "customer_rfm/2010-12-01: made from daily_sales/2010-12-01, which is published first");
  }

  @Test
  void whatFailedAtOtherInputsIsMissingOrStale() {
    lake.land(FIRST, Map.of(FIRST, 1));
    lake.refuse("orders_raw", true);
    run(FIRST, FIRST);
    assertThat(status("orders_raw", FIRST)).isEqualTo("failed, refused");

    lake.land(FIRST, Map.of(FIRST, 2));

    assertThat(status("orders_raw", FIRST)).isEqualTo("missing, its files landed");
  }

  @Test
  void recordsOnceThatADayHasNoData() {
    assertThat(steps(FIRST, FIRST))
        .containsExactly(
            "orders_raw/2010-12-01: feed orders has no file 2010-12-01.csv, and need not"
                + " have on 2010-12-01");
    run(FIRST, FIRST);

    assertThat(steps(FIRST, FIRST)).isEmpty();
    assertThat(status("customer_rfm", FIRST)).startsWith("no-data, retail.order_lines/2010-12-01");

    lake.land(FIRST, Map.of(FIRST, 1));
    assertThat(status("orders_raw", FIRST)).isEqualTo("missing, its files landed");
    assertThat(status("daily_sales", FIRST))
        .isEqualTo(
            "missing, retail.order_lines/2010-12-01 is missing: retail.orders_raw/2010-12-01 is"
                + " missing: its files landed");
  }

  @Test
  void makesWhatIsCurrentIfItIsAskedToAgain() {
    lake.land(FIRST, Map.of(FIRST, 1));
    run(FIRST, FIRST);
    Scope gold = scope(FIRST, FIRST, Stage.GOLD);
    Scope again = new Scope(FIRST, FIRST, gold.stages(), gold.tables(), true);

    assertThat(lake.planner().plan(again, 1).steps())
        .extracting(Step::reason)
        .containsExactly(
            "asked for again",
            "asked for again",
            "made from daily_sales/2010-12-01, which is published first");
  }

  @Test
  void holdsUpALandingOneOfWhoseFeedsDidNotCome() {
    Planner planner = planner(TWO_FEEDS, (feed, day) -> feed.equals("orders") || day.equals(FIRST));

    Plan plan = planner.plan(scope(FIRST, SECOND, Stage.BRONZE), 1);

    assertThat(plan.steps())
        .extracting(Step::tableDay)
        .containsExactlyInAnyOrder(
            SimulatedLake.of("orders_raw", FIRST), SimulatedLake.of("returns_raw", FIRST));
    String absent =
        "feed returns has no file 2010-12-02.csv, and conf says that a THURSDAY must have one"
            + " (required-on); ask its sender to deliver it";
    assertThat(plan.waiting())
        .extracting(status -> status.tableDay() + ": " + status.why())
        .containsExactly(
            "retail.returns_raw/2010-12-02: " + absent,
            "retail.orders_raw/2010-12-02: waits for retail.returns_raw/2010-12-02: " + absent);
  }

  @Test
  void receivesATableByItselfWhoseFeedCame() {
    Planner planner = planner(TWO_FEEDS, (feed, day) -> feed.equals("orders"));
    Scope orders = new Scope(FIRST, FIRST, Set.of(Stage.BRONZE), Set.of("orders_raw"), false);

    assertThat(planner.plan(orders, 1).steps())
        .extracting(Step::tableDay)
        .containsExactly(SimulatedLake.of("orders_raw", FIRST));
  }

  @Test
  void makesAMartOfModelsOnDaysOnWhichNoneLearned() {
    LocalDate day = FIRST.plusDays(1);
    Planner planner = planner(BlackFriday.config(Map.of()).pipeline(), (feed, any) -> true);

    TableDay findings = new TableDay(new TableName("purchases", "findings"), day);
    Plan plan =
        planner.plan(
            new Scope(day, day, EnumSet.range(Stage.BRONZE, Stage.GOLD), Set.of(), false), 1);
    Plan all = planner.plan(new Scope(day, day, ALL, Set.of(), false), 1);

    assertThat(all.steps()).extracting(Step::tableDay).contains(findings);
    assertThat(plan.steps()).extracting(Step::tableDay).isNotEmpty().doesNotContain(findings);
    assertThat(
            planner.isMadeFrom(
                findings,
                List.of(
                    new TableDay(
                        new TableName("purchases", "purchase_value_training"), day.minusDays(6)))))
        .isTrue();
  }

  private static Planner planner(PipelineConfig pipeline, BiPredicate<String, LocalDate> isThere) {
    return new Planner(
        pipeline,
        LedgerStates.of(List.of()),
        (feed, day) -> {
          boolean there = isThere.test(feed.name(), day);
          return new Landing(
              feed.name(),
              day,
              there ? Landing.State.LANDED : Landing.State.MISSING,
              there ? List.of(new Landing.LandedFile(day + ".csv", day + ".csv", 1, 0)) : List.of(),
              day + ".csv",
              Instant.EPOCH);
        },
        contract -> "first",
        model -> Champions.none());
  }

  private void run(LocalDate from, LocalDate to) {
    lake.run(lake.planner().plan(scope(from, to), 1));
  }

  private String status(String table, LocalDate day) {
    TableDayStatus status = lake.planner().status(SimulatedLake.of(table, day));
    return status.state().id() + ", " + status.why();
  }

  private List<String> steps(LocalDate from, LocalDate to, Stage... stages) {
    return lake.planner().plan(scope(from, to, stages), 8).steps().stream()
        .map(
            step ->
                step.tableDay().table().table()
                    + "/"
                    + step.tableDay().day()
                    + (step.action() == Action.MAKE_IF_CHANGED ? " if changed" : "")
                    + ": "
                    + step.reason())
        .toList();
  }
}
