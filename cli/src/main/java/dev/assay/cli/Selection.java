package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.RunInputs;
import dev.assay.plan.Scope;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what of a pipeline is run. */
final class Selection {
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

  @Option(names = "--again", description = "makes what is current again, too")
  private boolean again;

  @Option(
      names = "--inputs",
      paramLabel = "I",
      defaultValue = "latest",
      description = {
        "latest, or as-was: what is published is made again as it was made, of the same versions",
        "of its inputs and by the conf and the JAR of then"
      })
  private RunInputs inputs = RunInputs.LATEST;

  boolean asWas() {
    return inputs == RunInputs.AS_WAS;
  }

  String pipeline() {
    return pipeline;
  }

  /** What is asked for, of whatever is published. */
  Scope published() {
    List<LocalDate> dates = days.all();
    Set<Stage> stages = stage == null ? EnumSet.allOf(Stage.class) : EnumSet.of(stage);
    return new Scope(dates.get(0), dates.get(dates.size() - 1), stages, tables, true);
  }

  /**
   * What is asked for.
   *
   * @throws AssayException with USAGE if the pipeline has none of it
   */
  Scope scope(AssayConfig config) {
    List<LocalDate> dates = days.all();
    requireKnown(config);
    if (stage != null) {
      config.pipeline().tablesOf(stage, Set.of());
    }
    Set<Stage> stages =
        Arrays.stream(Stage.values())
            .filter(each -> stage == null || each == stage)
            .filter(each -> has(config, each))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Stage.class)));
    if (stages.isEmpty()) {
      throw new AssayException(
          ExitCode.USAGE,
          "nothing to run: the "
              + Objects.requireNonNull(stage, "no table, no stage").id()
              + " stage of "
              + pipeline
              + " has none of "
              + tables);
    }
    return new Scope(dates.get(0), dates.get(dates.size() - 1), stages, tables, again);
  }

  private void requireKnown(AssayConfig config) {
    for (String table : tables) {
      if (!config.pipeline().tables().containsKey(table)) {
        throw new AssayException(
            ExitCode.USAGE,
            pipeline
                + " has no table '"
                + table
                + "'; it has "
                + config.pipeline().tables().keySet());
      }
    }
  }

  private boolean has(AssayConfig config, Stage of) {
    return config.pipeline().tablesOf(of).stream()
        .anyMatch(contract -> tables.isEmpty() || tables.contains(contract.name().table()));
  }
}
