package dev.assay.cli;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.error.Failures;
import dev.assay.job.StageRunner;
import dev.assay.plan.Plan;
import dev.assay.plan.Scope;
import dev.assay.plan.Step;
import dev.assay.store.StoreSettings;
import dev.assay.testing.TestSpark;
import dev.assay.testing.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;

/**
 * Runs what it is told, {@code <from> <to> <stages> <keep-going> <dates at once> <lake> <landing>},
 * as {@code assay run} does, and answers what became of the plan's table-days, or where the run did
 * other than the plan.
 *
 * <p>Arguments: the folder for answers, the conf folder, the store's endpoint, a file with its
 * credentials.
 */
final class OperationsWorker {
  private OperationsWorker() {}

  public static void main(String[] args) throws IOException {
    SparkSession spark = TestSpark.session();
    WorkerProcess.serve(
        Path.of(args[0]),
        order -> {
          String[] words = order.split(" ", -1);
          AssayConfig config = config(args[1], args[2], args[3], words[5], words[6]);
          StoreSettings.of(config.store()).forEach((key, value) -> spark.conf().set(key, value));
          return run(config, spark, words);
        });
  }

  static AssayConfig config(
      String conf, String endpoint, String credentials, String lake, String landing) {
    return new SmallPipeline(Path.of(conf))
        .config(
            "minio",
            Map.of(
                "lake", lake,
                "landing", landing,
                "store.endpoint", endpoint,
                "store.credentials-file", credentials));
  }

  private static String run(AssayConfig config, SparkSession spark, String... words) {
    Set<Stage> stages = EnumSet.noneOf(Stage.class);
    Arrays.stream(words[2].split(",", -1)).forEach(stage -> stages.add(Stage.valueOf(stage)));
    Scope scope =
        new Scope(LocalDate.parse(words[0]), LocalDate.parse(words[1]), stages, Set.of(), false);
    try {
      Plan plan = Planning.planner(config, scope).plan(scope, Integer.parseInt(words[4]));
      StageRunner runner = new StageRunner(spark, config);
      Set<TableDay> settled = new TreeSet<>(java.util.Comparator.comparing(TableDay::toString));
      Set<TableDay> planned = new TreeSet<>(java.util.Comparator.comparing(TableDay::toString));
      plan.steps().stream().map(Step::tableDay).forEach(planned::add);
      boolean[] refused = {false};
      new PlanRun(runner, Boolean.parseBoolean(words[3]), "operations")
          .run(
              plan,
              (batch, result) -> {
                settled.addAll(result.published().keySet());
                settled.addAll(result.withdrawn().keySet());
                settled.addAll(result.unchanged().keySet());
                settled.addAll(result.noData().keySet());
                settled.addAll(result.waiting().keySet());
                refused[0] |= !result.failures().isEmpty();
              });
      if (!planned.containsAll(settled) || (!refused[0] && !settled.containsAll(planned))) {
        return "mismatch planned " + planned + " settled " + settled;
      }
      return (refused[0] ? "refused " : "done ") + settled;
    } catch (RuntimeException thrown) {
      AssayException failure = Failures.explain(thrown);
      return (failure.exitCode() == ExitCode.FENCED ? "fenced " : "failed ") + failure.message();
    }
  }
}
