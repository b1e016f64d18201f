package dev.assay.job;

import dev.assay.config.AssayConfig;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Recipes;
import dev.assay.model.Champions;
import dev.assay.model.PromotionLog;
import dev.assay.release.ReleaseLog;
import dev.assay.release.ReleasePublisher;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableCommits;
import dev.assay.table.TableVersions;
import org.apache.spark.sql.SparkSession;

/**
 * A pipeline's part of a lake, as those who write to it see it.
 *
 * @param spark the session
 * @param config the configuration
 * @param store its objects
 * @param tables its tables, to be read and written by Spark
 * @param versions what versions of them hold
 * @param commits the commits of its tables
 * @param ledger what was tried and what came of it
 * @param log the releases
 * @param releases what readers see, and the next of it
 * @param recipes by what table-days were made
 */
record PipelineLake(
    SparkSession spark,
    AssayConfig config,
    LakeStore store,
    DeltaTables tables,
    TableVersions versions,
    TableCommits commits,
    Ledger ledger,
    ReleaseLog log,
    ReleasePublisher releases,
    Recipes recipes) {

  /** What was decided about the champions of a model. */
  Champions champions(String model) {
    return new PromotionLog(store, config.pipeline().name(), model).champions();
  }

  /** Opens it; it is made if there is none. */
  static PipelineLake open(SparkSession spark, AssayConfig config) {
    LakeStore lake = new LakeStore(config.lake().root(), spark.sessionState().newHadoopConf());
    String pipeline = config.pipeline().name();
    TableCommits commits = new TableCommits(lake);
    Ledger ledger = Ledger.ensured(lake, pipeline);
    ReleaseLog log = new ReleaseLog(lake, pipeline);
    return new PipelineLake(
        spark,
        config,
        lake,
        new DeltaTables(spark, lake),
        new TableVersions(lake),
        commits,
        ledger,
        log,
        new ReleasePublisher(log, commits, ledger, pipeline),
        new Recipes(lake, pipeline));
  }
}
