package dev.assay.ml.clusters;

import dev.assay.ml.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The space in which rows are near or far: expressions over their columns, each scaled to mean 0
 * and deviation 1.
 *
 * @param names of the features, in the order of conf
 * @param expressions in SQL
 */
record Space(List<String> names, List<String> expressions) {
  static final String VECTOR = "features";
  private static final String PREFIX = "_feature_";

  static Space of(Parameters parameters) {
    Parameters features = parameters.block("features");
    List<String> names = features.names();
    return new Space(names, names.stream().map(features::text).toList());
  }

  /** The columns that hold the features before they are scaled. */
  List<String> columns() {
    return names.stream().map(name -> PREFIX + name).toList();
  }

  PipelineModel fit(Dataset<Row> rows) {
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      selected.add("CAST(" + expressions.get(i) + " AS DOUBLE) AS " + PREFIX + names.get(i));
    }
    PipelineStage[] stages = {
      new SQLTransformer()
          .setStatement("SELECT *, " + String.join(", ", selected) + " FROM __THIS__"),
      new VectorAssembler()
          .setInputCols(columns().toArray(String[]::new))
          .setOutputCol("_unscaled"),
      new StandardScaler()
          .setInputCol("_unscaled")
          .setOutputCol(VECTOR)
          .setWithMean(true)
          .setWithStd(true)
    };
    return new Pipeline().setStages(stages).fit(rows);
  }

  /** The rows' schema without what only this run knows, as DDL. */
  static String takes(StructType rows, List<String> columns) {
    StructType taken = new StructType();
    for (String column : columns) {
      taken = taken.add(column, rows.apply(column).dataType(), true);
    }
    return taken.toDDL();
  }
}
