package dev.assay.ml.clusters;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.assay.concurrent.Concurrently;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ml.Learned;
import dev.assay.ml.Model;
import dev.assay.ml.ModelDay;
import dev.assay.ml.Parameters;
import dev.assay.ml.SavedModel;
import dev.assay.model.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Parts rows into clusters: K-means for each number of clusters in a range, the one with the
 * greatest mean silhouette chosen (Rousseeuw, "Silhouettes", 1987), the smaller number on a tie.
 * Parameters as in {@code conf/README.md}. Its scores have the key of a row, {@code cluster},
 * {@code segment} and {@code distance}; its own tables are {@code training}, a row a number of
 * clusters, and {@code profiles}, a row a cluster.
 */
public final class Segmentation implements Model {
  private static final int FITS_AT_ONCE = 4;
  private static final String CLUSTER = "cluster ";
  private static final StructType TRAINING =
      StructType.fromDDL("k int, cost double, silhouette double, reading string, chosen boolean");

  /** A number of clusters, fitted. */
  private record Fitted(KMeansModel model, double silhouette) {}

  @Override
  public void read(Parameters parameters) {
    if (parameters.texts("key").isEmpty()) {
      throw parameters.wrong("key", "is missing; give the columns that tell rows apart");
    }
    if (Space.of(parameters).names().isEmpty()) {
      throw parameters.wrong("features", "has none; give SQL by name");
    }
    Naming.of(parameters);
    parameters.integer("partitions", 1);
    int least = parameters.integer("k-min");
    int most = parameters.integer("k-max");
    if (least < 2 || most < least) {
      throw parameters.wrong(
          "k-min", "is " + least + " and k-max " + most + "; give numbers of clusters from 2 on");
    }
    try {
      parting(least, parameters);
    } catch (IllegalArgumentException outOfRange) {
      throw parameters.wrong(String.valueOf(outOfRange.getMessage()));
    }
  }

  @Override
  public Learned learn(ModelDay day) {
    Parameters parameters = day.parameters();
    Space space = Space.of(parameters);
    Dataset<Row> examples = ordered(day.examples(), parameters);
    PipelineModel preparation = space.fit(examples);
    Dataset<Row> prepared = preparation.transform(examples).cache();
    try {
      List<Fitted> fitted = fit(prepared, space, parameters);
      Fitted best =
          fitted.stream()
              .reduce((one, next) -> next.silhouette() > one.silhouette() ? next : one)
              .orElseThrow();
      List<PipelineStage> stages = new ArrayList<>(Arrays.asList(preparation.stages()));
      stages.add(best.model());
      PipelineModel whole =
          new Pipeline().setStages(stages.toArray(PipelineStage[]::new)).fit(examples);
      Dataset<Row> profiles = profiles(best.model().transform(prepared), parameters);
      List<Row> means = profiles.collectAsList();
      Map<Integer, String> names = Naming.of(parameters).names(means(means, parameters));
      Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
      tables.put("training", training(day.spark(), fitted, best));
      tables.put("profiles", named(day.spark(), profiles.schema(), means, names));
      return new Learned(
          whole,
          "k-means, k = " + best.model().getK(),
          space.takes(parameters.texts("key"), day.examples()),
          "cluster INT, segment STRING, distance DOUBLE",
          metrics(fitted),
          notes(names),
          tables,
          new AllRows(
              prepared,
              space,
              parting(best.model().getK(), parameters),
              best.model(),
              parameters.texts("key")));
    } catch (RuntimeException failed) {
      prepared.unpersist();
      throw failed;
    }
  }

  @Override
  public Map<String, Dataset<Row>> apply(SavedModel saved, ModelDay day) {
    Vector[] centres = kMeans(saved.pipeline()).clusterCenters();
    UDF2<Vector, Integer, Double> toCentre =
        (features, cluster) -> Math.sqrt(Vectors.sqdist(features, centres[cluster]));
    UserDefinedFunction distance = udf(toCentre, DataTypes.DoubleType);
    Column name = lit(null).cast("string");
    for (Map.Entry<String, String> note : saved.record().notes().entrySet()) {
      int cluster = Integer.parseInt(note.getKey().substring(CLUSTER.length()));
      name = when(col("prediction").equalTo(cluster), lit(note.getValue())).otherwise(name);
    }
    List<Column> columns = new ArrayList<>();
    day.parameters().texts("key").forEach(key -> columns.add(col(key)));
    columns.add(col("prediction").as("cluster"));
    columns.add(name.as("segment"));
    columns.add(distance.apply(col(Space.VECTOR), col("prediction")).as("distance"));
    return Map.of(
        "", saved.pipeline().transform(day.subjects()).select(columns.toArray(Column[]::new)));
  }

  @Override
  public String version() {
    return "5";
  }

