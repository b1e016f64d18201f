package dev.assay.ml;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * The parameters of a model, or a block of them; one that is missing or wrong is an error that says
 * which and where it stands, with USAGE. They know which of them were asked for, so that the rest
 * can be refused.
 */
public final class Parameters {
  private final TableName model;
  private final Config config;
  private final String path;

  // Learners read theirs side by side.
  private final Set<String> asked = new ConcurrentSkipListSet<>();
  private final Map<String, Parameters> blocks = new ConcurrentHashMap<>();

  /** All parameters of a model. */
  public Parameters(TableName model, Config config) {
    this(model, config, "");
  }

  private Parameters(TableName model, Config config, String path) {
    this.model = model;
    this.config = config;
    this.path = path;
  }

  /** The model. */
  public TableName model() {
    return model;
  }

  /** Whether there is one of a name. */
  public boolean has(String key) {
    asked.add(key);
    return config.hasPath(ConfigUtil.joinPath(key));
  }

  /** A whole number. */
  public int integer(String key) {
    return read(key, "a whole number", Config::getInt);
  }

  /** A whole number, if it is given. */
  public int integer(String key, int otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  /** A number. */
  public double number(String key) {
    return read(key, "a number", Config::getDouble);
  }

  /** A number, if it is given. */
  public double number(String key, double otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  /** A number between 0 and 1. */
  public double share(String key) {
    double share = number(key);
    if (!(share > 0 && share < 1)) {
      throw wrong(key, "is " + share + "; give a share between 0 and 1, as 0.2");
    }
    return share;
  }

  /** A text. */
  public String text(String key) {
    return read(key, "a text", Config::getString);
  }

  /** A text, if it is given. */
  public String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  /** One of some words, the first of them if none is given. */
  public String word(String key, String... words) {
    String word = text(key, words[0]);
    if (!Arrays.asList(words).contains(word)) {
      throw wrong(key, "is '" + word + "'; it is one of " + Arrays.toString(words));
    }
    return word;
  }

  /** Whether it is so, if that is given. */
  public boolean flag(String key, boolean otherwise) {
    return has(key) ? read(key, "true or false", Config::getBoolean) : otherwise;
  }

  /** Texts, none if they are not given. */
  public List<String> texts(String key) {
    return has(key) ? read(key, "a list of texts", Config::getStringList) : List.of();
  }

  /** Whole numbers. */
  public List<Integer> integers(String key) {
    return read(key, "a list of whole numbers", Config::getIntList);
  }

  /** A block, an empty one if it is not given. */
  public Parameters block(String key) {
    Config block = has(key) ? read(key, "a block", Config::getConfig) : ConfigFactory.empty();
    return blocks.computeIfAbsent(key, any -> new Parameters(model, block, within(key)));
  }

  /** Blocks. */
  public List<Parameters> blocks(String key) {
    if (!has(key)) {
      return List.of();
    }
    List<? extends Config> all = read(key, "a list of blocks", Config::getConfigList);
    return IntStream.range(0, all.size())
        .mapToObj(i -> Map.entry(key + "[" + i + "]", all.get(i)))
        .map(
            block ->
                blocks.computeIfAbsent(
                    block.getKey(), name -> new Parameters(model, block.getValue(), within(name))))
        .toList();
  }

  /**
   * The names within, in the order of the alphabet: that of conf's lines is not kept with a
   * release, and what is learned may follow from the order.
   */
  public List<String> names() {
    return config.root().keySet().stream().sorted().toList();
  }

  /** An error that says what is wrong with them. */
  public AssayException wrong(String problem) {
    return new AssayException(
        ExitCode.USAGE, "the parameters of model " + model + " are wrong: " + problem);
  }

  /**
   * An error that says what is wrong with one of them, which may be missing, and where it stands.
   */
  public AssayException wrong(String key, String problem) {
    return wrong(place(key) + ": " + within(key) + " " + problem);
  }

  /**
   * Requires that every one was asked for: of another, as of one that is misspelt, nobody would
   * know that it does nothing.
   *
   * @param others what somebody else reads of this block
   */
  public void requireAllRead(Set<String> others) {
    List<String> unread = new ArrayList<>();
    config.root().keySet().stream()
        .filter(key -> !asked.contains(key) && !others.contains(key))
        .sorted()
        .forEach(
            key ->
                unread.add(
                    place(key) + ": " + within(key) + " is read by nobody; here are " + asked));
    if (!unread.isEmpty()) {
      throw wrong(String.join("; ", unread));
    }
    blocks.values().forEach(block -> block.requireAllRead(Set.of()));
  }

  private String within(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String place(String key) {
    ConfigValue value = config.root().get(key);
    return (value == null ? config.root() : value).origin().description();
  }

  private <T> T read(String key, String expected, BiFunction<Config, String, T> reader) {
    asked.add(key);
    try {
      return reader.apply(config, ConfigUtil.joinPath(key));
    } catch (ConfigException.Missing missing) {
      throw wrong(key, "is missing; give " + expected);
    } catch (ConfigException e) {
      Object given = config.root().toConfig().getAnyRef(ConfigUtil.joinPath(key));
      throw wrong(key, "is not " + expected + " (" + given + ")");
    }
  }
}
