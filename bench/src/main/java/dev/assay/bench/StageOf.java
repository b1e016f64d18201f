package dev.assay.bench;

import dev.assay.bronze.BronzeStage;
import dev.assay.config.Stage;
import dev.assay.gold.GoldStage;
import dev.assay.job.StageJob;
import dev.assay.ml.MlStage;
import dev.assay.silver.SilverStage;

/** The stages that are measured. */
final class StageOf {
  private StageOf() {}

  static StageJob job(Stage stage) {
    return switch (stage) {
      case BRONZE -> new BronzeStage();
      case SILVER -> new SilverStage();
      case GOLD -> new GoldStage();
      case ML -> new MlStage();
    };
  }
}
