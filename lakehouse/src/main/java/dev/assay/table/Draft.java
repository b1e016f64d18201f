package dev.assay.table;

import dev.assay.audit.Audit;
import dev.assay.audit.CheckResult;
import dev.assay.audit.Provenance;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table-day's rows as a transform gives them: lazy, and not audited yet.
 *
 * <p>{@code rows} has every column of the contract under its name, in any order, and may have:
 *
 * <ul>
 *   <li>{@code _source}, a struct: the row as it was received; quarantine keeps it whole
 *   <li>{@code _landing_date}, a date: the landing it came with
 * </ul>
 *
 * @param contract the table's contract
 * @param day the table-day
 * @param rows its rows
 * @param provenance where they come from
 * @param found results of checks of what the rows come from, which was looked at before them
 */
public record Draft(
    TableContract contract,
    LocalDate day,
    Dataset<Row> rows,
    Provenance provenance,
    List<CheckResult> found) {

  /** A draft whose rows are made by a transform that needs no checks of its own. */
  public Draft(TableContract contract, LocalDate day, Dataset<Row> rows) {
    this(contract, day, rows, Provenance.COMPUTED);
  }

  /** A draft of whose source nothing was found. */
  public Draft(TableContract contract, LocalDate day, Dataset<Row> rows, Provenance provenance) {
    this(contract, day, rows, provenance, List.of());
  }

  /** The draft with results of checks of what its rows come from. */
  public Draft with(List<CheckResult> results) {
    return new Draft(contract, day, rows, provenance, results);
  }

  /** An audit of it, to be used for one writing. */
  public Audit audit() {
    return new Audit(contract, day, provenance);
  }

  /** The table-day that this is a draft of. */
  public TableDay tableDay() {
    return new TableDay(contract.name(), day);
  }

  /** The column that holds the row as it was received. */
  public static final String SOURCE = Audit.SOURCE;

  /** The column that holds the date of the landing that a row came with. */
  public static final String LANDING_DATE = Audit.LANDING_DATE;
}
