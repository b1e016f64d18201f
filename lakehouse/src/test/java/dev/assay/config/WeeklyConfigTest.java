package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.testing.OnlineRetail;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What conf says of a table of weeks. */
class WeeklyConfigTest {
  private static final LocalDate SUNDAY = LocalDate.of(2010, 12, 5);

  @Test
  void aWeeklyTableHasAStateAsOfEverySunday() {
    TableContract weekly =
        OnlineRetail.config(
                Map.of(
                    "pipeline.tables.cohort_retention.cadence", "weekly",
                    "pipeline.tables.cohort_retention.window-days", "14"))
            .pipeline()
            .table("cohort_retention");

    assertThat(weekly.partition()).isEqualTo("as_of");
    assertThat(weekly.isState()).isTrue();
    assertThat(((Derivation.Computed) weekly.derivation()).cadence().daysRead()).isEqualTo(14);
    assertThat(SUNDAY.minusDays(6).datesUntil(SUNDAY.plusDays(1)).filter(weekly::hasDay))
        .containsExactly(SUNDAY);
  }

  @Test
  void onlyAWeeklyTableIsMadeFromOne() {
    AssayException refusal =
        catchThrowableOfType(
            AssayException.class,
            () -> OnlineRetail.config(Map.of("pipeline.tables.customer_rfm.cadence", "weekly")));

    assertThat(refusal)
        .hasMessageContaining(
            "'customer_rfm' is weekly, so only a weekly table can be made from it");
  }
}
