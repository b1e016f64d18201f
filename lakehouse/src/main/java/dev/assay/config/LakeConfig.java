package dev.assay.config;

import java.time.Duration;

/**
 * Where the lake is and how long it keeps what was replaced.
 *
 * @param root the lake's root, a path or {@code s3a://} URI
 * @param landing where feeds land
 * @param releaseRetention how long a release can be read after a newer one took its place
 * @param fileRetention how long a file is kept that no release needs, from its writing on
 */
public record LakeConfig(
    String root, String landing, Duration releaseRetention, Duration fileRetention) {}
