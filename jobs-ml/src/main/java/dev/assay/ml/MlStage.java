package dev.assay.ml;

import static org.apache.spark.sql.functions.lit;

import dev.assay.config.Derivation;
import dev.assay.config.ModelConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.table.Draft;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Trains and scores models for a day. */
public final class MlStage implements StageJob {

  @Override
  public Stage stage() {
    return Stage.ML;
  }

  @Override
  public String transform(PipelineConfig pipeline, TableContract contract) {
    ModelConfig model = config(pipeline, contract);
    return model.toString() + model(model).version();
  }

  @Override
  public DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables) {
    Map<String, Map<String, Dataset<Row>>> products = new TreeMap<>();
    return DayDrafts.of(
        tables,
        contract -> {
          ModelConfig config = config(run.config().pipeline(), contract);
          Map<String, Dataset<Row>> all = products.get(config.name());
          if (all == null) {
            all = whole(day, config.name(), tables, products(run, day, config));
            products.put(config.name(), all);
          }
          return draft(day, contract, all.get(contract.name().table()));
        });
  }

  private static Draft draft(LocalDate day, TableContract contract, @Nullable Dataset<Row> rows) {
    if (rows == null) {
      throw new AssayException(ExitCode.NO_DATA, "nothing of it is due on this day");
    }
    return new Draft(contract, day, rows.withColumn(contract.partition(), lit(day)));
  }

  private static ModelConfig config(PipelineConfig pipeline, TableContract contract) {
    return pipeline.model(((Derivation.Modelled) contract.derivation()).model());
  }

  /** Scores whose model's own rows are not published would name a model that nobody knows. */
  private static Map<String, Dataset<Row>> whole(
      LocalDate day, String model, List<TableContract> tables, Map<String, Dataset<Row>> products) {
    Set<String> wanted =
        tables.stream().map(contract -> contract.name().table()).collect(Collectors.toSet());
    if (!wanted.containsAll(products.keySet())) {
      throw new AssayException(
          ExitCode.USAGE,
          "model "
              + model
              + " has rows for "
              + products.keySet()
              + " on "
              + day
              + ", which belong together; name them all with --tables");
    }
    return products;
  }

  private static Map<String, Dataset<Row>> products(
      StageRun run, LocalDate day, ModelConfig config) {
    for (String input : config.inputs()) {
      if (!run.inputs().hasDay(input, day)) {
        throw new AssayException(
            ExitCode.NO_DATA,
            run.config().pipeline().table(input).name()
                + " has nothing for "
                + day
                + "; if it should, run the stage before of that day first");
      }
    }
    return model(config).products(run, day, config);
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
