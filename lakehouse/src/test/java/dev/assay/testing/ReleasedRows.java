package dev.assay.testing;

import dev.assay.config.TableName;
import dev.assay.release.Release;
import dev.assay.store.StoreSettings;
import dev.assay.table.LakePaths;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The rows that a release has in MinIO, read from Delta without Assay. */
public final class ReleasedRows {
  private ReleasedRows() {}

  /** Every table's rows as text, sorted, since a table has no order. */
  public static Map<String, List<String>> of(String root, Release release) {
    SparkSession spark = TestSpark.session();
    StoreSettings.of(Lakes.minio()).forEach((key, value) -> spark.conf().set(key, value));
    Map<String, List<String>> rows = new TreeMap<>();
    release
        .tables()
        .forEach(
            (table, at) -> {
              String folder = LakePaths.table(at.stage(), new TableName(release.pipeline(), table));
              Dataset<Row> all =
                  spark
                      .read()
                      .format("delta")
                      .option("versionAsOf", at.version())
                      .load(root + "/" + folder);
              rows.put(table, all.collectAsList().stream().map(Row::toString).sorted().toList());
            });
    return rows;
  }
}
