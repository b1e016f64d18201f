package dev.assay.plan;

import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import java.time.LocalDate;
import java.util.Set;

/**
 * What a run is asked for.
 *
 * @param from the first business date
 * @param to the last
 * @param stages the stages
 * @param tables names of tables; empty for all of the stages
 * @param again whether what is current is made again, too
 */
public record Scope(
    LocalDate from, LocalDate to, Set<Stage> stages, Set<String> tables, boolean again) {

  boolean has(TableContract contract) {
    return stages.contains(contract.stage())
        && (tables.isEmpty() || tables.contains(contract.name().table()));
  }

  /** Whether a table-day of a stage is asked for. */
  public boolean has(Stage stage, TableDay tableDay) {
    return stages.contains(stage)
        && (tables.isEmpty() || tables.contains(tableDay.table().table()))
        && has(tableDay.day());
  }

  boolean has(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(to);
  }

  Scope of(LocalDate first, LocalDate last) {
    return new Scope(first, last, stages, tables, again);
  }
}
