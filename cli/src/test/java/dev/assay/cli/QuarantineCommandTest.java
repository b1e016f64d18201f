package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From rows that a check rejects to the same rows in the marts, once the check is corrected. */
class QuarantineCommandTest {
  private static final String DAY = "2010-12-01";

  @TempDir private Path lake;

  @Test
  void showsRejectedRowsAndTakesThemInAgainOnceTheCheckIsCorrected() throws IOException {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    Files.write(
        orders.resolve(DAY + ".csv"),
        List.of(
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
            "536365,85123A,LAMP,6," + DAY + " 08:26:00,2.55,17850.0,France",
            "536366,85123A,LAMP,60," + DAY + " 08:28:00,2.55,17850.0,France"));
    AssayProcess strict = tool("-D", "pipeline.tables.order_lines.checks.quantity_given.max=10");
    strict.run(
        "run",
        "--pipeline",
        "retail",
        "--date",
        DAY,
        "--tables",
        "orders_raw,order_lines,daily_sales");

    JavaProcess list = tool().run("quarantine", "list", "--pipeline", "retail", "--format", "csv");
    assertThat(list.said()).contains(DAY + ",order_lines,1,2,published");

    JavaProcess show =
        tool()
            .run(
                "quarantine",
                "show",
                "--pipeline",
                "retail",
                "--table",
                "order_lines",
                "--date",
                DAY,
                "--format",
                "json");
    assertThat(show.said()).contains("quantity_given").contains("536366").doesNotContain("536365");
    JavaProcess none =
        tool()
            .run(
                "quarantine",
                "show",
                "--pipeline",
                "retail",
                "--table",
                "order_lines",
                "--date",
                DAY,
                "--reason",
                "kind_known",
                "--format",
                "json");
    assertThat(none.exitCode()).isZero();
    assertThat(none.said()).doesNotContain("536366");

    JavaProcess replay =
        tool()
            .run(
                "quarantine",
                "replay",
                "--pipeline",
                "retail",
                "--table",
                "order_lines",
                "--date",
                DAY);
    assertThat(replay.exitCode()).as(replay.said()).isZero();
    assertThat(replay.said())
        .contains("retail.order_lines/" + DAY + ": 1 rows were rejected, now 0");
    assertThat(
            tool().run("query", "SELECT units FROM retail.daily_sales", "--format", "csv").said())
        .contains("66");
    assertThat(
            tool()
                .run(
                    "quarantine",
                    "replay",
                    "--pipeline",
                    "retail",
                    "--table",
                    "order_lines",
                    "--date",
                    DAY)
                .exitCode())
        .as("nothing is left to replay")
        .isEqualTo(7);
  }

  private AssayProcess tool(String... options) {
    return AssayProcess.on(lake.toString(), lake.resolve("landing").toString(), options);
  }
}
