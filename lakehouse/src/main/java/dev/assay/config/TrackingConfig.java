package dev.assay.config;

import org.jspecify.annotations.Nullable;

/**
 * Who is told of trainings besides the lake.
 *
 * @param mlflow the address of an MLflow tracking server; null for none
 */
public record TrackingConfig(@Nullable String mlflow) {}
