package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The pipeline {@code small}, in a conf folder of its own.
 *
 * @param conf the folder
 */
record SmallPipeline(Path conf) {

  /** Makes its conf folder. */
  static SmallPipeline in(Path folder) throws IOException {
    Path home = Path.of(System.getProperty("assay.home"), "conf");
    Files.createDirectories(folder.resolve("environments"));
    for (String file :
        List.of("reference.conf", "environments/embedded.conf", "environments/minio.conf")) {
      Files.copy(home.resolve(file), folder.resolve(file));
    }
    Files.createDirectories(folder.resolve("small"));
    for (String file : List.of("small.conf", "small/daily.sql", "small/trailing.sql")) {
      Files.copy(Path.of("src/test/resources/conf").resolve(file), folder.resolve(file));
    }
    return new SmallPipeline(folder);
  }

  /** Its configuration. */
  AssayConfig config(String environment, Map<String, String> overrides) {
    return ConfigLoader.load(new ConfigSource(conf, environment, "small", overrides, Map.of()));
  }
}
