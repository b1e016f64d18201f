package dev.assay.job;

import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where configuration comes from, the same in every command. */
public final class ConfigOptions {
  @Option(
      names = "--environment",
      paramLabel = "NAME",
      defaultValue = "${env:ASSAY_ENVIRONMENT:-embedded}",
      description = "conf/environments/NAME.conf; default: ${DEFAULT-VALUE}")
  private String environment = "embedded";

  @Option(
      names = "--conf-dir",
      paramLabel = "DIR",
      description = "the conf folder; default: $ASSAY_CONF, else $ASSAY_HOME/conf")
  private @Nullable Path folder;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      mapFallbackValue = "",
      description = "overrides a key of the configuration")
  private Map<String, String> overrides = new LinkedHashMap<>();

  /** The configuration of a pipeline. */
  public AssayConfig load(String pipeline) {
    return ConfigLoader.load(source(pipeline));
  }

  /** Where the configuration of a pipeline comes from. */
  public ConfigSource source(String pipeline) {
    return new ConfigSource(folder(), environment, pipeline, overrides, System.getenv());
  }

  /** These options, for the command line of another process. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--conf-dir", folder().toString(), "--environment", environment));
    overrides.forEach((key, value) -> words.addAll(List.of("-D", key + "=" + value)));
    return words;
  }

  /** The names of the pipelines that there are. */
  public List<String> pipelines() {
    return ConfigLoader.pipelines(folder());
  }

  /** The conf folder. */
  public Path folder() {
    if (folder != null) {
      return folder;
    }
    String own = System.getenv("ASSAY_CONF");
    if (own != null) {
      return Path.of(own);
    }
    String home = System.getenv("ASSAY_HOME");
    if (home == null) {
      throw new AssayException(
          ExitCode.USAGE,
          "where is the configuration? Set ASSAY_HOME to Assay's folder, or give --conf-dir");
    }
    return Path.of(home, "conf");
  }
}
