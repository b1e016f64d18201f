package dev.assay.ml.clusters;

import static org.apache.spark.sql.functions.col;

import dev.assay.ml.Learned;
import dev.assay.ml.SavedModel;
import dev.assay.ml.evaluation.Spread;
import dev.assay.model.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The trial of clusters: how clear they are in the challenger's space, on all rows, since there is
 * no answer that could be held back. The baseline is a single cluster, whose silhouette is 0.
 */
record AllRows(Dataset<Row> prepared, Space space, KMeansModel challengers, List<String> key)
    implements Learned.Trial {

  @Override
  public String loss() {
    return "1 - simplified silhouette";
  }

  @Override
  public double[] challenger() {
    return silhouettes().losses(clusters(challengers));
  }

  @Override
  public double[] baseline() {
    double[] none = new double[clusters(challengers).length];
    Arrays.fill(none, 1);
    return none;
  }

  @Override
  public double[] of(SavedModel other) {
    // Of the columns that the challenger's own stages added, the other's stages make their own.
    Dataset<Row> plain =
        prepared.drop(space.columns().toArray(String[]::new)).drop("_unscaled", Space.VECTOR);
    return silhouettes().losses(clusters(other.pipeline(), plain));
  }

  @Override
  public List<Profile> profiles() {
    return Spread.of(watched());
  }

  @Override
  public List<Profile> in(List<Profile> others) {
    return Spread.in(others, watched());
  }

  private Dataset<Row> watched() {
    List<Column> columns = new ArrayList<>();
    space.columns().forEach(column -> columns.add(col(column)));
    return prepared.select(columns.toArray(Column[]::new));
  }

  private Silhouettes silhouettes() {
    return new Silhouettes(
        sorted(prepared, Space.VECTOR).stream()
            .map(row -> ((Vector) row.get(0)).toArray())
            .toArray(double[][]::new));
  }

  private int[] clusters(Transformer model) {
    return clusters(model, prepared);
  }

  private int[] clusters(Transformer model, Dataset<Row> rows) {
    return sorted(model.transform(rows), "prediction").stream()
        .mapToInt(row -> row.getInt(0))
        .toArray();
  }

  private List<Row> sorted(Dataset<Row> rows, String column) {
    Column[] keys = key.stream().map(org.apache.spark.sql.functions::col).toArray(Column[]::new);
    return rows.orderBy(keys).select(column).collectAsList();
  }

  @Override
  public void close() {
    prepared.unpersist();
  }
}
