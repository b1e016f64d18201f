package dev.assay.ml.clusters;

import dev.assay.concurrent.Concurrently;
import dev.assay.ml.Learned;
import dev.assay.ml.SavedModel;
import dev.assay.ml.evaluation.Spread;
import dev.assay.model.Profile;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The trial of clusters: how clear they are in the challenger's space, on all rows, since there is
 * no answer that could be held back. The baseline is as many clusters of as many points that have
 * none, spread evenly over the range of each feature (Tibshirani, Walther and Hastie, "Estimating
 * the number of clusters in a data set via the gap statistic", 2001): K-means parts anything, and
 * what it parts is always clearer than one heap. Since it finds now better, now worse clusters, it
 * is the clearest of several such sets of points.
 */
final class AllRows implements Learned.Trial {
  private static final int SETS = 5;
  private static final int FITS_AT_ONCE = 4;

  private final Dataset<Row> prepared;
  private final Space space;
  private final KMeans parting;
  private final KMeansModel challengers;
  private final List<String> key;
  private final Silhouettes silhouettes;

  /**
   * A trial.
   *
   * @param prepared the rows, with their features
   * @param space of the features
   * @param parting how the challenger's clusters were found
   * @param challengers these clusters
   * @param key tells the rows apart
   */
  AllRows(
      Dataset<Row> prepared,
      Space space,
      KMeans parting,
      KMeansModel challengers,
      List<String> key) {
    this.prepared = prepared;
    this.space = space;
    this.parting = parting;
    this.challengers = challengers;
    this.key = key;
    this.silhouettes =
        new Silhouettes(
            sorted(prepared, Space.VECTOR).stream()
                .map(row -> ((Vector) row.get(0)).toArray())
                .toArray(double[][]::new));
  }

  @Override
  public String loss() {
    return "1 - simplified silhouette";
  }

  @Override
  public double[] challenger() {
    return silhouettes.losses(clusters(challengers.transform(prepared)));
  }

  @Override
  public double[] baseline() {
    SplittableRandom random = new SplittableRandom(parting.getSeed());
    List<double[][]> sets = Stream.generate(() -> silhouettes.evenly(random)).limit(SETS).toList();
    return Concurrently.map(sets, FITS_AT_ONCE, this::parted).stream()
        .min(Comparator.comparingDouble(losses -> Arrays.stream(losses).sum()))
        .orElseThrow();
  }

  private double[] parted(double[][] even) {
    SparkSession.setActiveSession(prepared.sparkSession());
    List<Row> points =
        Arrays.stream(even).map(point -> RowFactory.create(Vectors.dense(point))).toList();
    Dataset<Row> rows =
        prepared
            .sparkSession()
            .createDataFrame(points, new StructType().add(Space.VECTOR, new VectorUDT()))
            .coalesce(1)
            .cache();
    try {
      int[] clusters =
          parting.fit(rows).transform(rows).select("prediction").collectAsList().stream()
              .mapToInt(row -> row.getInt(0))
              .toArray();
      return new Silhouettes(even).losses(clusters);
    } finally {
      rows.unpersist();
    }
  }

  @Override
  public Learned.Other of(SavedModel other) {
    // Of the columns that the challenger's own stages added, the other's stages make their own.
    Dataset<Row> plain =
        prepared.drop(space.columns().toArray(String[]::new)).drop("_unscaled", Space.VECTOR);
    Dataset<Row> others = other.pipeline().transform(plain);
    return new Learned.Other(
        silhouettes.losses(clusters(others)), Spread.in(other.record().profiles(), others));
  }

  @Override
  public boolean isAgeing() {
    return false;
  }

  @Override
  public List<Profile> profiles() {
    return Spread.of(prepared.selectExpr(space.columns().toArray(String[]::new)));
  }

  private int[] clusters(Dataset<Row> clustered) {
    return sorted(clustered, "prediction").stream().mapToInt(row -> row.getInt(0)).toArray();
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
