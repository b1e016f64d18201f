package dev.assay.ml.supervised;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Fits features and trees to rows, for Spark's own search of what is best by parts of them; each
 * part is prepared once for all that is tried on it.
 */
final class Fitting extends Estimator<PipelineModel> {
  private static final long serialVersionUID = 1;

  private final transient Features features;
  private final PipelineStage learner;
  private final transient Map<Dataset<?>, Prepared> parts;
  private final String uid;

  Fitting(Features features, PipelineStage learner) {
    this(features, learner, new ConcurrentHashMap<>());
  }

  private Fitting(Features features, PipelineStage learner, Map<Dataset<?>, Prepared> parts) {
    this.features = features;
    this.learner = learner;
    this.parts = parts;
    this.uid = "fitting_" + learner.uid();
  }

  @Override
  public PipelineModel fit(Dataset<?> rows) {
    return parts
        .computeIfAbsent(rows, part -> new Prepared(features, part.toDF()))
        .fit(learner, false);
  }

  @Override
  public Fitting copy(ParamMap extra) {
    return new Fitting(features, learner.copy(extra), parts);
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
