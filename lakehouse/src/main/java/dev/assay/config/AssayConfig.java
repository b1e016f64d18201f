package dev.assay.config;

/**
 * Everything that a run of one pipeline needs to know.
 *
 * @param environment the name of the environment, {@code embedded}
 * @param lake where the lake is
 * @param store the object store
 * @param session how Spark runs
 * @param tracking who is told of trainings
 * @param pipeline the pipeline
 * @param text the conf that the pipeline was read from, resolved, as {@link ConfigLoader#asWas}
 *     reads it
 */
public record AssayConfig(
    String environment,
    LakeConfig lake,
    StoreConfig store,
    SessionConfig session,
    TrackingConfig tracking,
    PipelineConfig pipeline,
    String text) {}
