package dev.assay.gold;

import dev.assay.job.StageCommand;

/** The gold stage as {@code spark-submit} runs it. */
public final class GoldJob {
  private GoldJob() {}

  public static void main(String[] args) {
    StageCommand.main(new GoldStage(), args);
  }
}
