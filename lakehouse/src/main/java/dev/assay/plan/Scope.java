package dev.assay.plan;

import dev.assay.config.Cadence;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
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

  /**
   * Of each table that is asked for and has a table-day on none of the dates, why, in a sentence.
   */
  public List<String> withoutDay(PipelineConfig pipeline) {
    return pipeline.tables().values().stream()
        .filter(this::has)
        .filter(contract -> from.datesUntil(to.plusDays(1)).noneMatch(contract::hasDay))
        .map(
            contract ->
                contract.name()
                    + " is weekly: it has Sundays alone, and there is none "
                    + (from.equals(to) ? "on " + from : "from " + from + " to " + to)
                    + "; give a Sunday, as "
                    + to.with(TemporalAdjusters.next(Cadence.END_OF_WEEK)))
        .toList();
  }

  boolean has(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(to);
  }

  Scope of(LocalDate first, LocalDate last) {
    return new Scope(first, last, stages, tables, again);
  }
}
