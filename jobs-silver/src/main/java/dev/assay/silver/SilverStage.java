package dev.assay.silver;

import dev.assay.audit.Audit;
import dev.assay.audit.Grouping;
import dev.assay.config.Derivation;
import dev.assay.config.FeedConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.table.Draft;
import dev.assay.typed.TypedRows;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Cleanses the rows of a day, from the landings that brought them. */
public final class SilverStage implements StageJob {
  /** To be raised when the same bronze rows give others. */
  private static final int VERSION = 1;

  @Override
  public Stage stage() {
    return Stage.SILVER;
  }

  @Override
  public String transform(PipelineConfig pipeline, TableContract contract) {
    FeedConfig feed = pipeline.feedOf(((Derivation.Cleansed) contract.derivation()).source());
    return "version " + VERSION + " " + feed.columns() + " " + feed.allowedLatenessDays();
  }

  @Override
  public DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables) {
    return DayDrafts.of(tables, contract -> draft(run, day, contract));
  }

  private static Draft draft(StageRun run, LocalDate day, TableContract contract) {
    PipelineConfig pipeline = run.config().pipeline();
    String source = ((Derivation.Cleansed) contract.derivation()).source();
    FeedConfig feed = pipeline.feedOf(source);
    List<LocalDate> landings = TypedRows.landings(feed, day);
    if (landings.stream().noneMatch(landing -> run.inputs().hasDay(source, landing))) {
      throw new AssayException(
          ExitCode.NO_DATA,
          pipeline.table(source).name()
              + " has nothing for "
              + day
              + "; if a file has landed, run the bronze stage of that day first");
    }
    Cleansing cleansing = new Cleansing(contract, feed, pipeline.table(source).partition());
    Dataset<Row> landed = run.inputs().days(source, day, landings.get(landings.size() - 1));
    return cleansing.draft(
        landed,
        day,
        landings.size() == 1
            ? List.of()
            : List.of(new Grouping(Audit.LANDING_DATE, Audit.LANDING_DATE, landings, List.of())));
  }
}
