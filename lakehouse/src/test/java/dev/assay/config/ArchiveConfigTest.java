package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.SharedData;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What conf says of when rows leave a table for the archive. */
class ArchiveConfigTest {
  private static final String SALES = "pipeline.tables.daily_sales.";

  @Test
  void aDayIsForTheArchiveOnceItIsOlder() {
    LocalDate day = LocalDate.of(2010, 12, 1);
    Upkeep upkeep =
        OnlineRetail.config(Map.of(SALES + "archive-after", "365 days"))
            .pipeline()
            .table("daily_sales")
            .upkeep();

    assertThat(upkeep.isForTheArchive(day, day.plusDays(365))).isFalse();
    assertThat(upkeep.isForTheArchive(day, day.plusDays(366))).isTrue();
    assertThat(upkeep.isExpired(day, day.plusDays(366))).isFalse();
  }

  @Test
  void whatIsTakenAwayCannotBeArchived() {
    assertThat(refusal(SALES + "archive-after", "365 days", SALES + "retention", "400 days"))
        .hasMessageContaining("archive-after: is there beside retention");
  }

  @Test
  void personalDataStaysInItsTable() {
    assertThat(listening("customers"))
        .hasMessageContaining("[customers.name, customers.address] are personal, so the rows must");
  }

  @Test
  void whatPersonalDataIsMadeFromStaysInItsTable() {
    assertThat(listening("customers_raw"))
        .hasMessageContaining("customers_raw")
        .hasMessageContaining("[customers.name, customers.address] are personal, so the rows must");
  }

  @Test
  void rowsStayAsLongAsOthersAreMadeFromThem() {
    assertThat(
            refusal(
                "pipeline.tables.order_lines.archive-after", "30 days",
                "pipeline.tables.customer_rfm.window-days", "365"))
        .hasMessageContaining("archive-after: 30 days is less than the 36");
  }

  @Test
  void rowsStayAsLongAsModelsLearnFromThem() {
    assertThat(
            refusal(
                "pipeline.tables.order_lines.retention", "400 days",
                "pipeline.models.churn.window-days", "500"))
        .hasMessageContaining(
            "order_lines.retention: 400 days is less than the 500 that retail.churn is made from");
  }

  private static AssayException listening(String table) {
    return catchThrowableOfType(
        AssayException.class,
        () ->
            SharedData.config(
                "listening", Map.of("pipeline.tables." + table + ".archive-after", "365 days")));
  }

  private static AssayException refusal(String key, String value, String other, String its) {
    return catchThrowableOfType(
        AssayException.class, () -> OnlineRetail.config(Map.of(key, value, other, its)));
  }
}
