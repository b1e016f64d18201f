package dev.assay.ml;

import static org.apache.spark.sql.functions.lit;

import dev.assay.config.Derivation;
import dev.assay.config.ModelConfig;
import dev.assay.config.Stage;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.table.Draft;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Trains and scores the models of the business date. */
public final class MlStage implements StageJob {

  @Override
  public Stage stage() {
    return Stage.ML;
  }

  @Override
  public List<Draft> drafts(StageRun run) {
    Map<String, Map<String, Dataset<Row>>> products = new TreeMap<>();
    return run.drafts(
        Stage.ML,
        contract -> {
          String name = ((Derivation.Modelled) contract.derivation()).model();
          Dataset<Row> rows =
              products
                  .computeIfAbsent(name, model -> whole(run, model, products(run, model)))
                  .get(contract.name().table());
          return rows == null
              ? List.of()
              : List.of(
                  new Draft(
                      contract,
                      run.date(),
                      rows.withColumn(contract.partition(), lit(run.date())),
                      List.of()));
        });
  }

  /** Scores whose model's own rows are not published would name a model that nobody knows. */
  private static Map<String, Dataset<Row>> whole(
      StageRun run, String model, Map<String, Dataset<Row>> products) {
    if (!run.tables().isEmpty() && !run.tables().containsAll(products.keySet())) {
      throw new AssayException(
          ExitCode.USAGE,
          "model "
              + model
              + " has rows for "
              + products.keySet()
              + " on "
              + run.date()
              + ", which belong together; name them all with --tables");
    }
    return products;
  }

  private static Map<String, Dataset<Row>> products(StageRun run, String name) {
    ModelConfig config = run.config().pipeline().models().get(name);
    if (config == null) {
      throw new AssayException(
          ExitCode.USAGE, "there is no model '" + name + "'; add it to pipeline.models");
    }
    for (String input : config.inputs()) {
      if (!run.inputs().hasDay(input, run.date())) {
        throw new AssayException(
            ExitCode.NO_DATA,
            run.config().pipeline().table(input).name()
                + " has nothing for "
                + run.date()
                + "; if it should, run the stage before of that day first");
      }
    }
    return model(config).products(run, config);
  }

  private static Model model(ModelConfig config) {
    try {
      return Class.forName(config.className())
          .asSubclass(Model.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new AssayException(
          ExitCode.USAGE,
          "model "
              + config.name()
              + " has class "
              + config.className()
              + ", which is no model ("
              + e
              + "); name a class of jobs-ml that implements Model and has a constructor without"
              + " arguments",
          e);
    }
  }
}
