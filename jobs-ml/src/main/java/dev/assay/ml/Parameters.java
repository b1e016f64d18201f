package dev.assay.ml;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The parameters of a model, or a block of them; one that is missing or wrong is an error that says
 * which, with USAGE.
 *
 * @param model the model
 * @param config the block
 */
public record Parameters(TableName model, Config config) {

  /** Whether there is one of a name. */
  public boolean has(String key) {
    return config.hasPath(key);
  }

  /** A whole number. */
  public int integer(String key) {
    return read(key, Config::getInt);
  }

  /** A whole number, if it is given. */
  public int integer(String key, int otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  /** A number. */
  public double number(String key) {
    return read(key, Config::getDouble);
  }

  /** A number, if it is given. */
  public double number(String key, double otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  /** A text. */
  public String text(String key) {
    return read(key, Config::getString);
  }

  /** A text, if it is given. */
  public String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  /** Texts, none if they are not given. */
  public List<String> texts(String key) {
    return has(key) ? read(key, Config::getStringList) : List.of();
  }

  /** Whole numbers. */
  public List<Integer> integers(String key) {
    return read(key, Config::getIntList);
  }

  /** A block, an empty one if it is not given. */
  public Parameters block(String key) {
    return new Parameters(
        model, has(key) ? read(key, Config::getConfig) : config.withOnlyPath(key));
  }

  /** Blocks. */
  public List<Parameters> blocks(String key) {
    return has(key)
        ? read(key, Config::getConfigList).stream()
            .map(block -> new Parameters(model, block))
            .toList()
        : List.of();
  }

  /** The names of the blocks within, by their order in conf. */
  public List<String> names() {
    return config.root().entrySet().stream()
        .sorted(
            (one, other) ->
                Integer.compare(
                    one.getValue().origin().lineNumber(), other.getValue().origin().lineNumber()))
        .map(java.util.Map.Entry::getKey)
        .toList();
  }

  /** An error that says what is wrong with them. */
  public AssayException wrong(String problem) {
    return new AssayException(
        ExitCode.USAGE, "the parameters of model " + model + " are wrong: " + problem);
  }

  private <T> T read(String key, BiFunction<Config, String, T> reader) {
    try {
      return reader.apply(config, key);
    } catch (ConfigException e) {
      throw new AssayException(
          ExitCode.USAGE, "the parameters of model " + model + " are wrong: " + e.getMessage(), e);
    }
  }
}
