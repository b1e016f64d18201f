package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.StageConfig;
import dev.assay.config.TableContract;
import dev.assay.error.ExitCode;
import dev.assay.job.ConfigOptions;
import dev.assay.store.Json;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay describe}: what set-up and Airflow must know of conf, written once by the build. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = "Describes the pipelines: their stages, tables and feeds.")
final class DescribeCommand implements Callable<Integer> {
  @Option(names = "--pipeline", paramLabel = "P", description = "only this pipeline")
  private @Nullable String pipeline;

  @Mixin private AnswerFormat format = new AnswerFormat();

  @Mixin private ConfigOptions options = new ConfigOptions();

  private record Description(Map<String, Size> sizes, List<Pipeline> pipelines) {}

  private record Size(String memory, String jvm, Map<String, String> spark) {}

  private record Pipeline(
      String name,
      String description,
      String owner,
      LocalDate start,
      List<Feed> feeds,
      List<StageOf> stages,
      List<Deadline> deadlines,
      List<String> archived) {}

  /** A feed; one that Assay lands itself is read from a database. */
  private record Feed(String name, long arrives_within_seconds, boolean from_database) {}

  /** By when a table-day must be published, counted from the end of its day. */
  private record Deadline(String table, long seconds) {}

  /** A stage, with its tables of every day and those of the end of a week. */
  private record StageOf(
      String stage,
      String main,
      String jar,
      String size,
      long timeout_seconds,
      int retries,
      List<String> tables,
      List<String> weekly) {}

  @Override
  public Integer call() {
    List<String> names = pipeline == null ? options.pipelines() : List.of(pipeline);
    Map<String, Size> sizes = new TreeMap<>();
    List<Pipeline> pipelines = new ArrayList<>();
    for (String name : names) {
      AssayConfig config = options.load(name);
      config
          .session()
          .sizes()
          .forEach(
              (size, tuned) ->
                  sizes.put(size.id(), new Size(tuned.memory(), tuned.jvm(), tuned.spark())));
      pipelines.add(describe(config));
    }
    if (format.isTree()) {
      Output.out().println(Json.pretty(new Description(sizes, pipelines)));
    } else {
      say(pipelines);
    }
    return ExitCode.DONE.code();
  }

  private static Pipeline describe(AssayConfig config) {
    var conf = config.pipeline();
    List<Feed> feeds =
        conf.feeds().values().stream()
            .map(
                feed ->
                    new Feed(
                        feed.name(), feed.arrivesWithin().toSeconds(), feed.database().isPresent()))
            .toList();
    List<StageOf> stages = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      List<TableContract> tables = conf.tablesOf(stage);
      StageConfig runs = conf.stages().get(stage);
      if (!tables.isEmpty() && runs != null) {
        stages.add(
            new StageOf(
                stage.id(),
                StageJobs.mainClass(stage),
                "jobs-" + stage.id() + ".jar",
                runs.size().id(),
                runs.timeout().toSeconds(),
                runs.retries(),
                names(tables, contract -> !contract.isWeekly()),
                names(tables, TableContract::isWeekly)));
      }
    }
    return new Pipeline(
        conf.name(),
        conf.description(),
        conf.owner(),
        conf.start(),
        feeds,
        stages,
        deadlines(conf),
        names(conf.tables().values(), contract -> contract.upkeep().archiveDays() != null));
  }

  private static List<String> names(
      Collection<TableContract> tables, Predicate<TableContract> which) {
    return tables.stream().filter(which).map(contract -> contract.name().toString()).toList();
  }

  private static List<Deadline> deadlines(PipelineConfig pipeline) {
    List<Deadline> deadlines = new ArrayList<>();
    for (TableContract contract : pipeline.tables().values()) {
      Duration deadline = contract.deadline();
      if (deadline != null) {
        deadlines.add(new Deadline(contract.name().toString(), deadline.toSeconds()));
      }
    }
    return deadlines;
  }

  private static void say(List<Pipeline> pipelines) {
    for (Pipeline described : pipelines) {
      Output.out().println(described.name() + ": " + described.description());
      List<List<String>> rows = new ArrayList<>();
      for (StageOf stage : described.stages()) {
        stage.tables().forEach(table -> rows.add(List.of(stage.stage(), table, stage.size())));
        stage.weekly().forEach(table -> rows.add(List.of(stage.stage(), table, stage.size())));
      }
      Output.table(Output.out(), List.of("STAGE", "TABLE", "SIZE"), rows);
    }
  }
}
