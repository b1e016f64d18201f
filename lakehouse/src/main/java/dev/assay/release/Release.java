package dev.assay.release;

import dev.assay.config.Stage;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from a pipeline's tables to their Delta versions: what readers read.
 *
 * @param number 1 for a pipeline's first release
 * @param pipeline the pipeline
 * @param sealedAt when it became visible; later than the release before it
 * @param stage the stage whose publication made it; null for a rollback
 * @param restores the release that a rollback went back to; null for a stage
 * @param runId the run that published
 * @param tables each table's version, by its name within the pipeline
 */
public record Release(
    long number,
    String pipeline,
    Instant sealedAt,
    @Nullable Stage stage,
    @Nullable Long restores,
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
