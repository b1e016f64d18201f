package dev.assay.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Distinct users by unions of sketches. Sketches unite, but they do not intersect: users who share
 * two values are found only where that combination is stored, and else counted.
 *
 * @param sketches the rows of {@code visitor_sketches}
 * @param events the rows of {@code web_events}
 * @param touchpoints the rows of {@code touchpoints}
 */
record Uniques(Dataset<Row> sketches, Dataset<Row> events, Dataset<Row> touchpoints) {
  private static final String TOTAL = "total";
  private static final String CHANNEL = "channel";
  private static final String DEVICE = "device_type";
  private static final Set<String> OF_EVENTS =
      Set.of(DEVICE, "event_type", "page", "feature", "utm_source", "utm_medium", "utm_campaign");
  private static final Set<String> OF_SESSIONS = Set.of(CHANNEL, DEVICE);

  /**
   * An answer a value, the most users first.
   *
   * @throws AssayException with USAGE if users are not known by the dimension; with NO_DATA if the
   *     release has nothing of the window
   */
  List<UniquesAnswer> answers(UniquesQuestion question) {
    Set<String> parts = new TreeSet<>(Arrays.asList(question.dimension().split("[+]", -1)));
    boolean ofSessions = parts.contains(CHANNEL);
    Set<String> known = ofSessions ? OF_SESSIONS : OF_EVENTS;
    if (!question.dimension().equals(TOTAL) && !known.containsAll(parts)) {
      throw new AssayException(
          ExitCode.USAGE,
          "users are not known by '"
              + question.dimension()
              + "'; use total, or some of "
              + new TreeSet<>(OF_EVENTS)
              + " joined by +, or some of "
              + new TreeSet<>(OF_SESSIONS));
    }
    Dataset<Row> made = sketches.where(question.window().isMadeOf(col("grain"), col("starts_at")));
    List<String> lacking = lacking(made, question);
    if (lacking.isEmpty()) {
      return united(made, question);
    }
    if (sketches.where(question.window().touches(col("day"))).isEmpty()) {
      throw new AssayException(
          ExitCode.NO_DATA,
          "visitor_sketches has nothing from "
              + question.window().from()
              + " until "
              + question.window().until()
              + "; ask assay status for the days that are published");
    }
    return ofSessions
        ? counted(touchpoints, "started_at", question, "touchpoints", lacking)
        : counted(events, "occurred_at", question, "web_events", lacking);
  }

  /** Of the grains that the window is made of, those by which the dimension is not stored. */
  private static List<String> lacking(Dataset<Row> made, UniquesQuestion question) {
    List<String> lacking = new ArrayList<>();
    if (question.window().hasDays()) {
      lacking.add("day");
    }
    if (question.window().hasHours()) {
      lacking.add("hour");
    }
    made.where(col("dimension").equalTo(question.dimension()))
        .select("grain")
        .distinct()
        .collectAsList()
        .forEach(row -> lacking.remove(row.getString(0)));
    return lacking;
  }

  private List<UniquesAnswer> united(Dataset<Row> made, UniquesQuestion question) {
    Dataset<Row> asked = made.where(col("dimension").equalTo(question.dimension()));
    if (question.value() != null) {
      asked = asked.where(col("value").equalTo(question.value()));
    }
    String gaps = gaps(question.window());
    Column hour = date_format(col("starts_at"), "yyyy-MM-dd'T'HH");
    List<UniquesAnswer> answers =
        asked
            .groupBy("value")
            .agg(
                // Where sketches of two precisions meet, their union has the lower.
                expr("hll_sketch_estimate(hll_union_agg(sketch, true))").as("users"),
                min("precision").as("precision"),
                count(lit(1)).as("sketches"),
                min(hour).as("first"),
                max(hour).as("last"))
            .orderBy(col("users").desc(), col("value"))
            .collectAsList()
            .stream()
            .map(
                row ->
                    UniquesAnswer.estimated(
                        question.dimension(),
                        row.getString(0),
                        row.getLong(1),
                        Math.min(question.precision(), row.getInt(2)),
                        row.getLong(3)
                            + " sketches that begin from "
                            + row.getString(4)
                            + " to "
                            + row.getString(5)
                            + gaps))
            .toList();
    boolean isUnheardOf = answers.isEmpty() && question.value() != null;
    return isUnheardOf ? List.of(nobody(question, "no sketch has the value")) : answers;
  }

  /** Days of the window of which there is no sketch at all: the answer knows nothing of them. */
  private String gaps(UniquesWindow window) {
    long days = window.days();
    long there =
        sketches
            .where(window.touches(col("day")).and(col("dimension").equalTo(TOTAL)))
            .select("day")
            .distinct()
            .count();
    return there == days ? "" : "; of " + (days - there) + " of " + days + " days there are none";
  }

  private static List<UniquesAnswer> counted(
      Dataset<Row> rows,
      String time,
      UniquesQuestion question,
      String table,
      List<String> lacking) {
    String why =
        "exact recount of " + table + ": not stored by the " + String.join(" and the ", lacking);
    Dataset<Row> asked =
        rows.where(question.window().touches(col("day")).and(question.window().holds(col(time))));
    Column value = lit("all");
    if (!question.dimension().equals(TOTAL)) {
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
    List<UniquesAnswer> answers =
        asked
            .groupBy("value")
            .agg(count_distinct(col("user_id")).as("users"))
            .orderBy(col("users").desc(), col("value"))
            .collectAsList()
            .stream()
            .map(
                row ->
                    UniquesAnswer.counted(
                        question.dimension(), row.getString(0), row.getLong(1), why))
            .toList();
    boolean isUnheardOf = answers.isEmpty() && question.value() != null;
    return isUnheardOf ? List.of(nobody(question, why)) : answers;
  }

  private static UniquesAnswer nobody(UniquesQuestion question, String source) {
    return UniquesAnswer.counted(question.dimension(), String.valueOf(question.value()), 0, source);
  }
}
