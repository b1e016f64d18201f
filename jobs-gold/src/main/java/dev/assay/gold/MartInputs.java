package dev.assay.gold;

import dev.assay.config.Derivation;
import dev.assay.config.TableContract;
import dev.assay.table.Inputs;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a mart is computed from.
 *
 * @param spark the session
 * @param contract the mart's contract
 * @param computed what the contract says of its inputs and parameters
 * @param date the business date
 * @param tables the pipeline's tables
 */
public record MartInputs(
    SparkSession spark,
    TableContract contract,
    Derivation.Computed computed,
    LocalDate date,
    Inputs tables) {

  /** An input's rows of the days that the mart's cadence reads, the business date the last. */
  public Dataset<Row> table(String name) {
    return tables.days(name, first(), date);
  }

  /** The first day that the mart's cadence reads. */
  public LocalDate first() {
    return date.minusDays(computed.cadence().daysRead() - 1L);
  }
}
