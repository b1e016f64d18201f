package dev.assay.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a pipeline's configuration. Each of these overrides those before it: reference.conf, the
 * pipeline's file, the environment's file, ASSAY_LAKE, ASSAY_LANDING and ASSAY_STORE_ENDPOINT,
 * {@code -D key=value}.
 */
public final class ConfigLoader {
  private static final String REFERENCE = "reference";

  private static final String LANDING = "landing";

  /** What {@code -D} gives as something else than a text: lists, blocks, numbers, true, null. */
  private static final Pattern NO_TEXT =
      Pattern.compile("[\\[{].*|null|true|false|-?(0|[1-9][0-9]*)([.][0-9]+)?", Pattern.DOTALL);

  /** What stands in a recorded conf for where feeds land, which may be elsewhere later. */
  private static final String LANDING_THEN = "{landing}";

  /** What a pipeline's rows depend on. */
  private static final List<String> THE_PIPELINES = List.of("pipeline", "defaults");

  private ConfigLoader() {}

  /**
   * The configuration of a pipeline.
   *
   * @throws AssayException with USAGE naming every problem, each with file, line and key
   */
  public static AssayConfig load(ConfigSource source) {
    Config unresolved = unresolved(source);
    Config merged = SqlFiles.inlined(resolved(source, unresolved), source.folder());
    return read(source, merged, () -> text(source, unresolved), Block::strict);
  }

  /**
   * The configuration of a pipeline as it was: where the lake is, how the store is reached and how
   * Spark runs is of now.
   *
   * @param text what {@link AssayConfig#text} was then
   * @throws AssayException with USAGE naming every problem
   */
  public static AssayConfig asWas(ConfigSource source, String text) {
    Config merged = resolved(source, unresolved(source));
    String landing = ConfigUtil.quoteString(merged.getString(LANDING));
    Config then =
        ConfigFactory.parseString(
            text.replace(LANDING_THEN, landing.substring(1, landing.length() - 1)),
            ConfigParseOptions.defaults().setOriginDescription("the conf as it was"));
    for (String block : THE_PIPELINES) {
      merged = merged.withValue(block, then.getValue(block));
    }
    return read(source, merged, () -> text, Block::lenient);
  }

  /**
   * Where a lake is.
   *
   * @param lake the lake
   * @param store the object store
   */
  public record Place(LakeConfig lake, StoreConfig store) {}

  /**
   * Where the lake of a configuration is, whatever the rest of it is.
   *
   * @throws AssayException with USAGE naming every problem with that
   */
  public static Place place(ConfigSource source) {
    Problems problems = new Problems();
    Block root = Block.lenient(resolved(source, unresolved(source)).root(), problems);
    Place place = new Place(lake(root), store(root.block("store")));
    problems.throwIfAny();
    return place;
  }

  private static AssayConfig read(
      ConfigSource source,
      Config merged,
      Supplier<String> text,
      BiFunction<ConfigObject, Problems, Block> reading) {
    Problems problems = new Problems();
    Block root = reading.apply(merged.root(), problems);
    SessionConfig session = session(root.block("session"));
    LakeConfig lake = lake(root);
    StoreConfig store = store(root.block("store"));
    TrackingConfig tracking = tracking(root.block("mlflow"));
    Block defaults = root.block("defaults");
    PipelineConfig pipeline = PipelineReader.read(root.block("pipeline"), defaults);
    if (!pipeline.name().equals(source.pipeline()) && !pipeline.name().isEmpty()) {
      root.block("pipeline").problem("name", "must be the file's, '" + source.pipeline() + "'");
    }
    root.close();
    problems.throwIfAny();
    return new AssayConfig(
        source.environment(), lake, store, session, tracking, pipeline, text.get());
  }

  private static TrackingConfig tracking(Block mlflow) {
    String uri = mlflow.optionalText("tracking-uri");
    // Paths are put behind it.
    TrackingConfig tracking = new TrackingConfig(uri == null ? null : uri.replaceAll("/+$", ""));
    if (tracking.mlflow() != null && !tracking.mlflow().matches("https?://[^/@?#]+(/[^@?#]*)?")) {
      mlflow.problem(
          "tracking-uri",
          "is no address of a server, as http://127.0.0.1:5000, without a password");
    }
    mlflow.close();
    return tracking;
  }

  /** A landing that moves is no other conf. */
  private static String text(ConfigSource source, Config unresolved) {
    Config merged =
        SqlFiles.inlined(
            unresolved.withValue(LANDING, ConfigValueFactory.fromAnyRef(LANDING_THEN)).resolve(),
            source.folder());
    Config pipelines = ConfigFactory.empty();
    for (String block : THE_PIPELINES) {
      pipelines = pipelines.withValue(block, merged.getValue(block));
    }
    return pipelines.root().render(ConfigRenderOptions.concise());
  }

