package dev.assay.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.PipelineConfig;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.testing.OnlineRetail;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What must be looked at again after a training that is planned. */
class PlannedTest {
  private static final PipelineConfig RETAIL = OnlineRetail.config(Map.of()).pipeline();
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
    assertThat(cause("churn", MONDAY.plusDays(8)))
        .contains("champion of churn may be another once it learned on 2010-12-06");
  }

  @Test
  void whatItScoredBeforeIsNot() {
    assertThat(cause("churn", MONDAY.minusDays(1))).isEmpty();
  }

  @Test
  void whatAnotherModelScoresIsNot() {
    assertThat(cause("customer_segments", MONDAY.plusDays(8))).isEmpty();
  }

  private Optional<String> cause(String table, LocalDate day) {
    return planned.cause(new Lineage(RETAIL).sources(RETAIL.table(table), day));
  }
}
