package dev.assay.bronze;

import static org.apache.spark.sql.functions.lit;

import dev.assay.config.Derivation;
import dev.assay.config.FeedConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.feed.Landing;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.table.Draft;
import java.time.Clock;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Takes in what landed of each feed for the business date. */
public final class BronzeStage implements StageJob {

  @Override
  public Stage stage() {
    return Stage.BRONZE;
  }

  @Override
  public List<Draft> drafts(StageRun run) {
    return run.drafts(Stage.BRONZE, contract -> List.of(draft(run, contract)));
  }

  private static Draft draft(StageRun run, TableContract contract) {
    FeedConfig feed =
        run.config().pipeline().feed(((Derivation.Received) contract.derivation()).feed());
    Configuration conf = run.spark().sessionState().newHadoopConf();
    Landing landing = Landing.find(feed, run.date(), conf, Clock.systemUTC());
    requireLanded(run, contract, landing);
    Dataset<Row> rows =
        FeedRows.read(run.spark(), feed, landing.files())
            .withColumn(contract.partition(), lit(run.date()));
    return new Draft(contract, run.date(), rows, List.of());
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
        if (run.inputs().hasDay(contract.name().table(), run.date())) {
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
