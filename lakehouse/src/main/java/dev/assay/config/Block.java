package dev.assay.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A block of configuration that knows its place. What is wrong is noted and a stand-in given, so
 * that reading goes on and every problem is found; {@link #close} notes the keys nobody asked for.
 */
final class Block {
  private final ConfigObject object;
  private final Config config;
  private final String path;
  private final Problems problems;
  private final boolean strict;
  private final TreeSet<String> asked = new TreeSet<>();

  private Block(ConfigObject object, String path, Problems problems, boolean strict) {
    this.object = object;
    this.config = object.toConfig();
    this.path = path;
    this.problems = problems;
    this.strict = strict;
  }

  /** The block of all keys. */
  static Block strict(ConfigObject root, Problems problems) {
    return new Block(root, "", problems, true);
  }

  /** The same, in which there may be keys that nobody asks for: those of another Assay's conf. */
  static Block lenient(ConfigObject root, Problems problems) {
    return new Block(root, "", problems, false);
  }

  String path() {
    return path;
  }

  /** Notes a problem with a key of this block, or with the block where it lacks the key. */
  void problem(String key, String problem) {
    ConfigValue value = object.get(key);
    ConfigOrigin origin = value == null ? object.origin() : value.origin();
    problems.add(origin, path.isEmpty() ? key : path + "." + key, problem);
  }

  boolean has(String key) {
    asked.add(key);
    ConfigValue value = object.get(key);
    return value != null && value.valueType() != ConfigValueType.NULL;
  }

  String text(String key) {
    return read(key, "a text", "", Config::getString);
  }

  String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  @Nullable String optionalText(String key) {
    return has(key) ? text(key) : null;
  }

  boolean flag(String key, boolean otherwise) {
    return has(key) ? read(key, "true or false", otherwise, Config::getBoolean) : otherwise;
  }

  int integer(String key) {
    return read(key, "a whole number", 0, Config::getInt);
  }

  int integer(String key, int otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  /** A whole number that is not negative. */
  int count(String key, int otherwise) {
    int value = integer(key, otherwise);
    if (value < 0) {
      problem(key, value + " is negative; give 0 or more");
    }
    return value;
  }

  @Nullable Long optionalLong(String key) {
    return has(key) ? read(key, "a whole number", 0L, Config::getLong) : null;
  }

  double number(String key) {
    return read(key, "a number", 0.0, Config::getDouble);
  }

  Duration duration(String key) {
    ConfigValue value = object.get(key);
    if (value != null && String.valueOf(value.unwrapped()).matches("-?\\d+")) {
      asked.add(key);
      problem(key, "a duration needs a unit; write it as '6 hours' or '30 days'");
      return Duration.ZERO;
    }
    Duration read =
        read(key, "a duration as '6 hours' or '30 days'", Duration.ZERO, Config::getDuration);
    if (read.isNegative()) {
      problem(key, read + " is negative; give a duration of 0 or more");
    }
    return read;
  }

  <T extends Enum<T>> T oneOf(String key, Class<T> type, T otherwise) {
    String text = text(key);
    for (T constant : type.getEnumConstants()) {
      if (id(constant).equals(text)) {
        return constant;
      }
    }
    if (!text.isEmpty()) {
      problem(key, "'" + text + "' is none of " + ids(type));
    }
    return otherwise;
  }

  List<String> texts(String key) {
    return read(key, "a list of texts", List.of(), Config::getStringList);
  }

  List<String> texts(String key, List<String> otherwise) {
    return has(key) ? texts(key) : otherwise;
  }

  /** A block within; an empty one where it is absent. */
  Block block(String key) {
    asked.add(key);
    ConfigValue value = object.get(key);
    if (value != null && !(value instanceof ConfigObject)) {
      problem(key, "is a " + value.valueType() + "; it must be a block { ... }");
    }
    ConfigObject inner = value instanceof ConfigObject found ? found : ConfigFactory.empty().root();
    return new Block(inner, path.isEmpty() ? key : path + "." + key, problems, strict);
  }

  /** The blocks within a block, by their names, in the order of their names' first lines. */
  Map<String, Block> blocks(String key) {
    Block outer = block(key);
    List<Map.Entry<String, ConfigValue>> entries = new ArrayList<>(outer.object.entrySet());
    entries.sort(
        (left, right) ->
            Integer.compare(
                left.getValue().origin().lineNumber(), right.getValue().origin().lineNumber()));
    Map<String, Block> blocks = new LinkedHashMap<>();
    entries.forEach(entry -> blocks.put(entry.getKey(), outer.block(entry.getKey())));
    return blocks;
  }

  /** A list of blocks; an empty one where it is absent. */
  List<Block> list(String key) {
    if (!has(key)) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    int index = 0;
    for (ConfigObject item :
        read(key, "a list of blocks", List.<ConfigObject>of(), Block::objects)) {
      blocks.add(new Block(item, path + "." + key + "[" + index++ + "]", problems, strict));
    }
    return blocks;
  }

  /** A block that whoever uses it reads and checks. */
  Config freeForm(String key) {
    return block(key).config;
  }

  /** A block of texts by keys that are not ours, as Spark's. */
  Map<String, String> settings(String key) {
    Map<String, String> settings = new LinkedHashMap<>();
    Config inner = block(key).config;
    inner
        .entrySet()
        .forEach(
            entry ->
                settings.put(
                    String.join(".", ConfigUtil.splitPath(entry.getKey())),
                    String.valueOf(entry.getValue().unwrapped())));
    return settings;
  }

  /** Notes every key that nobody asked for. */
  void close() {
    for (String key : object.keySet()) {
      if (strict && !asked.contains(key)) {
        String near = nearest(key).map(known -> "; did you mean '" + known + "'?").orElse("");
        problem(key, "is not a known key" + near + "; known here are " + asked);
      }
    }
  }

  private static List<ConfigObject> objects(Config config, String key) {
    return new ArrayList<>(config.getObjectList(key));
  }

  private <T> T read(
      String key, String expected, T otherwise, BiFunction<Config, String, T> reader) {
    asked.add(key);
    ConfigValue value = object.get(key);
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      problem(key, "is missing; give " + expected);
      return otherwise;
    }
    try {
      return reader.apply(config, ConfigUtil.joinPath(key));
    } catch (ConfigException.WrongType | ConfigException.BadValue wrong) {
      problem(key, "is not " + expected + " (" + value.unwrapped() + ")");
      return otherwise;
    }
  }

  private Optional<String> nearest(String key) {
    return asked.stream()
        .filter(known -> distance(known, key) <= 2)
        .min((left, right) -> Integer.compare(distance(left, key), distance(right, key)));
  }

  /** Levenshtein's edit distance. */
  private static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] current = new int[right.length() + 1];
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int swap = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(swap, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[right.length()];
  }

  private static <T extends Enum<T>> List<String> ids(Class<T> type) {
    List<String> ids = new ArrayList<>();
    for (T constant : type.getEnumConstants()) {
      ids.add(id(constant));
    }
    return ids;
  }

  private static String id(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
