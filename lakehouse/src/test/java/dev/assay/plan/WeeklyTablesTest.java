package dev.assay.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.assay.config.Cadence;
import dev.assay.config.Derivation;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.config.Transform;
import dev.assay.feed.Landing;
import dev.assay.ledger.LedgerStates;
import dev.assay.model.Champions;
import dev.assay.testing.Contracts;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A table of every day, and one of the weeks that it makes up. */
class WeeklyTablesTest {
  private static final LocalDate SUNDAY = LocalDate.of(2010, 12, 5);

  private final TableContract daily = Contracts.sales("daily");
  private final TableContract weekly =
      Contracts.computed(
          "weekly",
          new Derivation.Computed(
              List.of("daily"),
              new Transform.InClass("none"),
              new Cadence.Weekly(7),
              ConfigFactory.empty()));
  private final PipelineConfig pipeline = Contracts.pipeline(daily, weekly);
  private final Planner planner =
      new Planner(
          pipeline,
          LedgerStates.of(List.of()),
          (feed, day) -> noLanding(),
          any -> "the same",
          model -> Champions.none());

  @Test
  void aWeeklyTableIsMadeOnSundaysAlone() {
    assertThat(planner.plan(scope(SUNDAY.minusDays(1), SUNDAY.plusDays(1)), 1).steps())
        .extracting(step -> step.tableDay().toString())
        .containsExactly(
            "test.daily/2010-12-04",
            "test.daily/2010-12-05",
            "test.weekly/2010-12-05",
            "test.daily/2010-12-06");
  }

  @Test
  void onOtherDaysItIsNotMissing() {
    assertThat(planner.statuses(scope(SUNDAY.minusDays(6), SUNDAY)))
        .filteredOn(status -> status.tableDay().table().equals(weekly.name()))
        .extracting(status -> status.tableDay().day())
        .containsExactly(SUNDAY);
  }

  @Test
  void itIsMadeFromTheDaysOfItsWindow() {
    TableDay ofTheWeek = new TableDay(weekly.name(), SUNDAY);

    assertThat(planner.isMadeFrom(ofTheWeek, List.of(of(SUNDAY.minusDays(6))))).isTrue();
    assertThat(planner.isMadeFrom(ofTheWeek, List.of(of(SUNDAY.minusDays(7))))).isFalse();
  }

  private TableDay of(LocalDate day) {
    return new TableDay(daily.name(), day);
  }

  private static Scope scope(LocalDate from, LocalDate to) {
    return new Scope(from, to, Set.of(Stage.GOLD), Set.of(), false);
  }

  private static Landing noLanding() {
    throw new IllegalStateException("these tables have no feed");
  }
}
