package dev.assay.cli;

import dev.assay.config.ColumnContract;
import dev.assay.config.ExportConfig;
import dev.assay.config.ExportFormat;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what is exported: a table, or what a pipeline's conf declares. */
final class ExportSelection {
  @Option(names = "--table", paramLabel = "P.T", description = "the table")
  private @Nullable String table;

  @Option(
      names = "--pipeline",
      paramLabel = "P",
      description = "instead of a table: every export of this pipeline's conf")
  private @Nullable String pipeline;

  @Option(
      names = "--format",
      paramLabel = "F",
      description = "of a table: csv, json (an object a line) or parquet; default: csv")
  private @Nullable ExportFormat format;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "C",
      description = "of a table: only these columns, in this order")
  private List<String> columns = new ArrayList<>();

  @Option(
      names = "--as",
      split = ",",
      paramLabel = "N",
      description = "of a table: what the columns are called in the file")
  private List<String> names = new ArrayList<>();

  boolean isTable() {
    return table != null;
  }

  /**
   * The pipeline's name.
   *
   * @throws AssayException with USAGE if neither a table nor a pipeline is named, or both are
   */
  String pipeline() {
    if (table != null && pipeline == null) {
      if (!table.matches("[^.]+[.][^.]+")) {
        throw wrong("--table '" + table + "' is no table; write it as retail.daily_sales");
      }
      return TableName.parse(table).pipeline();
    }
    if (pipeline == null || table != null) {
      throw wrong("give --table P.T, or --pipeline P for the exports of its conf");
    }
    if (format != null || !columns.isEmpty() || !names.isEmpty()) {
      throw wrong("--format, --columns and --as are for --table; each export of conf says its own");
    }
    return pipeline;
  }

  /**
   * What is exported.
   *
   * @throws AssayException with USAGE if the pipeline has none of it
   */
  List<ExportConfig> exports(PipelineConfig config) {
    if (table != null) {
      return List.of(ofTable(config, TableName.parse(table).table()));
    }
    if (config.exports().isEmpty()) {
      throw wrong(
          config.name() + " declares no exports; give --table, or add exports { } to its conf");
    }
    return List.copyOf(config.exports().values());
  }

  private ExportConfig ofTable(PipelineConfig config, String name) {
    TableContract contract = config.tables().get(name);
    if (contract == null) {
      throw wrong(
          config.name() + " has no table '" + name + "'; it has " + config.tables().keySet());
    }
    List<String> known = contract.columns().stream().map(ColumnContract::name).toList();
    if (!known.containsAll(columns)) {
      throw wrong(contract.name() + " has not all of the columns " + columns + "; it has " + known);
    }
    List<String> chosen = columns.isEmpty() ? known : columns;
    List<String> called = names.isEmpty() ? chosen : names;
    if (called.size() != chosen.size() || new HashSet<>(called).size() != called.size()) {
      throw wrong("--as needs one name a column, each once; the columns are " + chosen);
    }
    return new ExportConfig(name, name, format == null ? ExportFormat.CSV : format, chosen, called);
  }

  private static AssayException wrong(String problem) {
    return new AssayException(ExitCode.USAGE, problem);
  }
}
