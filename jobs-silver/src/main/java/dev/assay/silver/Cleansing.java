package dev.assay.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.assay.audit.Grouping;
import dev.assay.audit.Provenance;
import dev.assay.audit.Repeats;
import dev.assay.checks.RowCheck;
import dev.assay.checks.Severity;
import dev.assay.config.ColumnContract;
import dev.assay.config.Derivation;
import dev.assay.config.FeedConfig;
import dev.assay.config.ReceivedColumns;
import dev.assay.config.TableContract;
import dev.assay.table.Draft;
import dev.assay.typed.TypedRows;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * From a bronze table's rows to those of a silver contract, without dropping any: what cannot be
 * read, is wrongly dated or repeats another row is only marked.
 *
 * <p>A table-day E is made from the landings E to E + lateness: their rows that are of day E.
 */
final class Cleansing {
  private final TableContract contract;
  private final Derivation.Cleansed cleansed;
  private final FeedConfig feed;
  private final String landingDate;
  private final TypedRows typed;

  Cleansing(TableContract contract, FeedConfig feed, String landingDate) {
    this.contract = contract;
    this.cleansed = (Derivation.Cleansed) contract.derivation();
    this.feed = feed;
    this.landingDate = landingDate;
    this.typed = new TypedRows(contract, feed, landingDate);
  }

  /**
   * A table-day: rows with the contract's columns, {@code _source} and {@code _landing_date}.
   *
   * @param landed the source's rows of the landings that the day is made from
   * @param groupings into which groups rows are counted
   */
  Draft draft(Dataset<Row> landed, LocalDate day, List<Grouping> groupings) {
    Dataset<Row> rows = typed.of(landed, day).withColumn(contract.partition(), lit(day));
    Optional<Repeats> repeats =
        cleansed.deduplicate() ? Optional.of(repeats(landed.columns())) : Optional.empty();
    Provenance provenance =
        new Provenance(derivedChecks(), expr(typed.readable()), repeats, groupings);
    return new Draft(contract, day, rows, provenance);
  }

  /** Checks that tell why a row could not be read, or is of no day. */
  private List<RowCheck> derivedChecks() {
    List<RowCheck> checks = new ArrayList<>();
    checks.add(reject("malformed", "_source._malformed IS NULL"));
    for (ColumnContract column : contract.columns()) {
      String name = column.name();
      if (column.from().isPresent()) {
        checks.add(
            reject("unparsable:" + name, TypedRows.isEmpty(name) + " OR " + name + " IS NOT NULL"));
        if (!column.nullable()) {
          checks.add(
              reject(
                  "missing:" + name,
                  "_source._malformed IS NOT NULL OR NOT " + TypedRows.isEmpty(name)));
        }
      } else if (column.computed().isPresent() && !column.nullable()) {
        checks.add(
            reject(
                "missing:" + name, "NOT (" + typed.readable() + ") OR " + name + " IS NOT NULL"));
      }
    }
    if (cleansed.eventTime() != null) {
      checks.addAll(datedChecks());
    }
    return checks;
  }

  /** That a row's event is of a day that its landing may bring. */
  private List<RowCheck> datedChecks() {
    String day = typed.eventDay();
    return List.of(
        reject("no-date", "_source._malformed IS NOT NULL OR " + day + " IS NOT NULL"),
        reject(
            "too-late",
            day
                + " IS NULL OR "
                + day
                + " >= date_sub(_landing_date, "
                + feed.allowedLatenessDays()
                + ")"),
        reject("future", day + " IS NULL OR " + day + " <= _landing_date"));
  }

  private static RowCheck reject(String name, String passes) {
    return new RowCheck.Expression(name, Severity.QUARANTINE, passes);
  }

  /** What repeats all that was received of another, what is null included. */
  private Repeats repeats(String[] columns) {
    return new Repeats(
        ReceivedColumns.received(Arrays.asList(columns), landingDate).stream()
            .map(name -> col(Draft.SOURCE + ".`" + name + "`"))
            .toList(),
        List.of(col(Draft.LANDING_DATE), col("_source._file"), col("_source._position")),
        col("_source._malformed").isNull());
  }
}
