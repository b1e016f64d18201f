package dev.assay.plan;

import static dev.assay.plan.SimulatedLake.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.Stage;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which days rows that land after their own day change, and for what they wait. */
class LateRowsTest {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final LocalDate THIRD = FIRST.plusDays(2);

  private final SimulatedLake lake = new SimulatedLake();

  @Test
  void knowsExactlyWhichDaysLateRowsChange() {
    for (LocalDate day : List.of(FIRST, SECOND)) {
      lake.land(day, Map.of(day, 1));
      run(day, day);
    }
    lake.land(THIRD, Map.of(THIRD, 1, FIRST, 5));
    lake.run(lake.planner().plan(scope(THIRD, THIRD, Stage.BRONZE), 1));

    assertThat(status("order_lines", FIRST))
        .isEqualTo("stale, orders_raw changed: 2010-12-03 (release 10)");
    assertThat(status("order_lines", SECOND)).startsWith("current");
    assertThat(steps(THIRD, THIRD, Stage.SILVER))
        .containsExactly(
            "order_lines/2010-12-01: orders_raw changed: 2010-12-03 (release 10)",
            "order_lines/2010-12-03: it was never published");
  }

  @Test
  void makesNothingOfLateRowsAloneWhileTheLandingOfTheirDayIsRefused() {
    lake.land(FIRST, Map.of(FIRST, 9));
    lake.refuse("orders_raw", true);
    run(FIRST, FIRST);
    lake.refuse("orders_raw", false);
    lake.land(SECOND, Map.of(SECOND, 1, FIRST, 1));
    run(SECOND, SECOND);

    assertThat(status("order_lines", SECOND)).startsWith("current");
    assertThat(status("order_lines", FIRST))
        .isEqualTo("missing, retail.orders_raw/2010-12-01 is failed: refused");

    run(FIRST, FIRST);
    assertThat(lake.contents()).containsEntry(SimulatedLake.of("order_lines", FIRST), 10L);
  }

  @Test
  void waitsForALandingThatIsThereAndNotTakenInYet() {
    lake.land(FIRST, Map.of(FIRST, 9));
    lake.land(SECOND, Map.of(SECOND, 1, FIRST, 1));

    assertThat(steps(SECOND, SECOND)).noneMatch(step -> step.contains("/2010-12-01"));
  }

  @Test
  void makesADayOfLateRowsAloneWhereItsFeedNeedNotLand() {
    lake.land(SECOND, Map.of(SECOND, 1, FIRST, 1));
    run(SECOND, SECOND);

    assertThat(status("order_lines", FIRST)).startsWith("current");
  }

  @Test
  void waitsForALandingThatHasYetToCome() {
    lake.mustLand(SECOND);
    lake.land(THIRD, Map.of(THIRD, 1, SECOND, 1));
    run(THIRD, THIRD);

    assertThat(status("order_lines", THIRD)).startsWith("current");
    assertThat(status("order_lines", SECOND))
        .startsWith("missing, retail.orders_raw/2010-12-02 is missing: feed orders has no file");
  }

  @Test
  void waitsForNoLandingOfBeforeThePipelinesStart() {
    LocalDate before = SimulatedLake.PIPELINE.start().minusDays(1);
    lake.mustLand(before);
    lake.land(before.plusDays(1), Map.of(before.plusDays(1), 1, before, 1));
    run(before.plusDays(1), before.plusDays(1));

    assertThat(status("order_lines", before)).startsWith("current");
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
