package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.StageSize;
import dev.assay.error.ExitCode;
import dev.assay.job.ConfigOptions;
import dev.assay.maintenance.MaintainedTable;
import dev.assay.maintenance.Maintenance;
import dev.assay.maintenance.MaintenanceReport;
import dev.assay.session.SparkSessions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay maintain}: what keeps a lake fast and small. */
@Command(
    name = "maintain",
    mixinStandardHelpOptions = true,
    description = {
      "Puts the files of days published since the last time together, takes away days past their",
      "retention, and removes releases, files, logs and saves of models that nobody needs any more.",
      "It may run beside stages."
    })
final class MaintainCommand implements Callable<Integer> {
  @Option(names = "--pipeline", required = true, paramLabel = "P", description = "the pipeline")
  private String pipeline = "";

  @Mixin private AnswerFormat format = new AnswerFormat();

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws Exception {
    AssayConfig config = options.load(pipeline);
    try (SparkSession spark = SparkSessions.start(config, StageSize.SMALL, "assay maintain")) {
      say(new Maintenance(spark, config).run(Instant.now(), UUID.randomUUID().toString()));
    }
    return ExitCode.DONE.code();
  }

  private void say(MaintenanceReport report) {
    Output.say(
        format.get(),
        report.tables(),
        List.of(
            "TABLE", "DAYS PUT TOGETHER", "FILES REMOVED", "BYTES FREED", "LOG OBJECTS REMOVED"),
        MaintainCommand::cells);
    if (format.isTable()) {
      Output.out()
          .println(
              "%d table-days past their retention, %d releases, %d ledger objects and %d saves of models went"
                  .formatted(
                      report.withdrawnDays(),
                      report.removedReleases(),
                      report.removedLedgerObjects(),
                      report.removedSaves()));
    }
  }

  private static List<String> cells(MaintainedTable table) {
    return List.of(
        table.table(),
        Integer.toString(table.compactedDays()),
        Long.toString(table.removedFiles()),
        Long.toString(table.freedBytes()),
        Integer.toString(table.removedLogObjects()));
  }
}
