package dev.assay.ml.clusters;

import dev.assay.ml.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The space in which rows are near or far: expressions over their columns, each scaled to mean 0
 * and deviation 1.
 *
 * @param names of the features, in the order of the alphabet
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
    PipelineStage[] stages = {
      new SQLTransformer().setStatement("SELECT *, " + selected() + " FROM __THIS__"),
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

  private String selected() {
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      selected.add("CAST(" + expressions.get(i) + " AS DOUBLE) AS " + PREFIX + names.get(i));
    }
    return String.join(", ", selected);
  }

  /** The key and what the expressions read of rows, with their types, as DDL. */
  String takes(List<String> key, Dataset<Row> rows) {
    LogicalPlan plan =
        new SQLTransformer()
            .setStatement("SELECT " + selected() + " FROM __THIS__")
            // Their own plan names what their query reads, too.
            .transform(rows.sparkSession().createDataFrame(List.<Row>of(), rows.schema()))
            .queryExecution()
            .analyzed();
    // Spark has them as the expressions write them, not as the rows do.
    Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    taken.addAll(key);
    addRead(plan, taken);
    StructType takes = new StructType();
    for (StructField field : rows.schema().fields()) {
      if (taken.contains(field.name())) {
        takes = takes.add(field.name(), field.dataType(), true);
      }
    }
    return takes.toDDL();
  }

  private static void addRead(LogicalPlan plan, Set<String> read) {
    CollectionConverters.asJava(plan.references().toSeq())
        .forEach(attribute -> read.add(attribute.name()));
    CollectionConverters.asJava(plan.children()).forEach(child -> addRead(child, read));
  }
}
