package dev.assay.ml.recommendation;

import static org.apache.spark.sql.functions.col;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ml.Learned;
import dev.assay.ml.Model;
import dev.assay.ml.ModelDay;
import dev.assay.ml.Parameters;
import dev.assay.ml.SavedModel;
import dev.assay.ml.evaluation.MetricsTable;
import dev.assay.model.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Says which items somebody would take, by what others took that took the same: alternating least
 * squares (Hu, Koren and Volinsky, "Collaborative Filtering for Implicit Feedback Datasets", 2008,
 * of implicit ratings), measured on interactions that were held back, against what most took. Of
 * several learners the one whose lists are better for other users is tried. Parameters as in {@code
 * conf/README.md}. Its scores are items a user; {@code users} has users an item, {@code training}
 * what was measured.
 */
public final class Recommendations implements Model {
  /** Says what a rating will be. */
  static final String EXPLICIT = "explicit";

  /** Says how sure it is of an interaction, the surer the higher the rating of one was. */
  private static final String IMPLICIT = "implicit";

  /** How long a list is. */
  static final int LENGTH = 10;

  private static final int LEFT_OUT = 50;
  private static final int LEAST_PAIRS = 20;

  @Override
  public void read(Parameters parameters) {
    parameters.text("user");
    parameters.text("item");
    parameters.integer("top", LENGTH);
    parameters.integer("left-out", LEFT_OUT);
    parameters.integer("least-pairs", LEAST_PAIRS);
    Parameters learners = parameters.block("learners");
    learners.names().forEach(learner -> als(learner, parameters));
    if (learners.names().isEmpty()) {
      throw parameters.wrong("learners", "has none; there are explicit and implicit");
    }
  }

  @Override
  public Learned learn(ModelDay day) {
    Parameters parameters = day.parameters();
    Dataset<Row> rows =
        Interactions.of(day.examples(), parameters)
            .rows()
            .repartition(parameters.integer("partitions", 1), col(Interactions.USER))
            .sortWithinPartitions(Interactions.USER, Interactions.ITEM)
            .cache();
    try {
      Interactions all = new Interactions(rows);
      requireEnough(all, parameters);
      Map<String, PipelineModel> models = models(all.learnedFrom().rows(), parameters);
      Tried tried = Tried.of(models, all, parameters);
      List<Metric> metrics = tried.metrics();
      Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
      tables.put("training", MetricsTable.of(day.spark(), metrics, tried.chosen()));
      return new Learned(
          Objects.requireNonNull(models.get(tried.chosen())),
          tried.chosen(),
          new StructType()
              .add(parameters.text("user"), rows.schema().apply(Interactions.USER).dataType())
              .add(parameters.text("item"), rows.schema().apply(Interactions.ITEM).dataType())
              .toDDL(),
          "place INT, score DOUBLE, source STRING",
          metrics,
          new TreeMap<>(),
          tables,
          tried);
    } catch (RuntimeException failed) {
      rows.unpersist();
      throw failed;
    }
  }

  @Override
  public Map<String, Dataset<Row>> apply(SavedModel saved, ModelDay day) {
    Parameters parameters = day.parameters();
    Interactions all = Interactions.of(day.subjects(), parameters);
    Lists lists = lists(saved.pipeline(), all.pairs(), parameters);
    return Map.of(
        "", plain(lists.of(all.users()), parameters),
        "users", plain(lists.users(day.spark()), parameters));
  }

  private static Map<String, PipelineModel> models(Dataset<Row> rows, Parameters parameters) {
    Map<String, PipelineModel> models = new LinkedHashMap<>();
    for (String learner : parameters.block("learners").names()) {
      models.put(learner, fit(rows, learner, parameters));
    }
    return models;
  }

  static Lists lists(PipelineModel model, Interactions known, Parameters parameters) {
    return new Lists(
        model, known, parameters.integer("top", LENGTH), parameters.integer("left-out", LEFT_OUT));
  }

  private static Dataset<Row> plain(Dataset<Row> rows, Parameters parameters) {
    return rows.withColumnRenamed(Interactions.USER, parameters.text("user"))
        .withColumnRenamed(Interactions.ITEM, parameters.text("item"));
  }

  private static PipelineModel fit(Dataset<Row> rows, String learner, Parameters parameters) {
    StringIndexer indexer =
        new StringIndexer()
            .setInputCols(new String[] {Interactions.USER, Interactions.ITEM})
            .setOutputCols(new String[] {"_user", "_item"})
            .setStringOrderType("alphabetAsc")
            .setHandleInvalid("keep");
    PipelineStage[] stages = {indexer, als(learner, parameters)};
    return new Pipeline().setStages(stages).fit(rows);
  }

  private static ALS als(String learner, Parameters parameters) {
    if (!learner.equals(EXPLICIT) && !learner.equals(IMPLICIT)) {
      throw parameters
          .block("learners")
          .wrong(learner, "is no learner of this class; there are explicit and implicit");
    }
    boolean isImplicit = learner.equals(IMPLICIT);
    Parameters own = parameters.block("learners").block(learner);
    try {
      return new ALS()
          .setRank(own.integer("rank", 10))
          .setMaxIter(own.integer("max-iterations", 10))
          .setRegParam(own.number("regularization", 0.1))
          .setImplicitPrefs(isImplicit)
          .setAlpha(isImplicit ? own.number("alpha", 1) : 1)
          .setNonnegative(own.flag("non-negative", false))
          // Sums within a block are in the order of its rows, between blocks as they come.
          .setNumBlocks(parameters.integer("partitions", 1))
          .setSeed(parameters.integer("seed"))
          .setUserCol("_user")
          .setItemCol("_item")
          .setRatingCol(Interactions.RATING);
    } catch (IllegalArgumentException outOfRange) {
      throw own.wrong(learner + ": " + outOfRange.getMessage());
    }
  }

  private static void requireEnough(Interactions all, Parameters parameters) {
    long learned = all.learnedFrom().rows().count();
    long held = all.heldOut().rows().count();
    int least = parameters.integer("least-pairs", LEAST_PAIRS);
    if (learned < least || held < least) {
      throw new AssayException(
          ExitCode.NO_DATA,
          "model "
              + parameters.model()
              + " has "
              + learned
              + " interactions to learn from and "
              + held
              + " held back, and needs "
              + least
              + " of each; it is trained on the first day that has them");
    }
  }

  @Override
  public String version() {
    return "5";
  }
}
