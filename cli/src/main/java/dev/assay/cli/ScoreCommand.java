package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.Derivation;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.ConfigOptions;
import dev.assay.plan.Scope;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay score}: what the champions of models say of business dates. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = {
      "Scores business dates by the champion of each of the models, and publishes that as any",
      "table; where a training is due, or a champion changed, that first. What is current stays.",
      "Without --model, the marts that are made of models are made, too."
    })
final class ScoreCommand implements Callable<Integer> {
  @Option(names = "--pipeline", required = true, paramLabel = "P", description = "the pipeline")
  private String pipeline = "";

  @Option(names = "--model", paramLabel = "M", description = "only this model")
  private @Nullable String model;

  @Mixin private Days days = new Days();

  @Option(names = "--again", description = "scores what is current again, too")
  private boolean again;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws IOException {
    List<LocalDate> dates = days.all();
    AssayConfig config = options.load(pipeline);
    Scope scope =
        new Scope(
            dates.get(0), dates.get(dates.size() - 1), Set.of(Stage.ML), tables(config), again);
    return new LatestRun(config, scope, false, "assay score").run().code();
  }

  /** Of one model its tables; of all of them all that the stage makes. */
  private Set<String> tables(AssayConfig config) {
    Set<String> tables = new TreeSet<>();
    for (TableContract contract : config.pipeline().tablesOf(Stage.ML)) {
      if (model == null || contract.derivation().equals(new Derivation.Modelled(model))) {
        tables.add(contract.name().table());
      }
    }
    if (tables.isEmpty()) {
      throw new AssayException(
          ExitCode.USAGE,
          pipeline
              + " has no model"
              + (model == null ? "" : " '" + model + "'")
              + "; it has "
              + config.pipeline().models().keySet());
    }
    return tables;
  }
}
