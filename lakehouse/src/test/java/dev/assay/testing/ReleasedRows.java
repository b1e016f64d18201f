package dev.assay.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hex;

import dev.assay.config.TableName;
import dev.assay.release.Release;
import dev.assay.store.StoreSettings;
import dev.assay.table.LakePaths;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** The rows that a release has in MinIO, read from Delta without Assay. */
public final class ReleasedRows {
  private ReleasedRows() {}

  /** Every table's rows as text, bytes in hex, sorted, since a table has no order. */
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
              rows.put(table, texts(all));
            });
    return rows;
  }

  private static List<String> texts(Dataset<Row> rows) {
    Column[] columns =
        Arrays.stream(rows.schema().fields())
            .map(
                field ->
                    field.dataType().equals(DataTypes.BinaryType)
                        ? hex(col("`" + field.name() + "`"))
                        : col("`" + field.name() + "`"))
            .toArray(Column[]::new);
    return rows.select(columns).collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
