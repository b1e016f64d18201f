package dev.assay.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Real daily files to test on, where they are: beside the checkout, or the bundled week. */
public final class OnlineRetail {
  private OnlineRetail() {}

  /** The folder of the bundled week. */
  public static Path bundled() {
    return home().resolve("infra/demo/data/retail/orders");
  }

  /** The folder of every day; the test is skipped where it is absent, but fails in CI. */
  public static Path everyDay() {
    Path folder = home().resolveSibling("shared/data/online-retail");
    boolean there = Files.isDirectory(folder);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("shared/data must be beside the checkout in CI").isTrue();
    }
    assumeTrue(there, "shared/data is not beside the checkout");
    return folder;
  }

  /** The configuration of the retail pipeline, with these overrides. */
  public static AssayConfig config(Map<String, String> overrides) {
    return ConfigLoader.load(
        new ConfigSource(home().resolve("conf"), "embedded", "retail", overrides, Map.of()));
  }

  private static Path home() {
    return Path.of(System.getProperty("assay.home"));
  }
}
