package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.StageSize;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.gold.fixture.Fixture;
import dev.assay.gold.fixture.FixtureTrial;
import dev.assay.gold.fixture.FixtureTrials;
import dev.assay.job.ConfigOptions;
import dev.assay.session.SparkSessions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay test}: tries marts on the fixtures that stand beside their conf. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Tries marts on small tables: conf/<pipeline>/<table>.test.conf.",
      "A mart in SQL without one counts as failed."
    })
final class TestCommand implements Callable<Integer> {
  @Option(
      names = "--pipeline",
      paramLabel = "P",
      description = "only the marts of this pipeline; default: of every pipeline")
  private @Nullable String pipeline;

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "T",
      description = "only these marts of the pipeline")
  private Set<String> tables = new TreeSet<>();

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws IOException {
    List<AssayConfig> configs = pipelines().stream().map(options::load).toList();
    int failed = 0;
    try (SparkSession spark = SparkSessions.start(configs.get(0), StageSize.SMALL, "assay test")) {
      for (AssayConfig config : configs) {
        failed += failed(spark, config);
      }
    }
    Output.out().println(failed == 0 ? "every fixture holds" : failed + " failed");
    return (failed == 0 ? ExitCode.DONE : ExitCode.REFUSED).code();
  }

  private List<String> pipelines() {
    if (pipeline != null) {
      return List.of(pipeline);
    }
    if (!tables.isEmpty()) {
      throw new AssayException(
          ExitCode.USAGE, "--tables " + tables + " are of which pipeline? Give --pipeline, too");
    }
    return options.pipelines();
  }

  private int failed(SparkSession spark, AssayConfig config) {
    List<TableContract> marts = config.pipeline().marts(tables);
    FixtureTrials trials = new FixtureTrials(spark, config, options.folder());
    int failed = 0;
    for (FixtureTrials.Tried tried : trials.of(marts)) {
      say(tried);
      failed += tried.result().holds() ? 0 : 1;
    }
    for (TableContract mart : trials.without(marts)) {
      Output.out()
          .println(
              mart.name()
                  + ": FAILED, it has no fixture; write "
                  + Fixture.file(options.folder(), mart.name()));
      failed++;
    }
    return failed;
  }

  private static void say(FixtureTrials.Tried tried) {
    PrintWriter out = Output.out();
    FixtureTrial.Result result = tried.result();
    String name = tried.fixture().name();
    out.println(tried.mart() + ": " + name + (result.holds() ? ": ok" : ": FAILED"));
    if (!result.holds()) {
      out.println("    " + String.join(" | ", tried.fixture().columns()));
      result.missing().forEach(row -> out.println("  - " + row));
      result.unexpected().forEach(row -> out.println("  + " + row));
    }
  }
}
