package dev.assay.job;

import dev.assay.config.AssayConfig;
import dev.assay.config.StageSize;
import dev.assay.error.ExitCode;
import dev.assay.plan.Scope;
import dev.assay.session.SparkSessions;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of a stage's JAR, as {@code spark-submit} runs it. */
@Command(
    mixinStandardHelpOptions = true,
    description = "Publishes a stage of a pipeline for a business date.")
public final class StageCommand implements Callable<Integer> {
  private final StageJob job;

  @Option(names = "--pipeline", required = true, paramLabel = "P", description = "the pipeline")
  private String pipeline = "";

  @Option(
      names = "--date",
      required = true,
      paramLabel = "D",
      description = "the business date, as 2010-12-01")
  private LocalDate date = LocalDate.EPOCH;

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "T",
      description = "only these tables of the stage")
  private Set<String> tables = new TreeSet<>();

  @Option(names = "--again", description = "makes what is current again, too")
  private boolean again;

  @Option(
      names = "--inputs",
      paramLabel = "I",
      defaultValue = "latest",
      description = "latest, or as-was: what is published is made again as it was made")
  private RunInputs inputs = RunInputs.LATEST;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "what to call this run in logs, ledger and commits")
  private String runId = UUID.randomUUID().toString();

  @Mixin private ConfigOptions options = new ConfigOptions();

  private StageCommand(StageJob job) {
    this.job = job;
  }

  /** Runs a stage's command line and ends the process with its exit code. */
  public static void main(StageJob job, String[] args) {
    CommandLine command =
        Commands.strict(
            new CommandLine(new StageCommand(job)).setCommandName("jobs-" + job.stage().id()));
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (inputs == RunInputs.AS_WAS) {
      return asWas();
    }
    AssayConfig config = options.load(pipeline);
    String name = pipeline + " " + job.stage().id() + " " + date;
    try (SparkSession spark = SparkSessions.start(config, size(config), name)) {
      StageResult result = new StageRunner(spark, config).settle(job, date, tables, again, runId);
      Commands.say(result);
      result.orThrow();
      return ExitCode.DONE.code();
    }
  }

  private Integer asWas() throws IOException {
    AsWas asWas = new AsWas(options.source(pipeline));
    List<Remaking> remakings =
        asWas.find(new Scope(date, date, Set.of(job.stage()), tables, true)).all();
    AssayConfig first = asWas.config(remakings.get(0));
    String name = pipeline + " " + job.stage().id() + " " + date + " as it was";
    try (SparkSession spark = SparkSessions.start(first, size(first), name)) {
      for (Remaking remaking : remakings) {
        StageResult result =
            new StageRunner(spark, asWas.config(remaking)).remake(job, remaking, runId);
        Commands.say(remaking, result);
        result.orThrow();
      }
      return ExitCode.DONE.code();
    }
  }

  private StageSize size(AssayConfig config) {
    return config.pipeline().size(Set.of(job.stage()));
  }
}
