package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testing.BlackFriday;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real file of purchases, from its landing to what it can bear out, table by table. */
class PurchasesPipelineTest {
  /** Learners so quick that both days take seconds. */
  private static final String VALUE = "pipeline.models.purchase_value.parameters.learners.";

  @TempDir private Path lake;

  @Test
  void publishesTheDayAfterALandingFromTheSameFile() throws IOException {
    Path feed = Files.createDirectories(lake.resolve("landing/purchases/black_friday"));
    Files.copy(BlackFriday.file(), feed.resolve("2017-11-24.csv"));

    Tool.Answer run =
        Tool.run(
            lake,
            "run",
            "--pipeline",
            "purchases",
            "--from",
            "2017-11-24",
            "--to",
            "2017-11-25",
            "-D",
            VALUE + "forest.trees=5",
            "-D",
            VALUE + "boosting.enabled=false",
            "-D",
            "pipeline.models.customer_segments.parameters.k-max=3");
    assertThat(run.exitCode()).as(run.said()).isZero();

    Tool.Answer query =
        Tool.run(
            lake,
            "query",
            "--format",
            "csv",
            "SELECT p.as_of, count(*) AS purchases, sum(p.purchase) AS total,"
                + " count_if(outlier_iqr) AS iqr, count_if(outlier_z) AS z,"
                + " count_if(spend_band = 'top') AS top, first(verdict) AS verdict,"
                + " count(prediction) AS predictions"
                + " FROM purchases.purchases p"
                + " JOIN purchases.purchase_flags f USING (purchase_id, as_of)"
                + " JOIN purchases.purchase_value USING (purchase_id, as_of)"
                + " JOIN purchases.findings USING (as_of)"
                + " GROUP BY p.as_of ORDER BY p.as_of");

    assertThat(query.said())
        .contains("2017-11-24,10052,92100598.00,58,7,2513,not supported,10052")
        .contains("2017-11-25,10052,92100598.00,58,7,2513,not supported,10052");
    Agreement.assertOf(
        BlackFriday.config(Map.of("lake", lake.toString())),
        LocalDate.of(2017, 11, 24),
        LocalDate.of(2017, 11, 25));
  }
}
