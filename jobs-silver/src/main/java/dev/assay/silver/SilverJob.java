package dev.assay.silver;

import dev.assay.job.StageCommand;

/** The silver stage as {@code spark-submit} runs it. */
public final class SilverJob {
  private SilverJob() {}

  public static void main(String[] args) {
    StageCommand.main(new SilverStage(), args);
  }
}
