package dev.assay.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Reads a block of {@code pipeline.exports}. */
final class ExportReader {
  private ExportReader() {}

  /**
   * The export; it has every column of its table, by the table's names, if it says nothing else.
   *
   * @param tables the pipeline's tables by name
   */
  static ExportConfig read(String name, Block block, Map<String, TableContract> tables) {
    PipelineReader.requireName(block, "name", name);
    String table = block.text("table");
    TableContract contract = tables.get(table);
    if (contract == null && !table.isEmpty()) {
      block.problem("table", "'" + table + "' is not there; there are " + tables.keySet());
    }
    List<String> known =
        contract == null
            ? List.of()
            : contract.columns().stream().map(ColumnContract::name).toList();
    List<String> columns = block.texts("columns", known);
    if (contract != null && !known.containsAll(columns)) {
      block.problem("columns", columns + " are not all there; " + table + " has " + known);
    }
    List<String> names = block.texts("as", columns);
    if (names.size() != columns.size() || new HashSet<>(names).size() != names.size()) {
      block.problem(
          "as", names + " must have one name a column, each once; the columns are " + columns);
    }
    ExportFormat format =
        block.has("format")
            ? block.oneOf("format", ExportFormat.class, ExportFormat.CSV)
            : ExportFormat.CSV;
    block.close();
    return new ExportConfig(name, table, format, columns, names);
  }
}
