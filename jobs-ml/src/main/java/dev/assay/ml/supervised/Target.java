package dev.assay.ml.supervised;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import dev.assay.ml.evaluation.Classifications;
import dev.assay.ml.evaluation.Regressions;
import dev.assay.model.Metric;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What is learned: how wrong a prediction of it is, and how that is told. */
enum Target {
  /** A value; its loss is the squared error, its baseline the mean. */
  VALUE("squared error", "mean", "prediction"),

  /** Whether it is so, as a probability; its loss is the log loss, its baseline the base rate. */
  YES_OR_NO("log loss", "base_rate", "probability");

  private final String loss;
  private final String baseline;
  private final String output;

  Target(String loss, String baseline, String output) {
    this.loss = loss;
    this.baseline = baseline;
    this.output = output;
  }

  String loss() {
    return loss;
  }

  /** The baseline that says the same of every row: the mean of the labels. */
  String baseline() {
    return baseline;
  }

  /** The column in which it is told. */
  String output() {
    return output;
  }

  /** The kinds of learners that learn it. */
  List<String> learners() {
    return this == VALUE
        ? List.of("linear", "forest", "boosting", "tuned-forest")
        : List.of("linear", "logistic", "forest", "boosting");
  }

  /** What a learner's columns say. */
  Column said(Dataset<Row> transformed) {
    if (this == VALUE) {
      return col("prediction");
    }
    return Arrays.asList(transformed.columns()).contains("probability")
        ? vector_to_array(col("probability"), "float64").getItem(1)
        : greatest(lit(0.0), least(lit(1.0), col("prediction")));
  }

  double[] losses(double[] labels, double[] said) {
    return this == VALUE ? Regressions.losses(labels, said) : Classifications.losses(labels, said);
  }

  List<Metric> metrics(String learner, double[] labels, double[] said, long seed) {
    return this == VALUE
        ? Regressions.metrics(learner, labels, said, seed)
        : Classifications.metrics(learner, labels, said, seed);
  }
}
