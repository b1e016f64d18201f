package dev.assay.ml.supervised;

import dev.assay.ml.Parameters;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A learner of MLlib with its parameters.
 *
 * @param name what conf calls it
 * @param target what it learns
 * @param parameters of it
 * @param features how rows become vectors
 * @param seed of everything random
 */
record Learner(String name, Target target, Parameters parameters, Features features, int seed) {
  private static final int MOST_CATEGORIES = 64;

  /** How many forests are grown at a time: one of few rows does not keep the cores busy. */
  private static final int AT_ONCE = 2;

  /** Those of a block of conf, in its order, but for those that are not enabled. */
  static List<Learner> of(Parameters block, Target target, Features features, int seed) {
    return block.names().stream()
        .map(name -> new Learner(name, target, block.block(name), features, seed))
        .filter(learner -> !learner.parameters().text("enabled", "true").equals("false"))
        .toList();
  }

  private String kind() {
    return parameters.text("kind", name);
  }

  private boolean isLinear() {
    return kind().equals("linear") || kind().equals("logistic");
  }

  /** Learns from rows. */
  PipelineModel fit(Dataset<Row> rows) {
    if (kind().equals("tuned-forest")) {
      return tuned(rows);
    }
    return fitting(stage()).fit(rows);
  }

  private Fitting fitting(PipelineStage last) {
    return new Fitting(features, isLinear(), last);
  }

  private PipelineStage stage() {
    boolean isValue = target == Target.VALUE;
    return switch (kind()) {
      case "linear" -> linear();
      case "logistic" -> logistic();
      case "forest" -> isValue ? forest() : forestOfYesOrNo();
      case "boosting" -> isValue ? boosting() : boostingOfYesOrNo();
      default ->
          throw parameters.wrong(
              "'"
                  + kind()
                  + "' is no learner; there are linear, logistic, forest, boosting and"
                  + " tuned-forest");
    };
  }

  private LinearRegression linear() {
    return new LinearRegression()
        .setMaxIter(parameters.integer("max-iterations", 100))
        .setRegParam(parameters.number("regularization", 0))
        .setElasticNetParam(parameters.number("elastic-net", 0))
        .setFeaturesCol(Features.VECTOR)
        .setLabelCol(Examples.LABEL);
  }

  private LogisticRegression logistic() {
    return new LogisticRegression()
        .setMaxIter(parameters.integer("max-iterations", 100))
        .setRegParam(parameters.number("regularization", 0))
        .setElasticNetParam(parameters.number("elastic-net", 0))
        .setFeaturesCol(Features.VECTOR)
        .setLabelCol(Examples.LABEL);
  }

  /**
   * Of many deep trees the node of each row is kept, here as below: to go down from the root again
   * for every level took a third of the time.
   */
  private RandomForestRegressor forest() {
    return new RandomForestRegressor()
        .setNumTrees(parameters.integer("trees", 100))
        .setMaxDepth(parameters.integer("depth", 10))
        .setMinInstancesPerNode(parameters.integer("leaf", 1))
        .setFeatureSubsetStrategy(parameters.text("features", "auto"))
        .setCacheNodeIds(true)
        .setMaxBins(parameters.integer("bins", MOST_CATEGORIES))
        .setMaxMemoryInMB(512)
        .setSeed(seed)
        .setFeaturesCol(Features.VECTOR)
        .setLabelCol(Examples.LABEL);
  }

  private RandomForestClassifier forestOfYesOrNo() {
    return new RandomForestClassifier()
        .setNumTrees(parameters.integer("trees", 100))
        .setMaxDepth(parameters.integer("depth", 10))
        .setMinInstancesPerNode(parameters.integer("leaf", 1))
        .setFeatureSubsetStrategy(parameters.text("features", "auto"))
        .setCacheNodeIds(true)
        .setMaxBins(parameters.integer("bins", MOST_CATEGORIES))
        .setMaxMemoryInMB(512)
        .setSeed(seed)
        .setFeaturesCol(Features.VECTOR)
        .setLabelCol(Examples.LABEL);
  }

  private GBTRegressor boosting() {
    return new GBTRegressor()
        .setMaxIter(parameters.integer("iterations", 100))
        .setMaxDepth(parameters.integer("depth", 5))
        .setStepSize(parameters.number("step", 0.1))
        .setSubsamplingRate(parameters.number("sampling", 1))
        .setMinInstancesPerNode(parameters.integer("leaf", 1))
        .setMaxBins(parameters.integer("bins", MOST_CATEGORIES))
        .setFeatureSubsetStrategy(parameters.text("features", "all"))
        .setSeed(seed)
        .setFeaturesCol(Features.VECTOR)
        .setLabelCol(Examples.LABEL);
  }

  private GBTClassifier boostingOfYesOrNo() {
    return new GBTClassifier()
        .setMaxIter(parameters.integer("iterations", 100))
        .setMaxDepth(parameters.integer("depth", 5))
        .setStepSize(parameters.number("step", 0.1))
        .setSubsamplingRate(parameters.number("sampling", 1))
        .setMinInstancesPerNode(parameters.integer("leaf", 1))
        .setMaxBins(parameters.integer("bins", MOST_CATEGORIES))
        .setFeatureSubsetStrategy(parameters.text("features", "all"))
        .setSeed(seed)
        .setFeaturesCol(Features.VECTOR)
        .setLabelCol(Examples.LABEL);
  }

  /** The best forest of a grid, by folds of the rows; the features are learned anew in each. */
  private PipelineModel tuned(Dataset<Row> rows) {
    RandomForestRegressor forest = forest();
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(forest.numTrees(), ints("grid.trees"))
            .addGrid(forest.maxDepth(), ints("grid.depth"))
            .addGrid(forest.minInstancesPerNode(), ints("grid.leaf"))
            .build();
    Model<?> best =
        new CrossValidator()
            .setEstimator(fitting(forest))
            .setEvaluator(new RegressionEvaluator().setLabelCol(Examples.LABEL))
            .setEstimatorParamMaps(grid)
            .setNumFolds(parameters.integer("folds", 5))
            .setSeed(seed)
            .setParallelism(AT_ONCE)
            .fit(rows)
            .bestModel();
    return (PipelineModel) best;
  }

  private int[] ints(String key) {
    return parameters.integers(key).stream().mapToInt(Integer::intValue).toArray();
  }
}
