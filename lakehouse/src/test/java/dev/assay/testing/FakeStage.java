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
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A stage that publishes what a test says, and is never the same as the one before it. */
public record FakeStage(Stage stage, Work work) implements StageJob {

  /** What a test says. */
  public interface Work {
    /** The drafts of some tables for a day. */
    DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables);
  }

  /** A stage that has these drafts, and nothing for its other tables. */
  public FakeStage(Stage stage, Function<StageRun, List<Draft>> drafts) {
    this(stage, (run, day, tables) -> only(drafts.apply(run), tables));
  }

  @Override
  public String transform(PipelineConfig pipeline, TableContract contract) {
    return UUID.randomUUID().toString();
  }

  @Override
  public DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables) {
    return work.drafts(run, day, tables);
  }

  private static DayDrafts only(List<Draft> drafts, List<TableContract> tables) {
    Map<String, String> without =
        tables.stream()
            .filter(
                contract -> drafts.stream().noneMatch(draft -> draft.contract().equals(contract)))
            .collect(Collectors.toMap(contract -> contract.name().table(), contract -> "none"));
    return new DayDrafts(drafts, without);
  }
}
