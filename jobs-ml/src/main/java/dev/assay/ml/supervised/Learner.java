package dev.assay.ml.supervised;

import dev.assay.ml.Parameters;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Predictor;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.RandomForestRegressionModel;
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
  private static final String TUNED = "tuned-forest";
  private static final int MOST_CATEGORIES = 64;

  /** How many forests are grown at a time: one of few rows does not keep the cores busy. */
  private static final int AT_ONCE = 2;

  /**
   * Those of a block of conf, by their names, but for those that are not enabled; all are right.
   */
  static List<Learner> of(Parameters block, Target target, Features features, int seed) {
    List<Learner> all =
        block.names().stream()
            .map(name -> new Learner(name, target, block.block(name), features, seed))
            .toList();
    all.forEach(Learner::read);
    return all.stream().filter(learner -> learner.parameters().flag("enabled", true)).toList();
  }

  /** Reads its parameters. */
  private void read() {
    if (!target.learners().contains(kind())) {
      throw parameters.wrong(
          "'" + kind() + "' is no learner of this class; there are " + target.learners());
    }
    if (kind().equals(TUNED)) {
      tuning();
    } else {
      stage();
    }
  }

  private String kind() {
    return parameters.text("kind", name);
  }

  private boolean isLinear() {
    return kind().equals("linear") || kind().equals("logistic");
  }

  /** Learns from rows. */
  PipelineModel fit(Prepared rows) {
    return kind().equals(TUNED) ? tuned(rows.rows()) : rows.fit(stage(), isLinear());
  }

  private PipelineStage stage() {
    boolean isValue = target == Target.VALUE;
    return switch (kind()) {
      case "linear" -> linear(new LinearRegression());
      case "logistic" -> linear(new LogisticRegression());
      case "forest" ->
          isValue ? forest(new RandomForestRegressor()) : forest(new RandomForestClassifier());
      case "boosting" -> isValue ? boosting(new GBTRegressor()) : boosting(new GBTClassifier());
      default -> throw new IllegalStateException(kind() + " is no learner of one stage");
    };
  }

  private <L extends Predictor<?, ?, ?>> L linear(L learner) {
    return with(
        learner,
        Map.of(
            "maxIter", parameters.integer("max-iterations", 100),
            "regParam", parameters.number("regularization", 0),
            "elasticNetParam", parameters.number("elastic-net", 0)));
  }

  /**
   * Of many deep trees the node of each row is kept: to go down from the root again for every level
   * took a third of the time.
   */
  private <L extends Predictor<?, ?, ?>> L forest(L learner) {
    return with(
        trees(learner, 10, "auto"),
        Map.of(
            "numTrees",
            parameters.integer("trees", 100),
            "cacheNodeIds",
            true,
            "maxMemoryInMB",
            512));
  }

  private <L extends Predictor<?, ?, ?>> L boosting(L learner) {
    return with(
        trees(learner, 5, "all"),
        Map.of(
            "maxIter", parameters.integer("iterations", 100),
            "stepSize", parameters.number("step", 0.1),
            "subsamplingRate", parameters.number("sampling", 1)));
  }

  private <L extends Predictor<?, ?, ?>> L trees(L learner, int depth, String features) {
    return with(
        learner,
        Map.of(
            "maxDepth", parameters.integer("depth", depth),
            "minInstancesPerNode", parameters.integer("leaf", 1),
            "maxBins", parameters.integer("bins", MOST_CATEGORIES),
            "featureSubsetStrategy", parameters.text("features", features),
            "seed", (long) seed));
  }

  /**
   * Sets parameters by MLlib's names, by which those of values and of yes or no are called alike.
   */
  private <L extends Predictor<?, ?, ?>> L with(L learner, Map<String, Object> values) {
    try {
      values.forEach((name, value) -> learner.set(learner.getParam(name), value));
    } catch (IllegalArgumentException outOfRange) {
      throw parameters.wrong(name + ": " + outOfRange.getMessage());
    }
    learner.set(learner.featuresCol(), Features.VECTOR);
    learner.set(learner.labelCol(), Examples.LABEL);
    return learner;
  }

  /** The best forest of a grid, by folds of the rows; the features are learned anew in each. */
  private PipelineModel tuned(Dataset<Row> rows) {
    Model<?> best = tuning().fit(rows).bestModel();
    return (PipelineModel) best;
  }

  /** What a tuned forest was found to be best with, by the names of conf; nothing of others. */
  SortedMap<String, String> found(PipelineModel model) {
    SortedMap<String, String> found = new TreeMap<>();
    Transformer last = model.stages()[model.stages().length - 1];
    if (kind().equals(TUNED) && last instanceof RandomForestRegressionModel forest) {
      found.put("trees", Integer.toString(forest.getNumTrees()));
      found.put("depth", Integer.toString(forest.getMaxDepth()));
      found.put("leaf", Integer.toString(forest.getMinInstancesPerNode()));
    }
    return found;
  }

  private CrossValidator tuning() {
    RandomForestRegressor forest = forest(new RandomForestRegressor());
    try {
      return new CrossValidator()
          .setEstimator(new Fitting(features, forest))
          .setEvaluator(new RegressionEvaluator().setLabelCol(Examples.LABEL))
          .setEstimatorParamMaps(grid(forest))
          .setNumFolds(parameters.integer("folds", 5))
          .setSeed(seed)
          .setParallelism(AT_ONCE);
    } catch (IllegalArgumentException outOfRange) {
      throw parameters.wrong(name + ": " + outOfRange.getMessage());
    }
  }

  private ParamMap[] grid(RandomForestRegressor forest) {
    return new ParamGridBuilder()
        .addGrid(forest.numTrees(), ints("trees"))
        .addGrid(forest.maxDepth(), ints("depth"))
        .addGrid(forest.minInstancesPerNode(), ints("leaf"))
        .build();
  }

  private int[] ints(String key) {
    return parameters.block("grid").integers(key).stream().mapToInt(Integer::intValue).toArray();
  }
}
