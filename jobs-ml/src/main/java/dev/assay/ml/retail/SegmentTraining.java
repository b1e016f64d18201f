package dev.assay.ml.retail;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.assay.concurrent.Concurrently;
import dev.assay.config.ModelConfig;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.LakeStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * One training: K-means for each number of clusters in a range, the one with the greatest mean
 * silhouette chosen (Rousseeuw, "Silhouettes", 1987), the smaller number on a tie.
 *
 * <p>Frequency and monetary value are spread over orders of magnitude, so that a few large
 * customers would be clusters of their own: their logarithm is taken (with its sign, as net value
 * can be negative), and every feature is scaled to mean 0 and deviation 1.
 *
 * @param pipeline from a customer_rfm row to a cluster, whole
 * @param version the model's name: its date and what was learned, equal for equal input
 * @param tried what each number of clusters gave
 * @param clusters the profiles of the chosen one's clusters
 */
record SegmentTraining(
    PipelineModel pipeline, String version, List<Tried> tried, List<SegmentProfile> clusters) {
  private static final String FEATURES = "features";
  private static final int VERSION_DIGITS = 12;
  private static final int FITS_AT_ONCE = 4;
  private static final String LOGARITHMS =
      "SELECT *, CAST(recency_days AS DOUBLE) AS _recency, log1p(CAST(frequency AS DOUBLE)) AS"
          + " _frequency, signum(CAST(monetary AS DOUBLE)) * log1p(abs(CAST(monetary AS DOUBLE)))"
          + " AS _monetary FROM __THIS__";

  /**
   * What a number of clusters gave.
   *
   * @param k the number of clusters
   * @param cost the sum of squared distances to the centres
   * @param silhouette the mean silhouette
   * @param chosen whether it was chosen
   */
  record Tried(int k, double cost, double silhouette, boolean chosen) {}

  /**
   * How to train.
   *
   * @param least the least number of clusters
   * @param most the greatest
   * @param seed of the first centres
   * @param iterations at most
   */
  record Settings(int least, int most, long seed, int iterations) {

    static Settings from(ModelConfig model) {
      Config parameters = model.parameters();
      try {
        return new Settings(
            parameters.getInt("k-min"),
            parameters.getInt("k-max"),
            parameters.getLong("seed"),
            parameters.getInt("max-iterations"));
      } catch (ConfigException e) {
        throw new AssayException(
            ExitCode.USAGE,
            "the parameters of model " + model.name() + " are wrong: " + e.getMessage(),
            e);
      }
    }
  }

  /** A number of clusters, fitted. */
  private record Fitted(KMeansModel model, double silhouette) {}

  /**
   * Trains on customers.
   *
   * @param customers rows of customer_rfm
   * @param name the first part of the model's version
   * @throws AssayException with NO_DATA if there are too few customers to be clustered
   */
  static SegmentTraining train(Dataset<Row> customers, Settings settings, String name) {
    // In one order and one partition before anything is summed: a sum of doubles depends on its
    // order, and the last bit of a mean would make another model of the same customers.
    Dataset<Row> ordered = customers.coalesce(1).sortWithinPartitions("customer_id");
    PipelineModel preparation = preparation(ordered);
    Dataset<Row> prepared = preparation.transform(ordered).cache();
    try {
      List<Fitted> fitted = fit(prepared, settings);
      Fitted best =
          fitted.stream()
              .reduce((left, right) -> right.silhouette() > left.silhouette() ? right : left)
              .orElseThrow(() -> tooFew(settings, 0));
      List<Tried> tried = new ArrayList<>();
      for (Fitted one : fitted) {
        tried.add(
            new Tried(
                one.model().getK(),
                one.model().summary().trainingCost(),
                one.silhouette(),
                one.model().getK() == best.model().getK()));
      }
      List<PipelineStage> stages = new ArrayList<>(Arrays.asList(preparation.stages()));
      stages.add(best.model());
      PipelineModel whole =
          new Pipeline().setStages(stages.toArray(PipelineStage[]::new)).fit(customers);
      return new SegmentTraining(
          whole, name + "-" + digest(best, tried), tried, profiles(best.model(), prepared));
    } finally {
      prepared.unpersist();
    }
  }

  /** Saves the model under a path of the lake, once: equal models have equal versions. */
  void save(LakeStore lake, String path) {
    String complete = path + ".complete";
    if (lake.exists(complete)) {
      return;
    }
    try {
      pipeline.write().overwrite().save(lake.path(path).toString());
    } catch (IOException e) {
      throw new UncheckedIOException("could not save the model to " + path, e);
    }
    lake.createIfAbsent(complete, version.getBytes(StandardCharsets.UTF_8));
  }

  /** Rows of customer_segments_training. */
  Dataset<Row> figures(SparkSession spark, String path) {
    List<Row> rows = new ArrayList<>();
    for (Tried one : tried) {
      rows.add(
          RowFactory.create(one.k(), one.cost(), one.silhouette(), one.chosen(), version, path));
    }
    return spark.createDataFrame(
        rows,
        StructType.fromDDL(
            "k int, cost double, silhouette double, chosen boolean, model_version string,"
                + " model_path string"));
  }

  /** Rows of customer_segments_profiles. */
  Dataset<Row> profiles(SparkSession spark) {
    return SegmentProfile.rows(spark, clusters, version);
  }

  /** The names of the clusters, by their numbers. */
  Map<Integer, String> names() {
    return SegmentProfile.names(clusters);
  }

  private static PipelineModel preparation(Dataset<Row> customers) {
    SQLTransformer logarithms = new SQLTransformer().setStatement(LOGARITHMS);
    VectorAssembler assembler =
        new VectorAssembler()
            .setInputCols(new String[] {"_recency", "_frequency", "_monetary"})
            .setOutputCol("unscaled");
    StandardScaler scaler =
        new StandardScaler()
            .setInputCol("unscaled")
            .setOutputCol(FEATURES)
            .setWithMean(true)
            .setWithStd(true);
    return new Pipeline()
        .setStages(new PipelineStage[] {logarithms, assembler, scaler})
        .fit(customers);
  }

  private static List<Fitted> fit(Dataset<Row> prepared, Settings settings) {
    long distinct = prepared.select("_recency", "_frequency", "_monetary").distinct().count();
    if (distinct <= settings.least()) {
      throw tooFew(settings, distinct);
    }
    List<Integer> numbers =
        IntStream.rangeClosed(settings.least(), (int) Math.min(settings.most(), distinct - 1))
            .boxed()
            .toList();
    // Each is many small jobs that wait for each other, so that several keep the cores busy.
    return Concurrently.map(numbers, FITS_AT_ONCE, k -> fit(prepared, settings, k));
  }

  private static Fitted fit(Dataset<Row> prepared, Settings settings, int k) {
    SparkSession.setActiveSession(prepared.sparkSession());
    KMeansModel model =
        new KMeans()
            .setK(k)
            .setSeed(settings.seed())
            .setMaxIter(settings.iterations())
            .setFeaturesCol(FEATURES)
            .fit(prepared);
    ClusteringEvaluator silhouette = new ClusteringEvaluator().setFeaturesCol(FEATURES);
    return new Fitted(model, silhouette.evaluate(model.transform(prepared)));
  }

  private static AssayException tooFew(Settings settings, long distinct) {
    return new AssayException(
        ExitCode.NO_DATA,
        "there are only "
            + distinct
            + " different customers to cluster, and "
            + (settings.least() + 1)
            + " are needed; the model is trained on the first day that has them");
  }

  private static List<SegmentProfile> profiles(KMeansModel model, Dataset<Row> prepared) {
    List<Row> means =
        model
            .transform(prepared)
            .groupBy("prediction")
            .agg(
                count(lit(1)),
                avg(col("recency_days")),
                avg(col("frequency")),
                avg(col("monetary").cast("double")))
            .collectAsList();
    return SegmentProfile.named(means);
  }

  private static String digest(Fitted best, List<Tried> tried) {
    String learned = Arrays.toString(best.model().clusterCenters()) + tried;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(learned.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, VERSION_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
