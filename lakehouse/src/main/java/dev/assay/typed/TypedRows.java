package dev.assay.typed;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.assay.config.ColumnContract;
import dev.assay.config.Derivation;
import dev.assay.config.FeedConfig;
import dev.assay.config.TableContract;
import dev.assay.table.Draft;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A bronze table's rows read as a silver contract says, without dropping any, and the day of each:
 * what bronze counts by day and what silver takes for a day are the same rows.
 *
 * <p>A row is of its event's day, if it landed on that day or as many days after it as the feed
 * allows. What has no date, or one of the future or of too long ago, is of the day it landed, as is
 * every row of a snapshot.
 */
public final class TypedRows {
  private static final String DAY = "_day";

  private final TableContract contract;
  private final Derivation.Cleansed cleansed;
  private final FeedConfig feed;
  private final String landingDate;

  /**
   * The reading of a contract.
   *
   * @param contract a silver table's
   * @param feed the feed of its source
   * @param landingDate the source's date column
   */
  public TypedRows(TableContract contract, FeedConfig feed, String landingDate) {
    this.contract = contract;
    this.cleansed = (Derivation.Cleansed) contract.derivation();
    this.feed = feed;
    this.landingDate = landingDate;
  }

  /** The landings that a day's rows may have come with. */
  public static List<LocalDate> landings(FeedConfig feed, LocalDate day) {
    return Stream.iterate(day, next -> next.plusDays(1))
        .limit(feed.allowedLatenessDays() + 1L)
        .toList();
  }

  /** The days that rows of a landing may be of. */
  public static List<LocalDate> days(FeedConfig feed, LocalDate landing) {
    return Stream.iterate(landing, before -> before.minusDays(1))
        .limit(feed.allowedLatenessDays() + 1L)
        .toList();
  }

  /** The name of the column that says whether there was nothing to read a column from. */
  public static String isEmpty(String column) {
    return "_empty_" + column;
  }

  /**
   * The rows of a day: the contract's columns but the partition, {@code _source}, {@code
   * _landing_date} and {@link #isEmpty} of the columns.
   *
   * @param landed the source's rows of the landings that the day's rows may have come with
   */
  public Dataset<Row> of(Dataset<Row> landed, LocalDate day) {
    return typed(landed).where(isOf(day));
  }

  /** The date of a row's event, as SQL; null if it has none. */
  public String eventDay() {
    String eventTime = cleansed.eventTime();
    return eventTime == null ? Draft.LANDING_DATE : "CAST(" + eventTime + " AS DATE)";
  }

  /** Landed rows as they are, with the day of each in another column. */
  public Dataset<Row> withDay(Dataset<Row> landed, String column) {
    Dataset<Row> typed = typed(landed).withColumn(DAY, assigned());
    return typed.select(col(Draft.SOURCE + ".*"), col(DAY).as(column));
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
                String isEmpty = "coalesce(" + Parsing.text(from) + ", '') = ''";
                read.add(expr(isEmpty).as(isEmpty(column.name())));
                read.add(expr(Parsing.of(column, from)).as(column.name()));
              });
    }
    Dataset<Row> rows = landed.select(read.toArray(Column[]::new));
    for (ColumnContract column : contract.columns()) {
      if (column.computed().isPresent()) {
        String sql = "try_cast((" + column.computed().get() + ") AS " + column.type() + ")";
        rows = rows.withColumn(column.name(), expr(sql));
      }
    }
    return rows;
  }

  /** Whether a row could be read into the contract's columns, as SQL. */
  public String readable() {
    return contract.columns().stream()
        .filter(column -> column.from().isPresent())
        .map(
            column ->
                column.nullable()
                    ? "(" + isEmpty(column.name()) + " OR " + column.name() + " IS NOT NULL)"
                    : column.name() + " IS NOT NULL")
        .collect(Collectors.joining(" AND ", "_source._malformed IS NULL AND ", ""));
  }

  private Column assigned() {
    Column landing = col(Draft.LANDING_DATE);
    Column event = expr(eventDay());
    Column inTime = event.between(date_sub(landing, feed.allowedLatenessDays()), landing);
    return when(coalesce(inTime, lit(false)), event).otherwise(landing);
  }

  /** Whether {@link #assigned} is a day; its event's is read from text, so no oftener than must. */
  private Column isOf(LocalDate day) {
    Column landing = col(Draft.LANDING_DATE);
    Column event = expr(eventDay());
    int lateness = feed.allowedLatenessDays();
    Column isOfDayBefore = event.between(lit(day.minusDays(lateness)), lit(day.minusDays(1)));
    Column cameLate =
        landing.between(lit(day), lit(day.plusDays(lateness))).and(event.equalTo(lit(day)));
    return when(landing.equalTo(lit(day)), not(coalesce(isOfDayBefore, lit(false))))
        .otherwise(coalesce(cameLate, lit(false)));
  }
}
