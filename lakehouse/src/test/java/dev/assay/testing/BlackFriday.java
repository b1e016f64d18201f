package dev.assay.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The real file of purchases, where it is: beside the checkout. */
public final class BlackFriday {
  private BlackFriday() {}

  /** The file; the test is skipped where it is absent, but fails in CI. */
  public static Path file() {
    Path file = home().resolveSibling("shared/data/black-friday/black_friday_10k_dirty.csv");
    boolean there = Files.isRegularFile(file);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("shared/data must be beside the checkout in CI").isTrue();
    }
    assumeTrue(there, "shared/data is not beside the checkout");
    return file;
  }

  /** The configuration of the purchases pipeline, with these overrides. */
  public static AssayConfig config(Map<String, String> overrides) {
    return ConfigLoader.load(
        new ConfigSource(home().resolve("conf"), "embedded", "purchases", overrides, Map.of()));
  }

  private static Path home() {
    return Path.of(System.getProperty("assay.home"));
  }
}
