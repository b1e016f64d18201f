package dev.assay.cli;

import dev.assay.bronze.BronzeJob;
import dev.assay.bronze.BronzeStage;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.gold.GoldJob;
import dev.assay.gold.GoldStage;
import dev.assay.job.StageJob;
import dev.assay.job.Transforming;
import dev.assay.ml.MlJob;
import dev.assay.ml.MlStage;
import dev.assay.plan.Transforms;
import dev.assay.silver.SilverJob;
import dev.assay.silver.SilverStage;

/** The four stages: the one place that sees all jobs modules. */
public final class StageJobs {
  private StageJobs() {}

  /** What a stage does. */
  public static StageJob of(Stage stage) {
    return switch (stage) {
      case BRONZE -> new BronzeStage();
      case SILVER -> new SilverStage();
      case GOLD -> new GoldStage();
      case ML -> new MlStage();
    };
  }

  /** What the tables of a pipeline follow from besides their inputs. */
  public static Transforms transforms(PipelineConfig pipeline) {
    return contract -> Transforming.of(of(contract.stage()), pipeline).of(contract);
  }

  /** The main class of a stage's JAR. */
  static String mainClass(Stage stage) {
    return switch (stage) {
      case BRONZE -> BronzeJob.class.getName();
      case SILVER -> SilverJob.class.getName();
      case GOLD -> GoldJob.class.getName();
      case ML -> MlJob.class.getName();
    };
  }
}
