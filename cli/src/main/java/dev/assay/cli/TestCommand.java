package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.Derivation;
import dev.assay.config.Stage;
import dev.assay.config.StageSize;
import dev.assay.config.TableContract;
import dev.assay.config.Transform;
import dev.assay.error.ExitCode;
import dev.assay.gold.fixture.Fixture;
import dev.assay.gold.fixture.FixtureTrial;
import dev.assay.job.ConfigOptions;
import dev.assay.session.SparkSessions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay test}: tries a pipeline's marts on the fixtures that stand beside its conf. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Tries the marts of a pipeline on small tables: conf/<pipeline>/<table>.test.conf.",
      "A mart in SQL without one counts as failed."
    })
final class TestCommand implements Callable<Integer> {
  @Option(names = "--pipeline", required = true, paramLabel = "P", description = "the pipeline")
  private String pipeline = "";

  @Option(names = "--tables", split = ",", paramLabel = "T", description = "only these marts")
  private Set<String> tables = new TreeSet<>();

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws IOException {
    AssayConfig config = options.load(pipeline);
    List<TableContract> marts = config.pipeline().tablesOf(Stage.GOLD, tables);
    int failed = 0;
    try (SparkSession spark = SparkSessions.start(config, StageSize.SMALL, "assay test")) {
      FixtureTrial trial = new FixtureTrial(spark, config);
      for (TableContract mart : marts) {
        failed += failed(mart, trial);
      }
    }
    Output.out().println(failed == 0 ? "every fixture holds" : failed + " failed");
    return (failed == 0 ? ExitCode.DONE : ExitCode.REFUSED).code();
  }

  private int failed(TableContract mart, FixtureTrial trial) {
    Path folder = options.folder();
    List<Fixture> fixtures = Fixture.of(folder, mart.name());
    boolean isSql =
        mart.derivation() instanceof Derivation.Computed computed
            && computed.transform() instanceof Transform.Sql;
    if (fixtures.isEmpty() && isSql) {
      Output.out()
          .println(
              mart.name()
                  + ": FAILED, it has no fixture; write "
                  + Fixture.file(folder, mart.name()));
      return 1;
    }
    int failed = 0;
    for (Fixture fixture : fixtures) {
      FixtureTrial.Result result = trial.of(mart, fixture);
      say(mart, fixture, result);
      failed += result.holds() ? 0 : 1;
    }
    return failed;
  }

  private static void say(TableContract mart, Fixture fixture, FixtureTrial.Result result) {
    PrintWriter out = Output.out();
    out.println(mart.name() + ": " + fixture.name() + (result.holds() ? ": ok" : ": FAILED"));
    if (!result.holds()) {
      out.println("    " + String.join(" | ", fixture.columns()));
      result.missing().forEach(row -> out.println("  - " + row));
      result.unexpected().forEach(row -> out.println("  + " + row));
    }
  }
}
