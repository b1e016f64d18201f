package dev.assay.bronze;

import dev.assay.config.Drift;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows of a feed's files, exactly as received: each of its columns as string, those that the
 * files add included, then {@code _file} string, {@code _checksum} string, {@code _position}
 * bigint, {@code _malformed} string, {@code _raw} binary and, where other fields are set aside,
 * {@code _rescued} string. A file is read by one task, as a stream.
 */
final class FeedRows {
  private FeedRows() {}

  /**
   * The rows of some files.
   *
   * @throws dev.assay.error.AssayException with REFUSED, when they are read, if a file cannot be
   *     read to its end, or was changed
   */
  static Dataset<Row> read(SparkSession spark, FeedFiles files) {
    List<String> columns = files.columns();
    Drift drift = files.feed().drift();
    TextLayout layout = TextLayout.of(files.feed());
    Map<String, String> settings = settings(spark.sessionState().newHadoopConf());
    FlatMapFunction<FilePlan, Row> rows =
        plan -> new FileRows(plan, RowShape.of(plan, columns, drift), layout, settings).iterator();
    JavaRDD<Row> oneTaskAFile =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(files.plans(), Math.max(1, files.plans().size()))
            .flatMap(rows);
    return spark.createDataFrame(oneTaskAFile, RowShape.schema(columns, drift));
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
