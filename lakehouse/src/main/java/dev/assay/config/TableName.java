package dev.assay.config;

/**
 * A table's name, {@code <pipeline>.<table>}, unique within its pipeline whatever its stage.
 *
 * @param pipeline the pipeline, {@code retail}
 * @param table the table, {@code order_lines}
 */
public record TableName(String pipeline, String table) implements Comparable<TableName> {

  /** The table of {@code text}, {@code retail.order_lines}. */
  public static TableName parse(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0 || dot == text.length() - 1 || text.indexOf('.', dot + 1) >= 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a table's name; write <pipeline>.<table>, as retail.order_lines");
    }
    return new TableName(text.substring(0, dot), text.substring(dot + 1));
  }

  @Override
  public int compareTo(TableName other) {
    int byPipeline = pipeline.compareTo(other.pipeline);
    return byPipeline == 0 ? table.compareTo(other.table) : byPipeline;
  }

  @Override
  public String toString() {
    return pipeline + "." + table;
  }
}
