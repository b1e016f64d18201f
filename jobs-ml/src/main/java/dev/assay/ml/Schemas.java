package dev.assay.ml;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.model.ModelRecord;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Which rows a model understands: those with the columns that it learned from. */
record Schemas(ModelRecord record) {

  /** Whether rows have every column, of the type that it was learned with. */
  boolean isReadIn(StructType rows) {
    return lacking(rows).isEmpty();
  }

  /**
   * Requires that they have.
   *
   * @throws AssayException with USAGE if not
   */
  void require(StructType rows) {
    Set<String> missing = lacking(rows);
    if (!missing.isEmpty()) {
      throw new AssayException(
          ExitCode.USAGE,
          "version "
              + record.version()
              + " of "
              + record.pipeline()
              + "."
              + record.model()
              + " reads "
              + missing
              + ", which the rows to be scored lack: they are "
              + rows.toDDL()
              + "; train anew, or score by a version that reads them");
    }
  }

  private Set<String> lacking(StructType rows) {
    Set<String> missing = new TreeSet<>();
    for (StructField field : StructType.fromDDL(record.takes()).fields()) {
      boolean isThere =
          Arrays.stream(rows.fields())
              .anyMatch(
                  other ->
                      other.name().equals(field.name())
                          && other.dataType().sameType(field.dataType()));
      if (!isThere) {
        missing.add(field.name() + " " + field.dataType().sql());
      }
    }
    return missing;
  }
}
