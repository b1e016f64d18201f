package dev.assay.config;

import java.time.Duration;

/**
 * Where the lake is and how long it keeps what was replaced.
 *
 * @param root the lake's root, a path or {@code s3a://} URI
 * @param landing where feeds land
 * @param fileRetention how long files that were replaced are kept, and releases that need them
 * @param logRetention how long Delta's log is kept; at least {@code fileRetention}
 */
public record LakeConfig(
    String root, String landing, Duration fileRetention, Duration logRetention) {}
