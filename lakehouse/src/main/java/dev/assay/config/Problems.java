package dev.assay.config;

import com.typesafe.config.ConfigOrigin;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The problems of a configuration, collected so that all are reported at once. */
final class Problems {
  private final Set<String> found = new TreeSet<>();

  /** Adds a problem: what is wrong with a key, and what to do about it. */
  void add(@Nullable ConfigOrigin origin, String key, String problem) {
    found.add(place(origin) + ": " + key + ": " + problem);
  }

  /** Reports what was found, if anything was. */
  void throwIfAny() {
    if (!found.isEmpty()) {
      List<String> lines = new ArrayList<>(found);
      throw new AssayException(
          ExitCode.USAGE,
          "the configuration has "
              + (lines.size() == 1 ? "a problem" : lines.size() + " problems")
              + ":\n  "
              + String.join("\n  ", lines));
    }
  }

  private static String place(@Nullable ConfigOrigin origin) {
    if (origin == null) {
      return "configuration";
    }
    String file = origin.filename();
    if (file == null) {
      return origin.description();
    }
    Path path = Path.of(file);
    int names = path.getNameCount();
    Path shown = names > 2 ? path.subpath(names - 2, names) : path;
    return shown + ":" + origin.lineNumber();
  }
}
