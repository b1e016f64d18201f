package dev.assay.testing;

import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A conf folder with a pipeline that a test writes, beside the defaults of the checkout.
 *
 * @param folder the folder
 * @param pipeline the pipeline's name
 */
public record TestConf(Path folder, String pipeline) {

  /** Makes a conf folder. */
  public static TestConf in(Path folder, String pipeline, String conf) {
    Path defaults = Path.of(System.getProperty("assay.home"), "conf");
    try {
      Files.createDirectories(folder.resolve("environments"));
      for (String file : List.of("reference.conf", "environments/embedded.conf")) {
        Files.copy(defaults.resolve(file), folder.resolve(file));
      }
      Files.writeString(folder.resolve(pipeline + ".conf"), conf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TestConf(folder, pipeline);
  }

  /** What it says, with these overrides. */
  public AssayConfig load(Map<String, String> overrides) {
    return ConfigLoader.load(new ConfigSource(folder, "embedded", pipeline, overrides, Map.of()));
  }
}
