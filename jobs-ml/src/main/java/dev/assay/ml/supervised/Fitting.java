package dev.assay.ml.supervised;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.HasTrainingSummary;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * Fits features and a learner to rows. A pipeline of Spark's alone would not do, since rows that
 * are learned from have other means than those that it is used on: {@link Encodings}. What it gives
 * is one.
 */
final class Fitting extends Estimator<PipelineModel> {
  private static final long serialVersionUID = 1;

  private final transient Features features;
  private final boolean isLinear;
  private final PipelineStage learner;
  private final String uid;

  Fitting(Features features, boolean isLinear, PipelineStage learner) {
    this.features = features;
    this.isLinear = isLinear;
    this.learner = learner;
    this.uid = "fitting_" + learner.uid();
  }

  @Override
  public PipelineModel fit(Dataset<?> given) {
    Dataset<Row> rows = given.toDF();
    List<PipelineStage> stages = new ArrayList<>();
    Dataset<Row> learnedFrom = rows;
    if (features.isEncoding()) {
      Encodings encodings = Encodings.of(features, rows);
      stages.addAll(encodings.stages());
      learnedFrom = encodings.toLearnFrom(rows);
    }
    PipelineModel vectors = pipeline(features.stages(isLinear)).fit(learnedFrom);
    stages.addAll(Arrays.asList(vectors.stages()));
    // A learner takes many turns, and every task of each would bring all that the rows were made
    // of, the encodings among it: ten megabytes, which took longer to send than to learn from.
    Dataset<Row> made =
        vectors.transform(learnedFrom).select(Features.VECTOR, Examples.LABEL).localCheckpoint();
    for (Transformer stage : pipeline(List.of(learner)).fit(made).stages()) {
      if (stage instanceof HasTrainingSummary<?> learned) {
        // It holds the session, which no task can be sent with once it has observed rows.
        learned.setSummary(Option.empty());
      }
      stages.add(stage);
    }
    // They are fitted, and become a model as they are.
    return pipeline(stages).fit(rows.limit(0));
  }

  private static Pipeline pipeline(List<PipelineStage> stages) {
    return new Pipeline().setStages(stages.toArray(PipelineStage[]::new));
  }

  @Override
  public Fitting copy(ParamMap extra) {
    return new Fitting(features, isLinear, learner.copy(extra));
  }

  /** What it adds depends on the rows. */
  @Override
  public StructType transformSchema(StructType schema) {
    return schema;
  }

  @Override
  public String uid() {
    return uid;
  }
}
