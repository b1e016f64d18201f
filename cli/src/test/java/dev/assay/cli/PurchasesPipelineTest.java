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
    String ofTheFirst = " WHERE as_of = DATE'2017-11-24' AND ";
    String predicted =
        query(
            "SELECT CASE WHEN value < 0.85 THEN 'not supported' ELSE 'supported' END, value,"
                + " learner || ' of ' || model_version FROM purchases.purchase_value_training"
                + ofTheFirst
                + "chosen AND metric = 'r2'");
    String parted =
        query(
            "SELECT CASE WHEN silhouette < 0.5 THEN 'not supported' ELSE 'supported' END,"
                + " silhouette, k || ' clusters of ' || model_version"
                + " FROM purchases.customer_segments_training"
                + ofTheFirst
                + "chosen");
    String ranked =
        query(
            "SELECT CASE WHEN gain < 0.01 THEN 'not supported' ELSE 'supported' END, gain, said FROM"
                + " (SELECT IF(l.low > p.high OR l.high < p.low, l.value - p.value, 0) AS gain,"
                + " l.learner || ' of ' || l.model_version AS said"
                + " FROM purchases.product_recommendations_training l"
                + " JOIN purchases.product_recommendations_training p USING (as_of, metric)"
                + ofTheFirst
                + "l.chosen AND p.learner = 'popularity' AND metric = 'ndcg@10')");

    assertThat(
            query(
                "SELECT hypothesis, as_of, verdict, value, evidence FROM purchases.findings"
                    + " ORDER BY hypothesis, as_of"))
        .isEqualTo(
            ofBoth("clear_segments", parted)
                + ofBoth(
                    "demographic_differences",
                    "not supported,0.009871940075563114,purchase by occupation\n")
                + ofBoth("purchase_value_predictable", predicted)
                + ofBoth("useful_recommendations", ranked));
  }

  private static String ofBoth(String hypothesis, String finding) {
    return "%1$s,2017-11-24,%2$s%1$s,2017-11-25,%2$s".formatted(hypothesis, finding);
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
