package dev.assay.config;

/**
 * Everything that a run of one pipeline needs to know.
 *
 * @param environment the name of the environment, {@code embedded}
 * @param lake where the lake is
 * @param store the object store
 * @param session how Spark runs
 * @param pipeline the pipeline
 */
public record AssayConfig(
    String environment,
    LakeConfig lake,
    StoreConfig store,
    SessionConfig session,
    PipelineConfig pipeline) {}
