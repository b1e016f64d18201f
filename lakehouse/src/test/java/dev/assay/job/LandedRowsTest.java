package dev.assay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.audit.AuditReport;
import dev.assay.audit.GroupAccount;
import dev.assay.audit.RowAccount;
import dev.assay.config.PipelineConfig;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ledger.TableDayState.Publication;
import dev.assay.table.Draft;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.TestSpark;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LandedRowsTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 3);
  private static final LocalDate NEXT = DAY.plusDays(1);

  private final PipelineConfig pipeline =
      OnlineRetail.config(Map.of("pipeline.feeds.orders.allowed-lateness-days", "1")).pipeline();

  /** Of DAY's landing 7 rows are of DAY, of the next one's 3. */
  private final LandedRows landed =
      new LandedRows(
          pipeline, (table, landing) -> Optional.of(landing(landing.equals(DAY) ? 7 : 3)));

  @Test
  void dayReceivesEveryRowThatLandedForIt() {
    assertThatCode(() -> landed.requireAccounted(draft("order_lines"), received(7, 3)))
        .doesNotThrowAnyException();
    for (AuditReport wrong : List.of(received(6, 3), received(7, 4), received(3, 7))) {
      AssayException lost =
          catchThrowableOfType(
              AssayException.class, () -> landed.requireAccounted(draft("order_lines"), wrong));
      assertThat(lost.exitCode()).isEqualTo(ExitCode.UNEXPECTED);
      assertThat(lost).hasMessageContaining("the rows of retail.order_lines/2010-12-03");
    }
  }

  @Test
  void landingIsPartedBetweenDaysWithoutARest() {
    assertThatCode(() -> landed.requireAccounted(draft("orders_raw"), parted(10, 7, 3)))
        .doesNotThrowAnyException();

    AssayException lost =
        catchThrowableOfType(
            AssayException.class,
            () -> landed.requireAccounted(draft("orders_raw"), parted(11, 7, 3)));

    assertThat(lost).hasMessageContaining("11 landed, but 10 are accounted for");
  }

  private Draft draft(String table) {
    return new Draft(pipeline.table(table), DAY, TestSpark.session().emptyDataFrame());
  }

  private static Publication landing(long ofDay) {
    return new Publication(
        1,
        1,
        1,
        new RowAccount(ofDay, ofDay, 0, 0, Map.of()),
        "",
        Map.of(),
        Map.of("order_lines/" + DAY, new GroupAccount(ofDay, "")),
        Map.of(),
        null,
        null);
  }

  private static AuditReport received(long first, long second) {
    long all = first + second;
    return new AuditReport(
        new RowAccount(all, all, 0, 0, new TreeMap<>(Map.of(DAY, first, NEXT, second))),
        List.of(),
        Map.of(),
        "",
        Map.of());
  }

  private static AuditReport parted(long published, long ofDay, long ofTheDayBefore) {
    return new AuditReport(
        new RowAccount(published, published, 0, 0, Map.of()),
        List.of(),
        Map.of(),
        "",
        Map.of(
            "order_lines/" + DAY, new GroupAccount(ofDay, ""),
            "order_lines/" + DAY.minusDays(1), new GroupAccount(ofTheDayBefore, "")));
  }
}
