package dev.assay.table;

import dev.assay.model.Champions;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The pipeline's tables as one release has them; what was read is recorded with what is published.
 */
public interface Inputs {

  /**
   * A table's rows of some days, with the columns of its contract.
   *
   * @param table the table's name within the pipeline
   * @param from the first day
   * @param to the last day
   * @throws dev.assay.error.AssayException with INPUT_MISSING if the table was never published
   */
  Dataset<Row> days(String table, LocalDate from, LocalDate to);

  /** Whether the release has the table at all. */
  boolean has(String table);

  /** Whether the release has that day of the table: it was published, be it with no rows. */
  boolean hasDay(String table, LocalDate day);

  /**
   * The Delta version that the release has a table at, which pins it as an input.
   *
   * @throws dev.assay.error.AssayException with INPUT_MISSING if the table was never published
   */
  long version(String table);

  /** How many rows of a table some days have, and their fingerprint: equal for equal rows. */
  Content content(String table, LocalDate from, LocalDate to);

  /** Which versions of a model are champion on which days. */
  Champions champions(String model);

  /**
   * What some days of a table hold.
   *
   * @param rows how many rows
   * @param fingerprint equal for equal rows of equal days
   */
  record Content(long rows, String fingerprint) {}
}
