package dev.assay.job;

import dev.assay.config.AssayConfig;
import dev.assay.table.Inputs;
import org.apache.spark.sql.SparkSession;

/**
 * One run of a stage.
 *
 * @param runId tells this run from every other, in logs, ledger and commits
 * @param spark the session
 * @param config the configuration
 * @param inputs the pipeline's tables at the release that the run reads
 */
public record StageRun(String runId, SparkSession spark, AssayConfig config, Inputs inputs) {}
