package dev.assay.mart;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A mart: a pure function of its inputs. */
public interface Mart {

  /**
   * The mart's rows for a date: every column of its contract but the partition, of the contract's
   * types.
   */
  Dataset<Row> compute(MartInputs inputs);

  /** To be changed when the same inputs give other rows, so that what is published is stale. */
  String version();
}
