package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testing.BlackFriday;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real file of purchases, from its landing to what it can bear out, table by table. */
class PurchasesPipelineTest {
  private static final String VALUE = "pipeline.models.purchase_value.parameters.learners.";

  /** Two days, and learners so quick that both take seconds. */
  private static final List<String> DAYS =
      List.of(
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

  @TempDir private Path lake;

  @Test
  void publishesTheDayAfterALandingFromTheSameFile() throws IOException {
    Path feed = Files.createDirectories(lake.resolve("landing/purchases/black_friday"));
    Files.copy(BlackFriday.file(), feed.resolve("2017-11-24.csv"));

    Tool.Answer run = ofBothDays("run");
    assertThat(run.exitCode()).as(run.said()).isZero();

    assertThat(
            query(
                "SELECT p.as_of, count(*) AS purchases, sum(p.purchase) AS total,"
                    + " count_if(outlier_iqr) AS iqr, count_if(outlier_z) AS z,"
                    + " count_if(spend_band = 'top') AS top, count(prediction) AS predictions"
                    + " FROM purchases.purchases p"
                    + " JOIN purchases.purchase_flags f USING (purchase_id, as_of)"
                    + " JOIN purchases.purchase_value USING (purchase_id, as_of)"
                    + " GROUP BY p.as_of ORDER BY p.as_of"))
        .contains("2017-11-24,10052,92100598.00,58,7,2513,10052")
        .contains("2017-11-25,10052,92100598.00,58,7,2513,10052");
    assertThat(ofBothDays("plan").said()).contains("nothing to do");
    assertFindings();
    Agreement.assertOf(
        BlackFriday.config(Map.of("lake", lake.toString())),
        LocalDate.of(2017, 11, 24),
        LocalDate.of(2017, 11, 25));
  }

  /** The models learned on the first day; of both days that is what is found. */
  private void assertFindings() {
    String chosen = " WHERE chosen AND as_of = DATE'2017-11-24'";
    List<String> learned =
        query(
                "SELECT value || ',' || learner || ' of ' || model_version"
                    + " FROM purchases.purchase_value_training"
                    + (chosen + " AND metric = 'r2'")
                    + " UNION ALL SELECT silhouette || ',' || k || ' clusters of ' || model_version"
                    + " FROM purchases.customer_segments_training"
                    + chosen
                    + " UNION ALL SELECT learner || ' of ' || model_version"
                    + " FROM purchases.product_recommendations_training"
                    + (chosen + " AND metric = 'ndcg@10'"))
            .lines()
            .map(row -> row.replace("\"", ""))
            .toList();

    assertThat(
            query(
                "SELECT hypothesis, as_of, verdict, value, evidence FROM purchases.findings"
                    + " ORDER BY hypothesis, as_of"))
        .matches(
            ofBoth("clear_segments", "(not )?supported," + learned.get(1))
                + ofBoth(
                    "demographic_differences",
                    "not supported,0\\.00987194007\\d+,purchase by occupation")
                + ofBoth("purchase_value_predictable", "not supported," + learned.get(0))
                + ofBoth(
                    "useful_recommendations", "(not )?supported,-?[0-9.E-]+," + learned.get(2)));
  }

  private static String ofBoth(String hypothesis, String finding) {
    return "%1$s,2017-11-24,%2$s\n%1$s,2017-11-25,%2$s\n".formatted(hypothesis, finding);
  }

  /** The answer's rows, without its header. */
  private String query(String sql) {
    Tool.Answer answer = Tool.run(lake, "query", "--format", "csv", sql);
    assertThat(answer.exitCode()).as(answer.said()).isZero();
    return answer.answered().substring(answer.answered().indexOf('\n') + 1);
  }

  private Tool.Answer ofBothDays(String command) {
    return Tool.run(lake, Stream.concat(Stream.of(command), DAYS.stream()).toArray(String[]::new));
  }
}
