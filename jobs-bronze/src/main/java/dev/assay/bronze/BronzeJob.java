package dev.assay.bronze;

import dev.assay.job.StageCommand;

/** The bronze stage as {@code spark-submit} runs it. */
public final class BronzeJob {
  private BronzeJob() {}

  public static void main(String[] args) {
    StageCommand.main(new BronzeStage(), args);
  }
}
