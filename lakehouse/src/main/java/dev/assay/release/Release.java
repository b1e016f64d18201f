package dev.assay.release;

import dev.assay.config.Stage;
import java.time.Instant;
import java.util.Map;

/**
 * An immutable map from a pipeline's tables to their Delta versions: what readers read.
 *
 * @param number 1 for a pipeline's first release
 * @param pipeline the pipeline
 * @param sealedAt when it became visible; later than the release before it
 * @param stage the stage whose publication made it
 * @param runId the run that published
 * @param tables each table's version, by its name within the pipeline
 */
public record Release(
    long number,
    String pipeline,
    Instant sealedAt,
    Stage stage,
    String runId,
    Map<String, TableVersion> tables) {

  /**
   * A table's place in a release.
   *
   * @param stage the stage that publishes it
   * @param version its Delta version
   */
  public record TableVersion(Stage stage, long version) {}
}
