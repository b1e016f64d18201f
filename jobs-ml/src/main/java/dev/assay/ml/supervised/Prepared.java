package dev.assay.ml.supervised;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.ml.util.HasTrainingSummary;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * Rows to learn from, for any number of learners: what they say of columns is learned once, and
 * they become vectors once for the learners that take them alike. A pipeline of Spark's alone would
 * not do, since rows that are learned from have other means than those that it is used on: {@link
 * Encodings}. What a learner gives is one.
 */
final class Prepared {
  private final Features features;
  private final Dataset<Row> rows;
  private final Map<Boolean, Vectors> vectors = new HashMap<>();
  private @Nullable Encodings encodings;

  Prepared(Features features, Dataset<Row> rows) {
    this.features = features;
    this.rows = rows;
  }

  /** As they were given. */
  Dataset<Row> rows() {
    return rows;
  }

  /** What makes vectors of rows, and those of the rows to learn from, with their labels. */
  private record Vectors(List<PipelineStage> stages, Dataset<Row> rows) {}

  /**
   * Learns from them.
   *
   * @param isLinear whether the learner weighs numbers
   */
  PipelineModel fit(PipelineStage learner, boolean isLinear) {
    Vectors made = vectors(isLinear);
    List<PipelineStage> stages = new ArrayList<>(made.stages());
    for (Transformer stage : pipeline(List.of(learner)).fit(made.rows()).stages()) {
      if (stage instanceof HasTrainingSummary<?> learned) {
        // It holds the session, which no task can be sent with once it has observed rows.
        learned.setSummary(Option.empty());
      }
      stages.add(stage);
    }
    // They are fitted, and become a model as they are.
    return pipeline(stages).fit(rows.limit(0));
  }

  /** The deviation of each element of the vectors that a linear learner takes. */
  Vector deviations() {
    return vectors(true)
        .rows()
        .select(Summarizer.std(functions.col(Features.VECTOR)))
        .first()
        .getAs(0);
  }

  private synchronized Vectors vectors(boolean isLinear) {
    return vectors.computeIfAbsent(isLinear, this::made);
  }

  private Vectors made(boolean isLinear) {
    List<PipelineStage> stages = new ArrayList<>();
    Dataset<Row> learnedFrom = rows;
    if (features.isEncoding()) {
      stages.addAll(encodings().stages());
      learnedFrom = encodings().toLearnFrom(rows);
    }
    PipelineModel fitted = pipeline(features.stages(isLinear)).fit(learnedFrom);
    stages.addAll(Arrays.asList(fitted.stages()));
    // A learner takes many turns, and every task of each would bring all that the rows were made
    // of, the encodings among it: ten megabytes, which took longer to send than to learn from.
    return new Vectors(
        stages,
        fitted.transform(learnedFrom).select(Features.VECTOR, Examples.LABEL).localCheckpoint());
  }

  private Encodings encodings() {
    Encodings known = encodings;
    if (known == null) {
      known = Encodings.of(features, rows);
      encodings = known;
    }
    return known;
  }

  private static Pipeline pipeline(List<PipelineStage> stages) {
    return new Pipeline().setStages(stages.toArray(PipelineStage[]::new));
  }
}
