package dev.assay.testing;

import dev.assay.config.Stage;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.table.Draft;
import java.util.List;
import java.util.function.Function;

/** A stage that publishes what a test says. */
public record FakeStage(Stage stage, Function<StageRun, List<Draft>> work) implements StageJob {

  @Override
  public List<Draft> drafts(StageRun run) {
    return work.apply(run);
  }
}
