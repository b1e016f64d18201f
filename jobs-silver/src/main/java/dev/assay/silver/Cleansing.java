package dev.assay.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import dev.assay.checks.RowCheck;
import dev.assay.checks.Severity;
import dev.assay.config.ColumnContract;
import dev.assay.config.Derivation;
import dev.assay.config.FeedConfig;
import dev.assay.config.TableContract;
import dev.assay.table.Draft;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * From a bronze table's rows to those of a silver contract, without dropping any: what cannot be
 * read, is wrongly dated or repeats another row is only marked.
 *
 * <p>A table-day E is made from the landings E to E + lateness: their rows with event day E, and
 * those of landing E whose date is absent, in the future or too late for any day.
 */
final class Cleansing {
  private static final String EVENT_DAY = "_event_day";

  private final TableContract contract;
  private final Derivation.Cleansed cleansed;
  private final FeedConfig feed;
  private final String landingDate;

  Cleansing(
      TableContract contract, Derivation.Cleansed cleansed, FeedConfig feed, String landingDate) {
    this.contract = contract;
    this.cleansed = cleansed;
    this.feed = feed;
    this.landingDate = landingDate;
  }

  /**
   * The rows of a table-day: the contract's columns, {@code _source}, {@code _landing_date}, {@code
   * _readable}, {@code _duplicate}.
   *
   * @param landed the source's rows of the landings that the day is made from
   */
  Dataset<Row> rows(Dataset<Row> landed, LocalDate day) {
    Dataset<Row> ofDay = typed(landed).where(belongsTo(day));
    Dataset<Row> withDay = ofDay.withColumn(contract.partition(), lit(day));
    return cleansed.deduplicate() ? withDay.withColumn(Draft.DUPLICATE, repeats()) : withDay;
  }

  /** The event days between two days that some landed rows are of. */
  List<LocalDate> eventDays(Dataset<Row> landed, LocalDate from, LocalDate to) {
    List<LocalDate> days = new ArrayList<>();
    List<Row> found =
        typed(landed)
            .where(col(EVENT_DAY).between(lit(from), lit(to)))
            .select(EVENT_DAY)
            .distinct()
            .collectAsList();
    found.forEach(row -> days.add(row.getDate(0).toLocalDate()));
    return days;
  }

  /** Checks that tell why a row could not be read, or is of no day. */
  List<RowCheck> derivedChecks() {
    List<RowCheck> checks = new ArrayList<>();
    checks.add(reject("malformed", "_source._malformed IS NULL"));
    for (ColumnContract column : contract.columns()) {
      String name = column.name();
      if (column.from().isPresent()) {
        checks.add(
            reject(
                "unparsable:" + name,
                "coalesce(" + text(name) + ", '') = '' OR " + name + " IS NOT NULL"));
        if (!column.nullable()) {
          checks.add(
              reject(
                  "missing:" + name,
                  "_source._malformed IS NOT NULL OR coalesce(" + text(name) + ", '') <> ''"));
        }
      } else if (column.computed().isPresent() && !column.nullable()) {
        checks.add(reject("missing:" + name, "NOT _readable OR " + name + " IS NOT NULL"));
      }
    }
    checks.add(
        reject("no-date", "_source._malformed IS NOT NULL OR " + EVENT_DAY + " IS NOT NULL"));
    checks.add(
        reject(
            "too-late",
            EVENT_DAY
                + " IS NULL OR "
                + EVENT_DAY
                + " >= date_sub(_landing_date, "
                + feed.allowedLatenessDays()
                + ")"));
    checks.add(reject("future", EVENT_DAY + " IS NULL OR " + EVENT_DAY + " <= _landing_date"));
    return checks;
  }

  private static RowCheck reject(String name, String passes) {
    return new RowCheck.Expression(name, Severity.QUARANTINE, passes);
  }

  private Dataset<Row> typed(Dataset<Row> landed) {
    List<Column> read = new ArrayList<>();
    read.add(struct(col("*")).as(Draft.SOURCE));
    read.add(col(landingDate).as(Draft.LANDING_DATE));
    for (ColumnContract column : contract.columns()) {
      column
          .from()
          .ifPresent(
              from -> {
                String text = "trim(CAST((" + from + ") AS STRING))";
                read.add(expr(text).as(text(column.name())));
                read.add(expr(Parsing.of(column, from)).as(column.name()));
              });
    }
    Dataset<Row> rows = landed.select(read.toArray(Column[]::new));
    rows = rows.withColumn(Draft.READABLE, expr(readable()));
    for (ColumnContract column : contract.columns()) {
      if (column.computed().isPresent()) {
        String sql = "try_cast((" + column.computed().get() + ") AS " + column.type() + ")";
        rows = rows.withColumn(column.name(), expr(sql));
      }
    }
    return rows.withColumn(EVENT_DAY, col(cleansed.eventTime()).cast("date"));
  }

  private String readable() {
    return contract.columns().stream()
        .filter(column -> column.from().isPresent())
        .map(
            column ->
                column.nullable()
                    ? "(coalesce("
                        + text(column.name())
                        + ", '') = '' OR "
                        + column.name()
                        + " IS NOT NULL)"
                    : column.name() + " IS NOT NULL")
        .collect(Collectors.joining(" AND ", "_source._malformed IS NULL AND ", ""));
  }

  private Column belongsTo(LocalDate day) {
    Column eventDay = col(EVENT_DAY);
    Column landing = col(Draft.LANDING_DATE);
    Column ofNoDay =
        eventDay
            .isNull()
            .or(eventDay.gt(landing))
            .or(eventDay.lt(date_sub(landing, feed.allowedLatenessDays())));
    Column landedInTime = eventDay.equalTo(lit(day));
    return landedInTime
        .isNotNull()
        .and(landedInTime)
        .and(ofNoDay.equalTo(false))
        .or(landing.equalTo(lit(day)).and(ofNoDay));
  }

  private Column repeats() {
    Column[] received =
        feed.columns().stream()
            .map(name -> col(Draft.SOURCE + ".`" + name + "`"))
            .toArray(Column[]::new);
    Column number =
        row_number()
            .over(
                Window.partitionBy(received)
                    .orderBy(
                        col(Draft.LANDING_DATE), col("_source._file"), col("_source._position")));
    return col("_source._malformed").isNull().and(number.gt(1));
  }

  private static String text(String column) {
    return "_text_" + column;
  }
}
