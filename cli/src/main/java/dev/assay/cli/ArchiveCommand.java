package dev.assay.cli;

import dev.assay.archive.ArchivedMonth;
import dev.assay.archive.Archiving;
import dev.assay.config.AssayConfig;
import dev.assay.config.StageSize;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.ConfigOptions;
import dev.assay.session.SparkSessions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay archive}: what is too old for its table moves to files of its own. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the rows of whole months that are past their table's archive-after as files below",
      "the lake's archive/, reads them back, and then takes them away from the table.",
      "It may be run again at any time, after a kill, too."
    })
final class ArchiveCommand implements Callable<Integer> {
  @Option(names = "--pipeline", required = true, paramLabel = "P", description = "the pipeline")
  private String pipeline = "";

  @Option(
      names = "--date",
      paramLabel = "D",
      description = "the day that ages are counted to, at most today; default: today")
  private @Nullable LocalDate date;

  @Mixin private AnswerFormat format = new AnswerFormat();

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    if (date != null && date.isAfter(today)) {
      throw new AssayException(
          ExitCode.USAGE,
          "--date " + date + " is to come, and would archive days too early; give one up to today");
    }
    AssayConfig config = options.load(pipeline);
    if (config.pipeline().tables().values().stream()
        .allMatch(contract -> contract.upkeep().archiveDays() == null)) {
      throw new AssayException(
          ExitCode.USAGE,
          pipeline + " archives no table; give one archive-after = 365 days in its conf");
    }
    try (SparkSession spark = SparkSessions.start(config, StageSize.SMALL, "assay archive")) {
      say(
          new Archiving(spark, config)
              .run(date == null ? today : date, UUID.randomUUID().toString()));
    }
    return ExitCode.DONE.code();
  }

  private void say(List<ArchivedMonth> months) {
    if (format.isTable() && months.isEmpty()) {
      Output.out().println("nothing to do: no whole month is past archive-after");
      return;
    }
    Output.say(
        format.get(),
        months,
        List.of("TABLE", "MONTH", "DAYS", "ROWS", "WRITTEN", "FILE"),
        month ->
            List.of(
                month.table(),
                month.month().toString(),
                Integer.toString(month.days()),
                Long.toString(month.rows()),
                month.written() ? "now" : "before",
                month.file()));
  }
}
