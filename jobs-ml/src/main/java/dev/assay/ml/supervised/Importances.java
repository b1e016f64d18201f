package dev.assay.ml.supervised;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.ml.regression.RandomForestRegressionModel;
import org.apache.spark.sql.types.StructType;

/**
 * How much each feature weighs in a learner, as shares of all: of trees by the impurity that its
 * splits take away, of linear learners by its coefficient times its deviation.
 */
final class Importances {
  private Importances() {}

  /**
   * By the names of features, those that weigh most first.
   *
   * @param rows what the model learned from
   */
  static Map<String, Double> of(PipelineModel model, Prepared rows) {
    double[] weights = weights(model, rows);
    List<String> names = names(model.transform(rows.rows().limit(0)).schema(), weights.length);
    double sum = Arrays.stream(weights).sum();
    Map<String, Double> shares = new LinkedHashMap<>();
    java.util.stream.IntStream.range(0, weights.length)
        .boxed()
        .sorted((one, other) -> Double.compare(weights[other], weights[one]))
        .forEach(i -> shares.put(names.get(i), sum == 0 ? 0 : weights[i] / sum));
    return shares;
  }

  private static double[] weights(PipelineModel model, Prepared rows) {
    Transformer[] stages = model.stages();
    Transformer last = stages[stages.length - 1];
    if (last instanceof RandomForestRegressionModel forest) {
      return forest.featureImportances().toArray();
    } else if (last instanceof GBTRegressionModel boosting) {
      return boosting.featureImportances().toArray();
    } else if (last instanceof RandomForestClassificationModel forest) {
      return forest.featureImportances().toArray();
    } else if (last instanceof GBTClassificationModel boosting) {
      return boosting.featureImportances().toArray();
    } else if (last instanceof LinearRegressionModel linear) {
      return weighed(linear.coefficients(), rows);
    } else {
      return weighed(((LogisticRegressionModel) last).coefficients(), rows);
    }
  }

  private static double[] weighed(Vector coefficients, Prepared rows) {
    Vector deviations = rows.deviations();
    double[] weights = coefficients.toArray().clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.abs(weights[i]) * deviations.apply(i);
    }
    return weights;
  }

  private static List<String> names(StructType transformed, int length) {
    AttributeGroup group = AttributeGroup.fromStructField(transformed.apply(Features.NAMED));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      String name = "feature " + i;
      if (group.attributes().isDefined()) {
        Attribute attribute = group.getAttr(i);
        name = attribute.name().isDefined() ? attribute.name().get() : name;
      }
      names.add(Features.plain(name));
    }
    return names;
  }
}
