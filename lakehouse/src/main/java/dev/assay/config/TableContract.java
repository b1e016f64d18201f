package dev.assay.config;

import dev.assay.checks.Check;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table's declaration in conf: columns, types, keys, partition, checks, retention, personal data.
 *
 * @param name the table's name
 * @param stage the stage that publishes it
 * @param description what a row of it is, in a sentence
 * @param partition the date column that its table-days are told apart by; first of {@code columns}
 * @param key the columns that identify a row within a table-day; empty where none do
 * @param columns every column, the partition first
 * @param derivation where its rows come from
 * @param checks its quality assertions, in the order of their names
 * @param totals names of totals, each with the SQL aggregate over published rows that gives it
 * @param controls totals that must equal totals of an input
 * @param upkeep how long its table-days are kept, and in which order their rows lie
 * @param deadline how long after the end of its business date a table-day must be published; null
 *     where nobody waits for it
 */
public record TableContract(
    TableName name,
    Stage stage,
    String description,
    String partition,
    List<String> key,
    List<ColumnContract> columns,
    Derivation derivation,
    List<Check> checks,
    Map<String, String> totals,
    List<ControlTotal> controls,
    Upkeep upkeep,
    @Nullable Duration deadline) {

  /**
   * Whether its rows of a date are all that there is as of it, rather than what the day brought.
   */
  public boolean isState() {
    if (derivation instanceof Derivation.Cleansed cleansed) {
      return cleansed.eventTime() == null;
    }
    return derivation instanceof Derivation.Computed computed && computed.cadence().isState();
  }

  /** Whether it has a table-day at the end of each week alone. */
  public boolean isWeekly() {
    return derivation instanceof Derivation.Computed computed
        && computed.cadence() instanceof Cadence.Weekly;
  }

  /** Whether there is to be a table-day of a day, once what it is made from is there. */
  public boolean hasDay(LocalDate day) {
    return !(derivation instanceof Derivation.Computed computed) || computed.cadence().hasDay(day);
  }

  /** The contract with these columns. */
  public TableContract with(List<ColumnContract> others) {
    return new TableContract(
        name,
        stage,
        description,
        partition,
        key,
        others,
        derivation,
        checks,
        totals,
        controls,
        upkeep,
        deadline);
  }
}
