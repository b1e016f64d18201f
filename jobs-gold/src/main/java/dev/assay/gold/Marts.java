package dev.assay.gold;

import dev.assay.config.Derivation;
import dev.assay.config.TableName;
import dev.assay.config.Transform;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;

/** Finds a mart by what its contract names: a query or a class. */
final class Marts {
  private Marts() {}

  static Mart of(TableName name, Derivation.Computed computed) {
    if (computed.transform() instanceof Transform.Sql sql) {
      return new SqlMart(sql.text());
    }
    String transform = ((Transform.InClass) computed.transform()).name();
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
              + " arguments, or a file of the conf folder ending in .sql",
          e);
    }
  }
}
