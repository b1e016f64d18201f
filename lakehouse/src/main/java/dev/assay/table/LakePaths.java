package dev.assay.table;

import dev.assay.config.Stage;
import dev.assay.config.TableName;

/** Where things are in a lake, relative to its root. */
public final class LakePaths {
  private LakePaths() {}

  /** A table's folder: {@code silver/retail/order_lines}. */
  public static String table(Stage stage, TableName name) {
    return stage.id() + "/" + name.pipeline() + "/" + name.table();
  }

  /** The folder of a table's quarantine: {@code quarantine/retail/order_lines}. */
  public static String quarantine(TableName name) {
    return "quarantine/" + name.pipeline() + "/" + name.table();
  }
}
