package dev.assay.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The queries that marts, and the rows of models, are written in, as files beside a pipeline's
 * conf: they become a part of it, so that it says all that its rows follow from, and is recorded
 * with them whole.
 */
final class SqlFiles {
  /** Where a block of conf may name such files, and by which keys. */
  private static final Map<String, List<String>> NAMED_BY =
      Map.of(
          "pipeline.tables", List.of("transform"),
          "pipeline.models", List.of("examples", "subjects"));

  private SqlFiles() {}

  /** Whether a transform is the name of such a file. */
  static boolean isOne(String transform) {
    return transform.endsWith(".sql");
  }

  /** The key that has the text of the file that another key names. */
  static String textOf(String key) {
    return key.equals("transform") ? "sql" : key + "-sql";
  }

  /** A configuration with the text of every query that it names and that is there. */
  static Config inlined(Config resolved, Path folder) {
    Config all = resolved;
    for (Map.Entry<String, List<String>> keys : NAMED_BY.entrySet()) {
      String blocks = keys.getKey();
      if (resolved.hasPath(blocks) && resolved.getValue(blocks) instanceof ConfigObject named) {
        for (Map.Entry<String, ConfigValue> block : named.entrySet()) {
          String path = blocks + "." + ConfigUtil.quoteString(block.getKey());
          for (String key : keys.getValue()) {
            all = inlined(all, path, key, block.getValue(), folder);
          }
        }
      }
    }
    return all;
  }

  private static Config inlined(
      Config all, String path, String key, ConfigValue block, Path folder) {
    ConfigValue file = block instanceof ConfigObject keys ? keys.get(key) : null;
    if (file != null
        && file.unwrapped() instanceof String name
        && isOne(name)
        && Files.isRegularFile(folder.resolve(name))) {
      return all.withValue(
          path + "." + textOf(key),
          ConfigValueFactory.fromAnyRef(text(folder.resolve(name)))
              .withOrigin(ConfigOriginFactory.newSimple(name)));
    }
    return all;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + file + ": " + e.getMessage(), e);
    }
  }
}
