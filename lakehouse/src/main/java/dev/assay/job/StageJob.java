package dev.assay.job;

import dev.assay.config.Stage;
import dev.assay.table.Draft;
import java.util.List;

/** What a stage does for one business date of any pipeline. */
public interface StageJob {

  /** Which stage it is. */
  Stage stage();

  /**
   * The table-days to publish together, their rows not computed yet.
   *
   * @throws dev.assay.error.AssayException with NO_DATA where there is nothing to publish and need
   *     not be, with INPUT_MISSING where there must be
   */
  List<Draft> drafts(StageRun run);
}
