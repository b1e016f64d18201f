package dev.assay.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Distinct users, counted.
 *
 * @param events the rows of {@code web_events}
 * @param touchpoints the rows of {@code touchpoints}
 */
record CountedUniques(Dataset<Row> events, Dataset<Row> touchpoints) implements Uniques.Recount {

  @Override
  public List<UniquesAnswer> answers(UniquesQuestion question, boolean ofSessions, String why) {
    Dataset<Row> rows = ofSessions ? touchpoints : events;
    Column time = col(ofSessions ? "started_at" : "occurred_at");
    Dataset<Row> asked =
        rows.where(question.window().touches(col("day")).and(question.window().holds(time)));
    Column value = lit("all");
    if (!question.dimension().equals("total")) {
      String[] parts = question.dimension().split("[+]", -1);
      for (String part : parts) {
        asked = asked.where(col(part).isNotNull());
      }
      value = concat_ws("+", Arrays.stream(parts).map(part -> col(part)).toArray(Column[]::new));
    }
    asked = asked.withColumn("value", value);
    if (question.value() != null) {
      asked = asked.where(col("value").equalTo(question.value()));
    }
    return asked
        .groupBy("value")
        .agg(count_distinct(col("user_id")).as("users"))
        .collectAsList()
        .stream()
        .map(
            row ->
                UniquesAnswer.counted(question.dimension(), row.getString(0), row.getLong(1), why))
        .toList();
  }
}
