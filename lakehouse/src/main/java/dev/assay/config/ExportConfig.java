package dev.assay.config;

import java.util.List;

/**
 * A file that others are given of a table.
 *
 * @param name the file's name, without what its format adds
 * @param table the table's name within the pipeline
 * @param format how the file is written
 * @param columns the table's columns that it has, in its order
 * @param names what they are called there, one each
 */
public record ExportConfig(
    String name, String table, ExportFormat format, List<String> columns, List<String> names) {

  /** The file's name, {@code live_table.csv}. */
  public String file() {
    return name + "." + format.extension();
  }
}
