package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.testing.OnlineRetail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real days of orders from files to marts. */
class RetailDaysTest {
  private static final LocalDate FRIDAY = LocalDate.of(2010, 12, 3);
  private static final LocalDate SUNDAY = FRIDAY.plusDays(2);

  @TempDir private Path lake;

  /** No file lands on a Saturday, and the window is so short that Friday falls out of it. */
  @Test
  void everyTableHasTheRowsThatAnotherEngineMakesOfTheSameFiles() throws IOException {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    for (LocalDate day : List.of(FRIDAY, SUNDAY)) {
      Files.copy(OnlineRetail.bundled().resolve(day + ".csv"), orders.resolve(day + ".csv"));
    }
    AssayConfig config =
        OnlineRetail.config(
            Map.of("lake", lake.toString(), "pipeline.tables.customer_rfm.window-days", "2"));

    PipelineDays.run(config, FRIDAY, SUNDAY);

    Agreement.assertOf(config, FRIDAY, SUNDAY);
    assertThat(PipelineDays.withoutModels(config, FRIDAY))
        .as("customers can be parted, but a day tells nothing of those after it")
        .containsExactly(
            "churn",
            "churn_calibration",
            "churn_importances",
            "churn_training",
            "product_recommendations",
            "product_recommendations_training",
            "product_recommendations_users");
  }
}
