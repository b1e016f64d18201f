package dev.assay.bronze;

import dev.assay.config.FeedConfig;
import dev.assay.feed.Landing.LandedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a feed's files, exactly as received: each of the feed's columns as string, then
 * {@code _file} string, {@code _checksum} string, {@code _position} bigint, {@code _malformed}
 * string, {@code _raw} binary. A file is read by one task, as a stream.
 */
final class FeedRows {
  private FeedRows() {}

  /**
   * The rows of some files.
   *
   * @throws dev.assay.error.AssayException with REFUSED if a file's header is not the feed's, or it
   *     cannot be read to its end
   */
  static Dataset<Row> read(SparkSession spark, FeedConfig feed, List<LandedFile> files) {
    Configuration conf = spark.sessionState().newHadoopConf();
    List<String> plans = new ArrayList<>();
    Map<String, FilePlan> byPath = new TreeMap<>();
    for (LandedFile file : files) {
      FilePlan plan = FilePlan.of(new Path(file.path()), feed, conf);
      plans.add(file.path());
      byPath.put(file.path(), plan);
    }
    CsvLayout layout = CsvLayout.of(feed);
    Map<String, String> settings = settings(conf);
    FlatMapFunction<String, Row> rows =
        path -> new FileRows(Objects.requireNonNull(byPath.get(path)), layout, settings).iterator();
    JavaRDD<String> oneTaskAFile =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(plans, Math.max(1, plans.size()));
    return spark
        .createDataset(oneTaskAFile.rdd(), Encoders.STRING())
        .flatMap(rows, Encoders.row(schema(feed)));
  }

  static StructType schema(FeedConfig feed) {
    StructType schema = new StructType();
    for (String column : feed.columns()) {
      schema = schema.add(column, DataTypes.StringType);
    }
    return schema
        .add("_file", DataTypes.StringType)
        .add("_checksum", DataTypes.StringType)
        .add("_position", DataTypes.LongType)
        .add("_malformed", DataTypes.StringType)
        .add("_raw", DataTypes.BinaryType);
  }

  /** Hadoop's settings as a task can carry them. */
  private static Map<String, String> settings(Configuration conf) {
    Map<String, String> settings = new TreeMap<>();
    conf.iterator()
        .forEachRemaining(
            entry -> {
              if (entry.getKey().startsWith("fs.")) {
                settings.put(entry.getKey(), entry.getValue());
              }
            });
    return settings;
  }
}
