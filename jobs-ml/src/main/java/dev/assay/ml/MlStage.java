package dev.assay.ml;

import static org.apache.spark.sql.functions.lit;

import dev.assay.config.Derivation;
import dev.assay.config.ModelConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.mart.Marts;
import dev.assay.plan.Step;
import dev.assay.table.Draft;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Trains models and scores by them for a day, and computes the marts that are made of that. */
public final class MlStage implements StageJob {

  @Override
  public Stage stage() {
    return Stage.ML;
  }

  @Override
  public String transform(PipelineConfig pipeline, TableContract contract) {
    if (contract.derivation() instanceof Derivation.Computed) {
      return Marts.transform(contract);
    }
    ModelConfig model = config(pipeline, contract);
    return model.toString() + model(model).version();
  }

  /** The days up to the first that learns: those after it are scored by what it learned. */
  @Override
  public List<Step> first(List<Step> steps, Supplier<StageRun> now) {
    if (steps.get(0).tableDay().day().equals(steps.get(steps.size() - 1).tableDay().day())) {
      return steps;
    }
    StageRun run = now.get();
    LocalDate last =
        steps.stream()
            .flatMap(step -> model(run, step.tableDay()).stream())
            .distinct()
            .filter(day -> new Trainings(day).matterToLaterDays())
            .map(ModelDay::day)
            .findFirst()
            .orElse(LocalDate.MAX);
    return steps.stream().takeWhile(step -> !step.tableDay().day().isAfter(last)).toList();
  }

  private static Optional<ModelDay> model(StageRun run, TableDay tableDay) {
    PipelineConfig pipeline = run.config().pipeline();
    return pipeline.table(tableDay.table().table()).derivation() instanceof Derivation.Modelled of
        ? Optional.of(new ModelDay(run, pipeline.model(of.model()), tableDay.day()))
        : Optional.empty();
  }

  @Override
  public DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables) {
    Map<String, Lifecycle.Products> products = new TreeMap<>();
    return DayDrafts.of(
        tables,
        contract -> {
          if (contract.derivation() instanceof Derivation.Computed) {
            return Marts.draft(run, day, contract);
          }
          ModelConfig config = config(run.config().pipeline(), contract);
          Lifecycle.Products all = products.get(config.name());
          if (all == null) {
            all = products(new ModelDay(run, config, day), names(tables));
            products.put(config.name(), all);
          }
          return draft(day, contract, all);
        });
  }

  private static Draft draft(LocalDate day, TableContract contract, Lifecycle.Products products) {
    Dataset<Row> rows = products.rows().get(contract.name().table());
    if (rows == null) {
      throw new AssayException(ExitCode.NO_DATA, products.without());
    }
    return new Draft(contract, day, rows.withColumn(contract.partition(), lit(day)));
  }

  private static ModelConfig config(PipelineConfig pipeline, TableContract contract) {
    return pipeline.model(((Derivation.Modelled) contract.derivation()).model());
  }

  private static Set<String> names(List<TableContract> tables) {
    return tables.stream().map(contract -> contract.name().table()).collect(Collectors.toSet());
  }

  private static Lifecycle.Products products(ModelDay day, Set<String> wanted) {
    Model model = model(day.config());
    day.require(model);
    for (String input : day.config().inputs()) {
      if (!day.run().inputs().hasDay(input, day.day())) {
        throw new AssayException(
            ExitCode.NO_DATA,
            day.run().config().pipeline().table(input).name()
                + " has nothing for "
                + day.day()
                + "; if it should, run the stage before of that day first");
      }
    }
    return new Lifecycle(model, day, wanted).products();
  }

  static Model model(ModelConfig config) {
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
