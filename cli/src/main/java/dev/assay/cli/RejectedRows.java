package dev.assay.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;

import dev.assay.audit.RowAccount;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.Commands;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.TableDayState;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a table that are in quarantine, each of its table-day and of the attempt that
 * rejected it.
 *
 * @param contract the table
 * @param ledger what is known of its table-days
 * @param rows those of some days
 */
record RejectedRows(TableContract contract, LedgerState ledger, Dataset<Row> rows) {
  private static final String SEPARATOR = "/";

  /**
   * The attempt at a table-day whose rejected rows count, and how many these are: the newest that
   * was audited, or what is published.
   *
   * @param token the attempt
   * @param rows what became of its rows
   */
  record Counted(long token, RowAccount rows) {
    /** That of a table-day, if it rejected some. */
    static Optional<Counted> of(TableDayState state) {
      TableDayState.End last = state.last();
      TableDayState.Publication published = state.published();
      Counted counted = null;
      if (last != null && last.rows() != null) {
        counted = new Counted(last.token(), last.rows());
      } else if (published != null) {
        counted = new Counted(published.token(), published.rows());
      }
      return Optional.ofNullable(counted).filter(found -> found.rows().quarantined() > 0);
    }
  }

  /**
   * Those of one attempt.
   *
   * @throws AssayException with NO_DATA if it has none there
   */
  Dataset<Row> of(long attempt) {
    TreeSet<Long> there = new TreeSet<>();
    attempts().values().forEach(there::addAll);
    if (!there.contains(attempt)) {
      throw new AssayException(
          ExitCode.NO_DATA,
          contract.name() + " has no rows of attempt " + attempt + " there; it has of " + there);
    }
    return rows.where(col("attempt").equalTo(attempt));
  }

  /**
   * Of each day those that count.
   *
   * @throws AssayException with NO_DATA if these are gone, of every day that has some
   */
  Dataset<Row> counted(List<LocalDate> days) {
    Map<LocalDate, TreeSet<Long>> there = attempts();
    List<Object> shown = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    for (LocalDate day : days) {
      TableDay tableDay = new TableDay(contract.name(), day);
      TreeSet<Long> ofDay = there.getOrDefault(day, new TreeSet<>());
      Counted.of(ledger.of(tableDay))
          .ifPresent(
              counted -> {
                if (ofDay.contains(counted.token())) {
                  shown.add(day + SEPARATOR + counted.token());
                } else {
                  gone.add(gone(tableDay, counted, ofDay));
                }
              });
    }
    if (shown.isEmpty() && !gone.isEmpty()) {
      throw new AssayException(ExitCode.NO_DATA, String.join("\n", gone));
    }
    gone.forEach(Commands::complain);
    Column key = concat_ws(SEPARATOR, col("table_day").cast("string"), col("attempt"));
    return rows.where(key.isin(shown.toArray()));
  }

  private String gone(TableDay tableDay, Counted counted, TreeSet<Long> there) {
    return tableDay
        + ": of the "
        + counted.rows().quarantined()
        + " rows that attempt "
        + counted.token()
        + " counts as rejected none is in quarantine: it brought back what an older one made, or its"
        + " rows made way for a later one's. "
        + (there.isEmpty() ? "" : "There are rows of " + there + ", which --attempt shows. ")
        + "To have them again: assay quarantine replay --pipeline "
        + contract.name().pipeline()
        + " --table "
        + contract.name().table()
        + " --date "
        + tableDay.day();
  }

  private Map<LocalDate, TreeSet<Long>> attempts() {
    Map<LocalDate, TreeSet<Long>> attempts = new TreeMap<>();
    for (Row one : rows.select("table_day", "attempt").distinct().collectAsList()) {
      attempts
          .computeIfAbsent(one.getDate(0).toLocalDate(), day -> new TreeSet<>())
          .add(one.getLong(1));
    }
    return attempts;
  }
}
