package dev.assay.job;

import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.plan.Step;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;

/** What a stage makes of its inputs, for any pipeline. */
public interface StageJob {

  /** Which stage it is. */
  Stage stage();

  /**
   * What a table's rows follow from besides its inputs and its contract: SQL, parameters, the
   * version of a class; the same as long as the same inputs give the same rows.
   *
   * @throws dev.assay.error.AssayException with USAGE if conf names what is not there
   */
  String transform(PipelineConfig pipeline, TableContract contract);

  /**
   * The first of some steps, by day, one at least, that can be made side by side: what they come to
   * may decide what the others are made from.
   *
   * @param now what the steps would be made from now
   */
  default List<Step> first(List<Step> steps, Supplier<StageRun> now) {
    return steps;
  }

  /**
   * Rows of a day, not computed yet, for each of some tables of the stage, or why it has none.
   *
   * @throws dev.assay.error.AssayException with INPUT_MISSING where there must be some
   */
  DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables);
}
