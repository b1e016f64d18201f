package dev.assay.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.assay.config.Cadence;
import dev.assay.config.Derivation;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.config.Transform;
import dev.assay.config.Upkeep;
import dev.assay.ledger.LedgerStates;
import dev.assay.model.Champions;
import dev.assay.testing.Contracts;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A table of a week's rows, of which some are past their retention. */
class GoneInputsTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 5);

  private final TableContract daily = keptForADay(Contracts.sales("daily"));
  private final TableContract week =
      Contracts.computed(
          "week",
          new Derivation.Computed(
              List.of("daily"),
              new Transform.InClass("none"),
              new Cadence.Snapshot(7),
              ConfigFactory.empty()));
  private final Planner planner =
      new Planner(
          Contracts.pipeline(daily, week),
          LedgerStates.of(List.of()),
          (feed, day) -> {
            throw new IllegalStateException("these tables have no feed");
          },
          any -> "the same",
          model -> Champions.none());

  @Test
  void isNotMadeOfWhatIsLeftOfThem() {
    TableDayStatus status = planner.status(new TableDay(week.name(), DAY));

    assertThat(status.state()).isEqualTo(State.NO_DATA);
    assertThat(status.why()).contains("past their retention");
    assertThat(planner.plan(new Scope(DAY, DAY, Set.of(Stage.GOLD), Set.of(), true), 1).steps())
        .isEmpty();
  }

  private static TableContract keptForADay(TableContract table) {
    return new TableContract(
        table.name(),
        table.stage(),
        table.description(),
        table.partition(),
        table.key(),
        table.columns(),
        table.derivation(),
        table.checks(),
        table.totals(),
        table.controls(),
        new Upkeep(1, null, List.of()),
        table.deadline());
  }
}
