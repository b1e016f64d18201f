package dev.assay.testing;

import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.table.Draft;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A stage whose tables stay current once they are published, as {@link FakeStage}'s do not. */
public record UnchangingStage(Function<TableContract, Draft> draft) implements StageJob {
  @Override
  public Stage stage() {
    return Stage.GOLD;
  }

  @Override
  public String transform(PipelineConfig pipeline, TableContract contract) {
    return "unchanging";
  }

  @Override
  public DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables) {
    return new DayDrafts(tables.stream().map(draft).toList(), Map.of());
  }
}
