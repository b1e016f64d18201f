package dev.assay.job;

import dev.assay.config.AssayConfig;
import dev.assay.ledger.LakeLayout;
import dev.assay.ledger.Ledger;
import dev.assay.release.ReleaseLog;
import dev.assay.release.ReleasePublisher;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import java.time.LocalDate;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Runs stages of a pipeline on a lake, each for a business date. */
public final class StageRunner {
  private final SparkSession spark;
  private final AssayConfig config;
  private final DeltaTables tables;
  private final Ledger ledger;
  private final ReleasePublisher releases;

  /** A runner of a pipeline's stages on a lake, which it makes if there is none. */
  public StageRunner(SparkSession spark, AssayConfig config) {
    LakeStore lake = new LakeStore(config.lake().root(), spark.sessionState().newHadoopConf());
    LakeLayout.ensure(lake);
    String pipeline = config.pipeline().name();
    this.spark = spark;
    this.config = config;
    this.tables = new DeltaTables(spark, lake);
    this.ledger = Ledger.of(lake, pipeline);
    this.releases = new ReleasePublisher(new ReleaseLog(lake, pipeline), tables, ledger, pipeline);
  }

  /**
   * Runs a stage: reads a release, writes and audits every table-day of the stage, and publishes
   * them together or not at all.
   *
   * @param only names of the tables to publish; empty for all of the stage
   * @throws dev.assay.error.AssayException if nothing was published, with the reason's exit code
   */
  public StageResult run(StageJob job, LocalDate date, Set<String> only, String runId) {
    return new StagePublication(spark, config, tables, ledger, releases, job, date, only, runId)
        .publish();
  }
}