  /**
   * Rows in one order and a fixed number of partitions: a sum of doubles depends on its order, and
   * the last bit of a mean would make another model of the same rows.
   */
  private static Dataset<Row> ordered(Dataset<Row> rows, Parameters parameters) {
    Column[] key =
        parameters.texts("key").stream()
            .map(org.apache.spark.sql.functions::col)
            .toArray(Column[]::new);
    int partitions = parameters.integer("partitions", 1);
    return (partitions == 1 ? rows.coalesce(1) : rows.repartition(partitions, key))
        .sortWithinPartitions(key);
  }

  private static List<Fitted> fit(Dataset<Row> prepared, Space space, Parameters parameters) {
    int least = parameters.integer("k-min");
    long distinct = prepared.selectExpr(space.columns().toArray(String[]::new)).distinct().count();
    if (distinct <= least) {
      throw new AssayException(
          ExitCode.NO_DATA,
          "model "
              + parameters.model()
              + " has only "
              + distinct
              + " different rows to part, and "
              + (least + 1)
              + " are needed; it is trained on the first day that has them");
    }
    List<Integer> numbers =
        IntStream.rangeClosed(least, (int) Math.min(parameters.integer("k-max"), distinct - 1))
            .boxed()
            .toList();
    // Each is many small jobs that wait for each other, so that several keep the cores busy.
    return Concurrently.map(
        numbers,
        FITS_AT_ONCE,
        k -> {
          SparkSession.setActiveSession(prepared.sparkSession());
          KMeansModel model = parting(k, parameters).fit(prepared);
          ClusteringEvaluator silhouette = new ClusteringEvaluator().setFeaturesCol(Space.VECTOR);
          return new Fitted(model, silhouette.evaluate(model.transform(prepared)));
        });
  }

  private static KMeans parting(int k, Parameters parameters) {
    return new KMeans()
        .setK(k)
        .setSeed(parameters.integer("seed"))
        .setMaxIter(parameters.integer("max-iterations"))
        .setFeaturesCol(Space.VECTOR);
  }

  private static Dataset<Row> training(SparkSession spark, List<Fitted> fitted, Fitted best) {
    List<Row> rows = new ArrayList<>();
    for (Fitted one : fitted) {
      rows.add(
          RowFactory.create(
              one.model().getK(),
              one.model().summary().trainingCost(),
              one.silhouette(),
              reading(one.silhouette()),
              one.model().getK() == best.model().getK()));
    }
    return spark.createDataFrame(rows, TRAINING);
  }

  /** As Kaufman and Rousseeuw read it, "Finding Groups in Data" (1990), table 4. */
  private static String reading(double silhouette) {
    if (silhouette > 0.7) {
      return "strong";
    } else if (silhouette > 0.5) {
      return "reasonable";
    }
    return silhouette > 0.25 ? "weak, and could be artificial" : "none";
  }

  private static List<Metric> metrics(List<Fitted> fitted) {
    List<Metric> metrics = new ArrayList<>();
    for (Fitted one : fitted) {
      String learner = "k = " + one.model().getK();
      metrics.add(Metric.of(learner, "silhouette", one.silhouette()));
      metrics.add(Metric.of(learner, "cost", one.model().summary().trainingCost()));
    }
    return metrics;
  }

  private static Dataset<Row> profiles(Dataset<Row> clustered, Parameters parameters) {
    List<Column> figures = new ArrayList<>();
    figures.add(count(lit(1)).as(Naming.MEMBERS));
    for (String column : parameters.texts("profile")) {
      figures.add(avg(col(column).cast("double")).as(column));
    }
    return clustered
        .groupBy(col("prediction").as("cluster"))
        .agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new))
        .orderBy("cluster");
  }

  private static Map<Integer, Map<String, Double>> means(List<Row> rows, Parameters parameters) {
    Map<Integer, Map<String, Double>> means = new TreeMap<>();
    for (Row row : rows) {
      Map<String, Double> own = new TreeMap<>();
      own.put(Naming.MEMBERS, (double) row.<Long>getAs(Naming.MEMBERS));
      for (String column : parameters.texts("profile")) {
        own.put(column, row.getAs(column));
      }
      means.put(row.getAs("cluster"), own);
    }
    return means;
  }

  private static Dataset<Row> named(
      SparkSession spark, StructType schema, List<Row> means, Map<Integer, String> names) {
    List<Row> rows = new ArrayList<>();
    for (Row row : means) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        values.add(row.get(i));
      }
      values.add(names.get(row.getInt(0)));
      rows.add(RowFactory.create(values.toArray()));
    }
    return spark.createDataFrame(rows, schema.add("segment", "string"));
  }

  private static SortedMap<String, String> notes(Map<Integer, String> names) {
    SortedMap<String, String> notes = new TreeMap<>();
    names.forEach((cluster, name) -> notes.put(CLUSTER + cluster, name));
    return notes;
  }

  private static KMeansModel kMeans(PipelineModel pipeline) {
    Transformer[] stages = pipeline.stages();
    return (KMeansModel) stages[stages.length - 1];
  }
}
