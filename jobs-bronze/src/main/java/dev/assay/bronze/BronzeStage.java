package dev.assay.bronze;

import static org.apache.spark.sql.functions.lit;

import dev.assay.config.FeedConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.feed.Landing;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.table.Draft;
import dev.assay.typed.LandedParts;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Takes in what landed of each feed for the business date. */
public final class BronzeStage implements StageJob {
  /** To be raised when the same files give other rows. */
  private static final int VERSION = 3;

  @Override
  public Stage stage() {
    return Stage.BRONZE;
  }

  @Override
  public String transform(PipelineConfig pipeline, TableContract contract) {
    FeedConfig feed = feed(pipeline, contract);
    String consumers =
        feed.allowedLatenessDays() == 0
            ? ""
            : pipeline.consumersOf(contract.name().table()).toString();
    return String.join(
        "\n",
        "version " + VERSION,
        feed.columns().toString(),
        "" + feed.delimiter() + feed.quote() + feed.finalNewline(),
        feed.format() + " " + feed.header(),
        feed.allowedLatenessDays() + consumers);
  }

  @Override
  public DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables) {
    return DayDrafts.of(tables, contract -> draft(run, day, contract));
  }

  private static Draft draft(StageRun run, LocalDate day, TableContract contract) {
    PipelineConfig pipeline = run.config().pipeline();
    FeedConfig feed = feed(pipeline, contract);
    Configuration conf = run.spark().sessionState().newHadoopConf();
    Landing landing = Landing.find(feed, day, conf, Clock.systemUTC());
    requireLanded(run, contract, landing);
    FeedFiles files = FeedFiles.look(feed, landing.files(), conf);
    Dataset<Row> rows =
        FeedRows.read(run.spark(), files).withColumn(contract.partition(), lit(day));
    return LandedParts.draft(pipeline, files.widened(contract), day, rows).with(files.found());
  }

  private static FeedConfig feed(PipelineConfig pipeline, TableContract contract) {
    return pipeline.feedOf(contract.name().table());
  }

  private static void requireLanded(StageRun run, TableContract contract, Landing landing) {
    String files = "feed " + landing.feed() + " has no file " + landing.pattern();
    switch (landing.state()) {
      case LANDED -> {}
      case WAITING ->
          throw new AssayException(
              ExitCode.INPUT_MISSING,
              files + " yet; it may land until " + landing.until() + ", run again then");
      case MISSING ->
          throw new AssayException(
              ExitCode.INPUT_MISSING,
              files
                  + ", and conf says that a "
                  + landing.date().getDayOfWeek()
                  + " must have one (required-on); ask its sender to deliver it");
      case NO_DATA -> {
        if (run.inputs().hasDay(contract.name().table(), landing.date())) {
          throw new AssayException(
              ExitCode.INPUT_MISSING,
              files
                  + " any more, but the day was published from one before; what is published"
                  + " stays. Put the file back to run the day again");
        }
        throw new AssayException(
            ExitCode.NO_DATA, files + ", and need not have on " + landing.date());
      }
    }
  }
}
