package dev.assay.query;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A query of conf: {@code {order_lines}} stands for the rows of a table, {@code :date} for the
 * business date, {@code :first} for the first day that is read, and {@code :name} for a parameter.
 *
 * @param owner what it is of, for errors
 * @param sql its text
 * @param parameters scalars and lists by name
 */
public record SqlQuery(String owner, String sql, Config parameters) {

  /** The keys of the parameters that it names. */
  public Set<String> named() {
    Set<String> inSql = SqlParameters.named(sql);
    return parameters.root().keySet().stream()
        .filter(key -> inSql.contains(SqlParameters.inSql(key)))
        .collect(Collectors.toSet());
  }

  /**
   * What it gives, not computed yet.
   *
   * @throws dev.assay.error.AssayException with USAGE if it names a parameter that is not there
   */
  public Dataset<Row> rows(
      SparkSession spark, Map<String, Dataset<Row>> tables, LocalDate first, LocalDate date) {
    // Queries of one session are made side by side, so each sees its tables under its own names.
    String suffix = "_" + UUID.randomUUID().toString().replace("-", "");
    String text = SqlParameters.of(owner, parameters, date, first).in(sql);
    try {
      for (Map.Entry<String, Dataset<Row>> table : new TreeMap<>(tables).entrySet()) {
        table.getValue().createOrReplaceTempView(table.getKey() + suffix);
        text = text.replace("{" + table.getKey() + "}", table.getKey() + suffix);
      }
      return spark.sql(text);
    } finally {
      tables.keySet().forEach(table -> spark.catalog().dropTempView(table + suffix));
    }
  }
}
