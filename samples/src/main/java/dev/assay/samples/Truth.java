package dev.assay.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** What marts must reach, counted from rows as they are generated, in whatever order. */
interface Truth {
  /** Counts a row whose event happened. */
  void count(Row row);

  /** Puts what was counted into a truth file. */
  void describe(ObjectNode file);

  /** Writes what would be too much for a truth file beside it. */
  default void writeBesides(Path folder) throws IOException {}
}
