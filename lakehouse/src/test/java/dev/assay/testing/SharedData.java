package dev.assay.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Real files to test on, where they are: beside the checkout; and the conf that reads them. */
public final class SharedData {
  private SharedData() {}

  /** A file; the test is skipped where it is absent, but fails in CI. */
  public static Path file(String path) {
    Path file = home().resolveSibling("shared/data").resolve(path);
    boolean there = Files.isRegularFile(file);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("shared/data must be beside the checkout in CI").isTrue();
    }
    assumeTrue(there, "shared/data is not beside the checkout");
    return file;
  }

  /** The configuration of a pipeline, with these overrides. */
  public static AssayConfig config(String pipeline, Map<String, String> overrides) {
    return ConfigLoader.load(
        new ConfigSource(home().resolve("conf"), "embedded", pipeline, overrides, Map.of()));
  }

  private static Path home() {
    return Path.of(System.getProperty("assay.home"));
  }
}
