package dev.assay.ml.supervised;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.feature.UnivariateFeatureSelector;
import org.apache.spark.ml.feature.UnivariateFeatureSelectorModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Leaves out features that say nothing of the label by an F test, but for the one that says most:
 * of rows in which none does, as of answers that were shuffled, a learner still needs a vector.
 */
final class Selection extends Estimator<UnivariateFeatureSelectorModel> {
  private static final long serialVersionUID = 1;

  private final UnivariateFeatureSelector selector;

  /** What has a greater p-value is left out. */
  Selection(double most, String from, String to) {
    this(
        new UnivariateFeatureSelector()
            .setFeatureType("continuous")
            .setLabelType("continuous")
            .setSelectionMode("fpr")
            .setSelectionThreshold(most)
            .setFeaturesCol(from)
            .setLabelCol(Examples.LABEL)
            .setOutputCol(to));
  }

  private Selection(UnivariateFeatureSelector selector) {
    this.selector = selector;
  }

  @Override
  public UnivariateFeatureSelectorModel fit(Dataset<?> rows) {
    UnivariateFeatureSelectorModel model = selector.fit(rows);
    return model.selectedFeatures().length > 0
        ? model
        : selector
            .copy(ParamMap.empty())
            .setSelectionMode("numTopFeatures")
            .setSelectionThreshold(1)
            .fit(rows);
  }

  @Override
  public Selection copy(ParamMap extra) {
    return new Selection(selector.copy(extra));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return selector.transformSchema(schema);
  }

  @Override
  public String uid() {
    return selector.uid();
  }
}
