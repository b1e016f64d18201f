package dev.assay.gold;

import static org.apache.spark.sql.functions.lit;

import dev.assay.config.Derivation;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.table.Draft;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes the marts of the business date. */
public final class GoldStage implements StageJob {

  @Override
  public Stage stage() {
    return Stage.GOLD;
  }

  @Override
  public List<Draft> drafts(StageRun run) {
    return run.drafts(Stage.GOLD, contract -> List.of(draft(run, contract)));
  }

  private static Draft draft(StageRun run, TableContract contract) {
    Derivation.Computed computed = (Derivation.Computed) contract.derivation();
    computed.inputs().forEach(input -> requireDay(run, input));
    Mart mart = Marts.of(contract.name(), computed);
    Dataset<Row> rows =
        mart.compute(new MartInputs(run.spark(), contract, computed, run.date(), run.inputs()));
    return new Draft(
        contract, run.date(), rows.withColumn(contract.partition(), lit(run.date())), List.of());
  }

  private static void requireDay(StageRun run, String input) {
    if (!run.inputs().hasDay(input, run.date())) {
      throw new AssayException(
          ExitCode.NO_DATA,
          run.config().pipeline().table(input).name()
              + " has nothing for "
              + run.date()
              + "; if it should, run the silver stage of that day first");
    }
  }
}
