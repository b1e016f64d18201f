package dev.assay.gold;

import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.mart.Marts;
import java.time.LocalDate;
import java.util.List;

/** Computes the marts of a day. */
public final class GoldStage implements StageJob {

  @Override
  public Stage stage() {
    return Stage.GOLD;
  }

  @Override
  public String transform(PipelineConfig pipeline, TableContract contract) {
    return Marts.transform(contract);
  }

  @Override
  public DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables) {
    return DayDrafts.of(tables, contract -> Marts.draft(run, day, contract));
  }
}
