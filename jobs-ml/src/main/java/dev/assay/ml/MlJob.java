package dev.assay.ml;

import dev.assay.job.StageCommand;

/** The ml stage as {@code spark-submit} runs it. */
public final class MlJob {
  private MlJob() {}

  public static void main(String[] args) {
    StageCommand.main(new MlStage(), args);
  }
}
