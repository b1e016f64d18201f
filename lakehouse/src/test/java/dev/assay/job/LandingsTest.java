package dev.assay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.audit.AuditReport;
import dev.assay.audit.RowAccount;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LandingsTest {
  private static final TableName LINES = new TableName("test", "lines");
  private static final LocalDate LANDING = LocalDate.of(2010, 12, 3);

  @Test
  void everyRowOfALandingIsInOneOfItsEventDays() {
    Map<TableDay, AuditReport> audits =
        Map.of(
            new TableDay(LINES, LANDING), audit(7),
            new TableDay(LINES, LANDING.minusDays(1)), audit(3),
            new TableDay(new TableName("test", "others"), LANDING), audit(100));

    assertThatCode(() -> Landings.requireAccounted(LINES, LANDING, 10, audits))
        .doesNotThrowAnyException();
    for (long landed : List.of(9, 11)) {
      AssayException lost =
          catchThrowableOfType(
              AssayException.class,
              () -> Landings.requireAccounted(LINES, LANDING, landed, audits));
      assertThat(lost.exitCode()).isEqualTo(ExitCode.UNEXPECTED);
      assertThat(lost)
          .hasMessageContaining("landing 2010-12-03 has " + landed + " rows")
          .hasMessageContaining("account for 10");
    }
  }

  /** A day whose rows come from this landing, and as many again from another. */
  private static AuditReport audit(long ofLanding) {
    Map<LocalDate, Long> byLanding = Map.of(LANDING, ofLanding, LANDING.plusDays(1), ofLanding);
    return new AuditReport(
        new RowAccount(2 * ofLanding, 2 * ofLanding, 0, 0, byLanding), List.of(), Map.of(), "");
  }
}
