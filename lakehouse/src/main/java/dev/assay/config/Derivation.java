package dev.assay.config;

import com.typesafe.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a table's rows come from. */
public sealed interface Derivation {

  /**
   * A bronze table: the rows of a feed's files, exactly as received.
   *
   * @param feed the feed's name
   */
  record Received(String feed) implements Derivation {}

  /**
   * A silver table: the rows of a bronze table, typed, deduplicated and checked.
   *
   * @param source the bronze table's name within the pipeline
   * @param eventTime the timestamp or date column whose UTC day is the row's table-day; null for
   *     rows of a snapshot, which are of the day that it landed on
   * @param deduplicate whether rows that repeat every received column are marked as duplicates
   */
  record Cleansed(String source, @Nullable String eventTime, boolean deduplicate)
      implements Derivation {}

  /**
   * A mart: a gold table, or an ml table that is computed from those of models.
   *
   * @param inputs names, within the pipeline, of the tables it reads
   * @param transform what computes it
   * @param cadence how its table-days depend on time
   * @param parameters thresholds, windows and tables of names that the transform reads
   */
  record Computed(List<String> inputs, Transform transform, Cadence cadence, Config parameters)
      implements Derivation {}

  /**
   * An ml table: one of the products of a model.
   *
   * @param model the model's name
   */
  record Modelled(String model) implements Derivation {}
}
