package dev.assay.bench;

import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import java.nio.file.Path;
import java.util.Map;

/** The configuration of a benchmark: retail's, on a lake of its own. */
final class BenchConfig {
  private BenchConfig() {}

  static AssayConfig of(String lake) {
    Path conf = Path.of(System.getenv().getOrDefault("ASSAY_HOME", "."), "conf");
    return ConfigLoader.load(
        new ConfigSource(conf, "embedded", "retail", Map.of("lake", lake), Map.of()));
  }
}
