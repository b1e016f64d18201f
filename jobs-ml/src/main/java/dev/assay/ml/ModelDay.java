package dev.assay.ml;

import dev.assay.config.ModelConfig;
import dev.assay.config.TableName;
import dev.assay.job.StageRun;
import dev.assay.query.SqlQuery;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A model on a business date.
 *
 * @param run the run of the stage
 * @param config the model's conf
 * @param day the business date
 */
public record ModelDay(StageRun run, ModelConfig config, LocalDate day) {

  /** The session. */
  public SparkSession spark() {
    return run.spark();
  }

  /** The model's parameters. */
  public Parameters parameters() {
    return new Parameters(name(), config.parameters());
  }

  /**
   * Requires that each of its parameters is right and is read, by what learns or by a query.
   *
   * @throws dev.assay.error.AssayException with USAGE if not
   */
  void require(Model model) {
    Set<String> inQueries = new TreeSet<>();
    Stream.of(config.examples(), config.subjects())
        .filter(Objects::nonNull)
        .forEach(sql -> inQueries.addAll(query(sql).named()));
    Parameters parameters = parameters();
    model.read(parameters);
    parameters.requireAllRead(inQueries);
  }

  /** The model's name. */
  public TableName name() {
    return new TableName(run.config().pipeline().name(), config.name());
  }

  /** The rows that it learns from: those of the conf's query, else of its one input. */
  public Dataset<Row> examples() {
    return rows(config.examples());
  }

  /** The rows that it says something of: those of the conf's query, else the examples. */
  public Dataset<Row> subjects() {
    return rows(config.subjects() == null ? config.examples() : config.subjects());
  }

  /** The first day that is read of an input. */
  LocalDate first(String input) {
    return run.config().pipeline().firstRead(config, input, day);
  }

  private Dataset<Row> rows(@Nullable String sql) {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    for (String input : config.inputs()) {
      tables.put(input, run.inputs().days(input, first(input), day));
    }
    if (sql == null) {
      return Objects.requireNonNull(tables.get(config.inputs().get(0)), "it is an input");
    }
    return query(sql).rows(spark(), tables, day.minusDays(config.windowDays() - 1L), day);
  }

  private SqlQuery query(String sql) {
    return new SqlQuery("model " + name(), sql, config.parameters());
  }
}