  /** The names of the pipelines that a conf folder has, in order. */
  public static List<String> pipelines(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".conf"))
          .map(name -> name.substring(0, name.length() - ".conf".length()))
          .filter(name -> !name.equals(REFERENCE))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new AssayException(
          ExitCode.USAGE,
          "the conf folder " + folder + " cannot be read; set ASSAY_HOME or --conf-dir",
          e);
    }
  }

  private static Config unresolved(ConfigSource source) {
    Path folder = source.folder();
    Config merged = variables(source.variables());
    for (Map.Entry<String, String> override : source.overrides().entrySet()) {
      merged = override(override.getKey(), override.getValue()).withFallback(merged);
    }
    return merged
        .withFallback(file(folder.resolve("environments"), source.environment(), "environment"))
        .withFallback(file(folder, source.pipeline(), "pipeline"))
        .withFallback(file(folder, REFERENCE, "reference"));
  }

  private static Config resolved(ConfigSource source, Config unresolved) {
    Config merged = unresolved;
    try {
      Path home = home(source.folder());
      // What is built from these must not depend on where the process was started.
      for (String path : List.of("lake", LANDING)) {
        String given = merged.resolve().getString(path);
        ConfigValue absolute = ConfigValueFactory.fromAnyRef(absolute(given, home));
        merged = merged.withValue(path, absolute);
      }
      return merged.resolve();
    } catch (ConfigException e) {
      throw new AssayException(ExitCode.USAGE, "the configuration has a problem:\n  " + said(e), e);
    }
  }

  private static Config file(Path folder, String name, String what) {
    Path file = folder.resolve(name + ".conf");
    if (!Files.isRegularFile(file)) {
      throw new AssayException(
          ExitCode.USAGE,
          "there is no "
              + what
              + " '"
              + name
              + "': "
              + file
              + " is missing; there are "
              + (Files.isDirectory(folder) ? pipelines(folder) : List.of()));
    }
    try {
      return ConfigFactory.parseFile(file.toFile());
    } catch (ConfigException e) {
      throw new AssayException(ExitCode.USAGE, "the configuration has a problem:\n  " + said(e), e);
    }
  }

  private static String said(ConfigException e) {
    return String.valueOf(e.getMessage());
  }

  private static Config variables(Map<String, String> variables) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, String> key :
        Map.of(
                "ASSAY_LAKE", "lake",
                "ASSAY_LANDING", "landing",
                "ASSAY_STORE_ENDPOINT", "store.endpoint")
            .entrySet()) {
      String value = variables.get(key.getKey());
      if (value != null && !value.isBlank()) {
        ConfigValue text = ConfigValueFactory.fromAnyRef(value, key.getKey());
        config = config.withValue(key.getValue(), text);
      }
    }
    return config;
  }

  private static Config override(String key, String value) {
    String origin = "-D " + key;
    try {
      if (NO_TEXT.matcher(value).matches()) {
        return ConfigFactory.parseString(
            key + " = " + value, ConfigParseOptions.defaults().setOriginDescription(origin));
      }
      ConfigUtil.splitPath(key);
      return ConfigFactory.empty().withValue(key, ConfigValueFactory.fromAnyRef(value, origin));
    } catch (ConfigException e) {
      throw new AssayException(
          ExitCode.USAGE, origin + "=" + value + " is not key=value in HOCON: " + said(e), e);
    }
  }

  private static LakeConfig lake(Block root) {
    Block retention = root.block("retention");
    Duration releases = retention.duration("releases");
    Duration files = retention.duration("files");
    retention.close();
    return new LakeConfig(root.text("lake"), root.text("landing"), releases, files);
  }

  private static Path home(Path folder) {
    try {
      Path parent = folder.toRealPath().getParent();
      return parent == null ? folder : parent;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String absolute(String path, Path home) {
    return path.contains("://") ? path : home.resolve(path).normalize().toString();
  }

  private static StoreConfig store(Block block) {
    StoreConfig store =
        new StoreConfig(
            block.optionalText("endpoint"),
            block.text("region"),
            block.flag("path-style", true),
            block.duration("connect-timeout"),
            block.duration("request-timeout"),
            block.integer("attempts"),
            block.optionalText("credentials-file"));
    block.close();
    return store;
  }

  private static SessionConfig session(Block block) {
    Map<StageSize, SessionConfig.SizeConfig> sizes = new EnumMap<>(StageSize.class);
    Block all = block.block("sizes");
    for (StageSize size : StageSize.values()) {
      Block sized = all.block(size.id());
      sizes.put(
          size,
          new SessionConfig.SizeConfig(
              sized.text("memory"), sized.text("jvm"), sized.settings("spark")));
      sized.close();
    }
    all.close();
    SessionConfig session = new SessionConfig(block.text("master"), block.settings("spark"), sizes);
    block.close();
    return session;
  }
}
