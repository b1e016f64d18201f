package dev.assay.gold;

import dev.assay.config.Derivation;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;

/** Finds a mart by what its contract names: a SQL resource or a class. */
final class Marts {
  private Marts() {}

  static Mart of(TableName name, Derivation.Computed computed) {
    String transform = computed.transform();
    if (transform.endsWith(".sql")) {
      return SqlMart.ofResource(name, transform);
    }
    try {
      return Class.forName(transform).asSubclass(Mart.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new AssayException(
          ExitCode.USAGE,
          "the transform of "
              + name
              + ", "
              + transform
              + ", is no mart ("
              + e
              + "); name a class of jobs-gold that implements Mart and has a constructor without"
              + " arguments, or a resource ending in .sql",
          e);
    }
  }
}
