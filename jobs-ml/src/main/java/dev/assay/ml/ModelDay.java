package dev.assay.ml;

import com.typesafe.config.Config;
import dev.assay.config.ModelConfig;
import dev.assay.config.TableName;
import dev.assay.job.StageRun;
import dev.assay.query.SqlQuery;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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
    Config parameters = config.parameters();
    return new SqlQuery("model " + name(), sql, parameters)
        .rows(spark(), tables, day.minusDays(config.windowDays() - 1L), day);
  }
}
