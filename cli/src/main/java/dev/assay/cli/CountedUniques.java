package dev.assay.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;

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
  public List<UniquesAnswer> answers(UniquesQuestion question, String why) {
    Dataset<Row> rows = question.isOfSessions() ? touchpoints : events;
    Column time = col(question.isOfSessions() ? "started_at" : "occurred_at");
    Dataset<Row> asked =
        rows.where(question.window().touches(col("day")).and(question.window().holds(time)));
    for (String part : question.parts()) {
      asked = asked.where(col(part).isNotNull());
    }
    Column[] parts = question.parts().stream().map(part -> col(part)).toArray(Column[]::new);
    Column value = parts.length == 0 ? lit("all") : concat_ws("+", parts);
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
