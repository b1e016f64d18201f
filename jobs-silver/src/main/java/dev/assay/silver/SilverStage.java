package dev.assay.silver;

import dev.assay.config.Derivation;
import dev.assay.config.FeedConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.table.Draft;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Cleanses what landed on the business date: that day's rows, and the rows of the days before it
 * that the landing brought late.
 */
public final class SilverStage implements StageJob {

  @Override
  public Stage stage() {
    return Stage.SILVER;
  }

  @Override
  public List<Draft> drafts(StageRun run) {
    return run.drafts(
        Stage.SILVER,
        contract -> drafts(run, contract, (Derivation.Cleansed) contract.derivation()));
  }

  private static List<Draft> drafts(
      StageRun run, TableContract contract, Derivation.Cleansed cleansed) {
    PipelineConfig pipeline = run.config().pipeline();
    requireLanded(run, cleansed.source());
    TableContract source = pipeline.table(cleansed.source());
    FeedConfig feed = pipeline.feed(((Derivation.Received) source.derivation()).feed());
    Cleansing cleansing = new Cleansing(contract, cleansed, feed, source.partition());
    List<Draft> drafts = new ArrayList<>();
    for (LocalDate day : eventDays(run, contract, cleansing, feed)) {
      Dataset<Row> landed =
          run.inputs().days(cleansed.source(), day, day.plusDays(feed.allowedLatenessDays()));
      drafts.add(new Draft(contract, day, cleansing.rows(landed, day), cleansing.derivedChecks()));
    }
    return drafts;
  }

  private static void requireLanded(StageRun run, String source) {
    if (!run.inputs().hasDay(source, run.date())) {
      throw new AssayException(
          ExitCode.NO_DATA,
          run.config().pipeline().table(source).name()
              + " has nothing for "
              + run.date()
              + "; if a file has landed, run the bronze stage of that day first");
    }
  }

  /**
   * The landing's own day, the days that its rows are late for, and the days before it that are
   * published: an earlier delivery of this landing may have had rows for them.
   */
  private static SortedSet<LocalDate> eventDays(
      StageRun run, TableContract contract, Cleansing cleansing, FeedConfig feed) {
    SortedSet<LocalDate> days = new TreeSet<>();
    days.add(run.date());
    String source = ((Derivation.Cleansed) contract.derivation()).source();
    for (int late = 1; late <= feed.allowedLatenessDays(); late++) {
      LocalDate day = run.date().minusDays(late);
      if (run.inputs().hasDay(contract.name().table(), day)) {
        days.add(day);
      }
    }
    if (feed.allowedLatenessDays() > 0) {
      days.addAll(
          cleansing.eventDays(
              run.inputs().days(source, run.date(), run.date()),
              run.date().minusDays(feed.allowedLatenessDays()),
              run.date()));
    }
    return days;
  }
}
