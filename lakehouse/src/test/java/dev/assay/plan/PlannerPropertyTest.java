package dev.assay.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever was run before, in whatever order: a plan is enough, and no more than enough. */
class PlannerPropertyTest {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final int DAYS = 8;
  private static final LocalDate LAST = FIRST.plusDays(DAYS - 1L);
  private static final List<String> TABLES =
      List.of("orders_raw", "order_lines", "daily_sales", "product_daily", "customer_rfm");

  @Property(tries = 1000)
  void anyHistoryEndsInWhatIsComputedOnceFromTheFinalFiles(@ForAll long seed) {
    Random random = new Random(seed);
    SimulatedLake lake = new SimulatedLake();
    for (int step = 0; step < 25; step++) {
      happen(lake, random);
    }
    TABLES.forEach(table -> lake.refuse(table, false));

    lake.run(lake.planner().plan(SimulatedLake.scope(FIRST, LAST), 1 + random.nextInt(DAYS)));

    SimulatedLake once = lake.fresh();
    once.run(once.planner().plan(SimulatedLake.scope(FIRST, LAST), DAYS));
    assertThat(inRange(lake.contents()))
        .containsExactlyInAnyOrderEntriesOf(inRange(once.contents()));
    Planner after = lake.planner();
    assertThat(after.plan(SimulatedLake.scope(FIRST, LAST), DAYS).steps()).isEmpty();
    assertThat(after.statuses(SimulatedLake.scope(FIRST, LAST)))
        .filteredOn(status -> status.state() != State.CURRENT && status.state() != State.NO_DATA)
        .isEmpty();
  }

  private static void happen(SimulatedLake lake, Random random) {
    switch (random.nextInt(7)) {
      case 0, 1 -> {
        LocalDate landing = day(random);
        lake.land(landing, rows(landing, random));
      }
      case 2 -> lake.refuse(TABLES.get(random.nextInt(TABLES.size())), random.nextBoolean());
      case 3 -> {
        if (random.nextInt(4) == 0) {
          lake.transform(TABLES.get(random.nextInt(TABLES.size())));
        }
      }
      case 4 -> {
        if (random.nextInt(3) == 0) {
          lake.rollback(random.nextInt(100));
        }
      }
      default -> runSome(lake, random);
    }
  }

  /** A run publishes only what its plan has, of its dates or just before, and does so once. */
  private static void runSome(SimulatedLake lake, Random random) {
    LocalDate from = day(random);
    LocalDate to = from.plusDays(random.nextInt(3));
    Stage[] all = {Stage.BRONZE, Stage.SILVER, Stage.GOLD};
    Stage[] stages = random.nextInt(3) == 0 ? new Stage[] {all[random.nextInt(3)]} : all;
    Scope scope = SimulatedLake.scope(from, to, stages);
    Map<TableDay, Long> before = new LinkedHashMap<>(lake.contents());
    Plan plan = lake.planner().plan(scope, 1 + random.nextInt(3));
    Set<TableDay> planned = plan.steps().stream().map(Step::tableDay).collect(Collectors.toSet());

    Set<TableDay> published = lake.run(plan);

    assertThat(planned).containsAll(published);
    assertThat(planned)
        .allMatch(
            tableDay -> !tableDay.day().isBefore(from.minusDays(2)) && !tableDay.day().isAfter(to));
    Set<TableDay> changed = new LinkedHashSet<>(lake.contents().keySet());
    changed.addAll(before.keySet());
    changed.removeIf(
        tableDay -> Objects.equals(lake.contents().get(tableDay), before.get(tableDay)));
    assertThat(published).containsAll(changed);
    // Where nothing is refused, what a plan is certain of comes about; a later step may take it
    // back.
    List<TableDay> steps = plan.steps().stream().map(Step::tableDay).toList();
    String what = scope + " " + plan.batches();
    plan.steps().stream()
        .filter(step -> !lake.refuses() && Collections.frequency(steps, step.tableDay()) == 1)
        .forEach(
            step -> {
              TableDayStatus status = lake.planner().status(step.tableDay());
              if (step.action() == Action.MAKE) {
                assertThat(status.state()).as(status + " after " + what).isEqualTo(State.CURRENT);
              } else if (step.action() == Action.WITHDRAW) {
                assertThat(lake.contents()).as(what).doesNotContainKey(step.tableDay());
              }
            });
  }

  private static LocalDate day(Random random) {
    return FIRST.plusDays(random.nextInt(DAYS));
  }

  /** Some rows of the landing's own day and of the two before it. */
  private static Map<LocalDate, Integer> rows(LocalDate landing, Random random) {
    Map<LocalDate, Integer> rows = new LinkedHashMap<>();
    rows.put(landing, random.nextInt(4));
    for (int late = 1; late <= 2; late++) {
      if (random.nextInt(3) == 0) {
        rows.put(landing.minusDays(late), random.nextInt(4));
      }
    }
    return rows;
  }

  private static Map<TableDay, Long> inRange(Map<TableDay, Long> contents) {
    Map<TableDay, Long> inRange = new LinkedHashMap<>(contents);
    inRange.keySet().removeIf(tableDay -> tableDay.day().isBefore(FIRST));
    return inRange;
  }
}
