package dev.assay.ml.supervised;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/** Fits features and trees to rows, for Spark's own search of what is best by parts of them. */
final class Fitting extends Estimator<PipelineModel> {
  private static final long serialVersionUID = 1;

  private final transient Features features;
  private final PipelineStage learner;
  private final String uid;

  Fitting(Features features, PipelineStage learner) {
    this.features = features;
    this.learner = learner;
    this.uid = "fitting_" + learner.uid();
  }

  @Override
  public PipelineModel fit(Dataset<?> rows) {
    return new Prepared(features, rows.toDF()).fit(learner, false);
  }

  @Override
  public Fitting copy(ParamMap extra) {
    return new Fitting(features, learner.copy(extra));
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
