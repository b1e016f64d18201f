package dev.assay.gold.purchases;

import static dev.assay.gold.purchases.Purchases.bought;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CustomerRfmTest {

  @Test
  void scoresCustomersWithoutTimesByFrequencyAndMonetaryValue() {
    PurchaseMarts marts =
        new PurchaseMarts(
            Purchases.table(
                bought("a1", 1, "500"),
                bought("a2", 1, "500"),
                bought("a3", 2, "400"),
                bought("a4", 3, "300"),
                bought("a5", 4, "200"),
                bought("a6", 5, "100")));

    assertThat(marts.texts("customer_rfm"))
        .containsExactlyInAnyOrder(
            "1 null 2 1000.00 null 5 5 5 champions",
            "2 null 1 400.00 null 1 4 2.5 big_spenders",
            "3 null 1 300.00 null 2 3 2.5 core",
            "4 null 1 200.00 null 3 2 2.5 core",
            "5 null 1 100.00 null 4 1 2.5 frequent");
  }

  @Test
  void scoresRecencyAmongThoseWhoHaveOne() {
    Dataset<Row> purchases =
        Purchases.table(
            List.of(
                bought("a1", 1, "10").row(Instant.parse("2017-11-24T23:00:00Z")),
                bought("a2", 1, "10").row(Instant.parse("2017-11-20T12:00:00Z")),
                bought("a3", 2, "30").row(Instant.parse("2017-11-14T12:00:00Z")),
                bought("a4", 3, "40").row(null)));

    assertThat(new PurchaseMarts(purchases).texts("customer_rfm"))
        .containsExactlyInAnyOrder(
            "1 0 2 20.00 2 3 1 2 occasional",
            "2 10 1 30.00 1 1 2 1.333333 occasional",
            "3 null 1 40.00 null 2 3 2.5 core");
  }

  @Test
  void aPairOfScoresWithoutANameIsRefused() {
    PurchaseMarts marts =
        new PurchaseMarts(
            Purchases.table(bought("a", 1, "10")),
            Map.of(
                "pipeline.tables.customer_rfm.parameters.segments",
                "[{ name = champions, f = [4, 5], m = [4, 5] }]"));

    AssayException refusal =
        catchThrowableOfType(AssayException.class, () -> marts.rows("customer_rfm"));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("have no name for f = 1, m = 1");
  }
}
