package dev.assay.ml;

import dev.assay.config.ModelConfig;
import dev.assay.job.StageRun;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A model that is trained at its own pace and scores every day. */
public interface Model {

  /**
   * Trains where training is due, and scores.
   *
   * @return rows for each table that has some on the day, by the table's name within the pipeline,
   *     without the partition column
   */
  Map<String, Dataset<Row>> products(StageRun run, LocalDate day, ModelConfig config);

  /** To be changed when the same inputs give other rows, so that what is published is stale. */
  String version();
}
