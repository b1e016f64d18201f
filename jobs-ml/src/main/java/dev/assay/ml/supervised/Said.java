package dev.assay.ml.supervised;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a learner says of rows, beside what they were, in the order of their keys. */
final class Said {
  private final double[] labels;
  private final double[] said;

  Said(double[] labels, double[] said) {
    this.labels = labels;
    this.said = said;
  }

  /** What they were. */
  double[] labels() {
    return labels;
  }

  /** What it says of them. */
  double[] said() {
    return said;
  }

  static Said of(PipelineModel model, Dataset<Row> rows, Target target, Column[] key) {
    Dataset<Row> transformed = model.transform(rows);
    List<Column> columns = new ArrayList<>(Arrays.asList(key));
    columns.add(col(Examples.LABEL));
    columns.add(target.said(transformed).as("_said"));
    List<Row> sorted =
        transformed
            .select(columns.toArray(Column[]::new))
            // Not orderBy, which has to know where to part them, and makes all rows twice.
            .repartition(1)
            .sortWithinPartitions(key)
            .select(Examples.LABEL, "_said")
            .collectAsList();
    return new Said(
        sorted.stream().mapToDouble(row -> row.getDouble(0)).toArray(),
        sorted.stream().mapToDouble(row -> row.getDouble(1)).toArray());
  }

  /** The same of one who says the same of every row. */
  Said always(double constant) {
    double[] always = new double[labels.length];
    Arrays.fill(always, constant);
    return new Said(labels, always);
  }

  /** These and others after them. */
  Said and(Said more) {
    return new Said(joined(labels, more.labels), joined(said, more.said));
  }

  private static double[] joined(double[] one, double[] other) {
    double[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
