package dev.assay.typed;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
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
  /** The date of a row's event; null if it has none. */
  public static final String EVENT_DAY = "_event_day";

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

  /** The text that a column is read from, as a column. */
  public static String text(String column) {
    return "_text_" + column;
  }

  /**
   * The rows of a day: the contract's columns but the partition, {@code _source}, {@code
   * _landing_date}, {@code _readable}, {@code _event_day} and the columns' texts.
   *
   * @param landed the source's rows of the landings that the day's rows may have come with
   */
  public Dataset<Row> of(Dataset<Row> landed, LocalDate day) {
    return typed(landed).where(assigned().equalTo(lit(day)));
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
    String eventTime = cleansed.eventTime();
    Column day = eventTime == null ? col(Draft.LANDING_DATE) : col(eventTime).cast("date");
    return rows.withColumn(EVENT_DAY, day);
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

  private Column assigned() {
    Column landing = col(Draft.LANDING_DATE);
    Column inTime = col(EVENT_DAY).between(date_sub(landing, feed.allowedLatenessDays()), landing);
    return when(coalesce(inTime, lit(false)), col(EVENT_DAY)).otherwise(landing);
  }
}
