package dev.assay.ml.evaluation;

import dev.assay.model.Metric;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The metrics of the learners of a training, as the rows of its {@code *_training} table. */
public final class MetricsTable {
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "learner string, metric string, value double, low double, high double, chosen boolean");

  private MetricsTable() {}

  /**
   * A row a metric of each learner.
   *
   * @param chosen the learner whose model is the challenger
   */
  public static Dataset<Row> of(SparkSession spark, List<Metric> metrics, String chosen) {
    List<Row> rows =
        metrics.stream()
            .map(
                metric ->
                    RowFactory.create(
                        metric.learner(),
                        metric.metric(),
                        metric.value(),
                        metric.low(),
                        metric.high(),
                        metric.learner().equals(chosen)))
            .toList();
    return spark.createDataFrame(rows, SCHEMA);
  }
}
