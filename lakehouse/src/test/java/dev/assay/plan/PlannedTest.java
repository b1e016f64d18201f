package dev.assay.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What must be looked at again after a training that is planned. */
class PlannedTest {
  private static final LocalDate MONDAY = LocalDate.of(2010, 12, 6);

  private final Planned planned = new Planned();

  PlannedTest() {
    planned.add(
        new Step(
            new TableDay(new TableName("retail", "churn_training"), MONDAY),
            MONDAY,
            Action.MAKE,
            "it was never published"));
  }

  @Test
  void whatAChampionOfALaterWeekScoresIs() {
    assertThat(planned.cause(List.of(champion("churn_training", MONDAY.plusDays(8)))))
        .contains("champion of churn may be another once it learned on 2010-12-06");
  }

  @Test
  void whatItScoredBeforeIsNot() {
    assertThat(planned.cause(List.of(champion("churn_training", MONDAY.minusDays(1))))).isEmpty();
  }

  @Test
  void whatAnotherModelScoresIsNot() {
    assertThat(planned.cause(List.of(champion("segments_training", MONDAY.plusDays(8))))).isEmpty();
  }

  private static Source champion(String learned, LocalDate day) {
    return new Source.Champion("churn", List.of(learned), day);
  }
}
