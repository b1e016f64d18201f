package dev.assay.ml;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A way of learning from rows and of saying something of rows. When it learns, which version is
 * used and what is recorded is the same for all: {@link Lifecycle}.
 */
public interface Model {

  /**
   * Reads all parameters that it ever reads: one that is wrong, and one that nobody reads, is
   * refused before anything is learned or said.
   *
   * @throws dev.assay.error.AssayException with USAGE if one is wrong
   */
  void read(Parameters parameters);

  /**
   * Learns from the rows of a day and measures what it learned on rows that it did not learn from.
   *
   * @throws dev.assay.error.AssayException with NO_DATA if there are too few rows to learn from
   */
  Learned learn(ModelDay day);

  /**
   * What a saved version says of the rows of a day, by the part of the table's name after the
   * model's: {@code ""} for {@code house_price}, {@code "users"} for {@code recommendations_users}.
   */
  Map<String, Dataset<Row>> apply(SavedModel saved, ModelDay day);

  /** To be changed when the same inputs give other rows, so that what is published is stale. */
  String version();
}
