package dev.assay.mart;

import dev.assay.config.Derivation;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.table.Inputs;
import dev.assay.table.TableLayout;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a mart is computed from.
 *
 * @param spark the session
 * @param pipeline the mart's pipeline
 * @param contract the mart's contract
 * @param date the business date
 * @param tables the pipeline's tables
 */
public record MartInputs(
    SparkSession spark,
    PipelineConfig pipeline,
    TableContract contract,
    LocalDate date,
    Inputs tables) {

  /** What the contract says of inputs and parameters. */
  public Derivation.Computed computed() {
    return (Derivation.Computed) contract.derivation();
  }

  /**
   * An input's rows: of a state those as of the business date, else those of the days that the
   * mart's cadence reads, the business date the last. Of what models learned there may be none.
   */
  public Dataset<Row> table(String name) {
    if (pipeline.isLearned(name) && !tables.has(name)) {
      return spark.createDataFrame(List.of(), TableLayout.of(pipeline.table(name)).schema());
    }
    return tables.days(name, pipeline.firstRead(computed(), name, date), date);
  }

  /** The first day that the mart's cadence reads. */
  public LocalDate first() {
    return date.minusDays(computed().cadence().daysRead() - 1L);
  }
}
