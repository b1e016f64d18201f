package dev.assay.gold;

import static org.apache.spark.sql.functions.lit;

import dev.assay.config.Derivation;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.table.Draft;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes the marts of a day. */
public final class GoldStage implements StageJob {

  @Override
  public Stage stage() {
    return Stage.GOLD;
  }

  @Override
  public String transform(PipelineConfig pipeline, TableContract contract) {
    Derivation.Computed computed = (Derivation.Computed) contract.derivation();
    return Marts.of(contract.name(), computed).version();
  }

  @Override
  public DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables) {
    return DayDrafts.of(tables, contract -> draft(run, day, contract));
  }

  private static Draft draft(StageRun run, LocalDate day, TableContract contract) {
    Derivation.Computed computed = (Derivation.Computed) contract.derivation();
    computed.inputs().forEach(input -> requireDay(run, day, input));
    Mart mart = Marts.of(contract.name(), computed);
    Dataset<Row> rows =
        mart.compute(
            new MartInputs(run.spark(), run.config().pipeline(), contract, day, run.inputs()));
    return new Draft(contract, day, rows.withColumn(contract.partition(), lit(day)));
  }

  private static void requireDay(StageRun run, LocalDate day, String input) {
    if (!run.inputs().hasDay(input, day)) {
      throw new AssayException(
          ExitCode.NO_DATA,
          run.config().pipeline().table(input).name()
              + " has nothing for "
              + day
              + "; if it should, run the silver stage of that day first");
    }
  }
}
