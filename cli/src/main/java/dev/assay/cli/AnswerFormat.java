package dev.assay.cli;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import picocli.CommandLine.Option;

/** The option that says how an answer is written. */
final class AnswerFormat {
  @Option(names = "--format", paramLabel = "F", description = "table, csv or json")
  private Output.Format format = Output.Format.TABLE;

  Output.Format get() {
    return format;
  }

  boolean isTable() {
    return format == Output.Format.TABLE;
  }

  /**
   * Whether it is JSON, of an answer that is a tree.
   *
   * @throws AssayException with USAGE if it is CSV, which has no trees
   */
  boolean isTree() {
    if (format == Output.Format.CSV) {
      throw new AssayException(
          ExitCode.USAGE, "this answer is no list of rows; give --format table or --format json");
    }
    return format == Output.Format.JSON;
  }
}
