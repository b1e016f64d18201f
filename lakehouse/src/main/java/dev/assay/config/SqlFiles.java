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
import java.util.Map;

/**
 * The queries that marts are written in, as files beside a pipeline's conf: they become a part of
 * it, so that it says all that its rows follow from, and is recorded with them whole.
 */
final class SqlFiles {
  private static final String TABLES = "pipeline.tables";
  private static final String TRANSFORM = "transform";

  private SqlFiles() {}

  /** Whether a transform is the name of such a file. */
  static boolean isOne(String transform) {
    return transform.endsWith(".sql");
  }

  /** A configuration with the text of every query that it names and that is there. */
  static Config inlined(Config resolved, Path folder) {
    if (!resolved.hasPath(TABLES) || !(resolved.getValue(TABLES) instanceof ConfigObject tables)) {
      return resolved;
    }
    Config all = resolved;
    for (Map.Entry<String, ConfigValue> table : tables.entrySet()) {
      ConfigValue transform =
          table.getValue() instanceof ConfigObject keys ? keys.get(TRANSFORM) : null;
      if (transform != null
          && transform.unwrapped() instanceof String name
          && isOne(name)
          && Files.isRegularFile(folder.resolve(name))) {
        all =
            all.withValue(
                TABLES + "." + ConfigUtil.quoteString(table.getKey()) + ".sql",
                ConfigValueFactory.fromAnyRef(text(folder.resolve(name)))
                    .withOrigin(ConfigOriginFactory.newSimple(name)));
      }
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
