package dev.assay.config;

import java.time.Duration;

/**
 * How a stage of a pipeline runs.
 *
 * @param size which of the session's sizes it is started with
 * @param timeout after how long Airflow ends it
 * @param retries how often Airflow tries it again
 */
public record StageConfig(StageSize size, Duration timeout, int retries) {}
