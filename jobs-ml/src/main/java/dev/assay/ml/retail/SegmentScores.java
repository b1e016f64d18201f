package dev.assay.ml.retail;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** What a model says of customers: rows of customer_segments. */
final class SegmentScores {
  private SegmentScores() {}

  static Dataset<Row> of(
      PipelineModel pipeline, Map<Integer, String> names, String version, Dataset<Row> customers) {
    Vector[] centres = kMeans(pipeline).clusterCenters();
    UDF2<Vector, Integer, Double> toCentre =
        (features, cluster) -> Math.sqrt(Vectors.sqdist(features, centres[cluster]));
    UserDefinedFunction distance = udf(toCentre, DataTypes.DoubleType);
    return pipeline
        .transform(customers.drop("segment"))
        .select(
            col("customer_id"),
            col("prediction").as("cluster"),
            name(names).as("segment"),
            distance.apply(col("features"), col("prediction")).as("distance"),
            lit(version).as("model_version"));
  }

  private static Column name(Map<Integer, String> names) {
    Column name = lit(null).cast("string");
    for (Map.Entry<Integer, String> entry : names.entrySet()) {
      name =
          functions
              .when(col("prediction").equalTo(entry.getKey()), lit(entry.getValue()))
              .otherwise(name);
    }
    return name;
  }

  private static KMeansModel kMeans(PipelineModel pipeline) {
    Transformer[] stages = pipeline.stages();
    return (KMeansModel) stages[stages.length - 1];
  }
}
