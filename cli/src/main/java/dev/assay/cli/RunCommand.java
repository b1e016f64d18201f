package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.StageSize;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.Commands;
import dev.assay.job.ConfigOptions;
import dev.assay.job.StageRunner;
import dev.assay.session.SparkSessions;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay run}: stages of business dates, one after another, in one JVM. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Publishes business dates: every stage, or one.")
final class RunCommand implements Callable<Integer> {
  @Option(names = "--pipeline", required = true, paramLabel = "P", description = "the pipeline")
  private String pipeline = "";

  @Mixin private Days days = new Days();

  @Option(
      names = "--stage",
      paramLabel = "S",
      description = "only this stage: ${COMPLETION-CANDIDATES}")
  private @Nullable Stage stage;

  @Option(names = "--tables", split = ",", paramLabel = "T", description = "only these tables")
  private Set<String> tables = new TreeSet<>();

  @Option(names = "--dry-run", description = "says what would be run, and runs nothing")
  private boolean dryRun;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws IOException {
    AssayConfig config = options.load(pipeline);
    List<LocalDate> dates = days.all();
    List<Stage> stages = stages(config);
    if (dryRun) {
      return say(config, dates, stages);
    }
    String runId = UUID.randomUUID().toString();
    boolean anyData = false;
    try (SparkSession spark = SparkSessions.start(config, size(config, stages), "assay run")) {
      StageRunner runner = new StageRunner(spark, config);
      try (ProgressBar bar = progress(dates.size())) {
        for (LocalDate date : dates) {
          anyData |= run(runner, config, stages, date, runId);
          bar.step();
        }
      }
    }
    return (anyData ? ExitCode.DONE : ExitCode.NO_DATA).code();
  }

  private boolean run(
      StageRunner runner, AssayConfig config, List<Stage> stages, LocalDate date, String runId) {
    boolean published = false;
    try {
      for (Stage each : stages) {
        Commands.say(runner.run(StageJobs.of(each), date, wanted(config, each), runId));
        published = true;
      }
      return true;
    } catch (AssayException failure) {
      if (failure.exitCode() == ExitCode.NO_DATA) {
        Output.out().println(date + ": no data: " + failure.message());
        return published;
      }
      throw new AssayException(
          failure.exitCode(), date + ": " + failure.message(), failure.getCause());
    }
  }

  private int say(AssayConfig config, List<LocalDate> dates, List<Stage> stages) {
    for (LocalDate date : dates) {
      for (Stage each : stages) {
        config.pipeline().tablesOf(each).stream()
            .filter(contract -> wanted(contract.name().table()))
            .forEach(
                contract ->
                    Output.out()
                        .println(date + " " + each.id() + " would publish " + contract.name()));
      }
    }
    return ExitCode.DONE.code();
  }

  private List<Stage> stages(AssayConfig config) {
    tables.forEach(
        table -> {
          if (!config.pipeline().tables().containsKey(table)) {
            throw new AssayException(
                ExitCode.USAGE,
                pipeline
                    + " has no table '"
                    + table
                    + "'; it has "
                    + config.pipeline().tables().keySet());
          }
        });
    List<Stage> stages =
        Arrays.stream(Stage.values())
            .filter(each -> stage == null || each == stage)
            .filter(
                each ->
                    config.pipeline().tablesOf(each).stream()
                        .anyMatch(contract -> wanted(contract.name().table())))
            .toList();
    if (stages.isEmpty()) {
      throw new AssayException(
          ExitCode.USAGE,
          "nothing to run: the " + stage + " stage of " + pipeline + " has none of " + tables);
    }
    return stages;
  }

  /** Of the tables to publish, those of a stage; empty for all. */
  private Set<String> wanted(AssayConfig config, Stage stage) {
    return config.pipeline().tablesOf(stage).stream()
        .map(contract -> contract.name().table())
        .filter(tables::contains)
        .collect(Collectors.toSet());
  }

  private boolean wanted(String table) {
    return tables.isEmpty() || tables.contains(table);
  }

  private static StageSize size(AssayConfig config, List<Stage> stages) {
    return stages.stream()
        .map(each -> config.pipeline().stages().get(each))
        .map(found -> found == null ? StageSize.SMALL : found.size())
        .max(StageSize::compareTo)
        .orElse(StageSize.SMALL);
  }

  /** A bar on a terminal's stderr; nothing where nobody looks. */
  @SuppressWarnings("SystemConsoleNull") // on JDK 17 it is null where there is no terminal
  private static ProgressBar progress(int days) {
    ProgressBarBuilder builder =
        ProgressBar.builder().setTaskName("days").setInitialMax(days).setUpdateIntervalMillis(500);
    if (System.console() == null || days == 1) {
      builder.setConsumer(new NoProgress());
    }
    return builder.build();
  }
}
