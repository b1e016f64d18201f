package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.ExportConfig;
import dev.assay.config.StageSize;
import dev.assay.error.ExitCode;
import dev.assay.job.ConfigOptions;
import dev.assay.session.SparkSessions;
import dev.assay.store.Existing;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay export}: released rows as files, each whole or not there. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a table, or the exports of a pipeline's conf, as files: each complete, in the order",
      "of day and key, and there only once it is whole. Without a date it has every day."
    })
final class ExportCommand implements Callable<Integer> {
  @Mixin private ExportSelection selection = new ExportSelection();

  @Mixin private Days days = new Days();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "a file, or a folder for files of their own names; a path or s3a://")
  private String out = "";

  @Option(names = "--overwrite", description = "replaces a file that is there")
  private boolean overwrite;

  @Mixin private ReleaseOption release = new ReleaseOption();

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws Exception {
    List<LocalDate> dates = days.given() ? days.all() : List.of();
    AssayConfig config = options.load(selection.pipeline());
    List<ExportConfig> exports = selection.exports(config.pipeline());
    Existing existing = overwrite ? Existing.REPLACED : Existing.KEPT;
    try (SparkSession spark =
        SparkSessions.start(config, StageSize.SMALL, "assay export", release.settings())) {
      ExportRun run = new ExportRun(spark, config.pipeline(), dates, existing);
      for (ExportConfig export : exports) {
        Output.out().println(run.write(export, target(export)));
      }
      return ExitCode.DONE.code();
    }
  }

  private Path target(ExportConfig export) {
    java.nio.file.Path local = java.nio.file.Path.of(out).toAbsolutePath().normalize();
    Path target = new Path(out.contains("://") ? out : "file://" + local);
    boolean folder = !selection.isTable() || out.endsWith("/") || Files.isDirectory(local);
    return folder ? new Path(target, export.file()) : target;
  }
}
