package dev.assay.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a configuration is read from.
 *
 * @param folder the conf folder
 * @param environment the environment's name, {@code embedded}
 * @param pipeline the pipeline's name, {@code retail}
 * @param overrides what {@code -D key=value} says, by key
 * @param variables the process's environment; ASSAY_LAKE and ASSAY_LANDING count
 */
public record ConfigSource(
    Path folder,
    String environment,
    String pipeline,
    Map<String, String> overrides,
    Map<String, String> variables) {}
