package dev.assay.config;

import java.util.Map;

/**
 * How Spark runs.
 *
 * @param master Spark's master where none is given by {@code spark-submit}
 * @param spark Spark settings of every stage, by Spark's names
 * @param sizes what each size of stage adds
 */
public record SessionConfig(
    String master, Map<String, String> spark, Map<StageSize, SizeConfig> sizes) {

  /**
   * The tuning of one size of stage.
   *
   * @param memory the driver's heap, as {@code 2g}
   * @param jvm options of its JVM
   * @param spark Spark settings, by Spark's names
   */
  public record SizeConfig(String memory, String jvm, Map<String, String> spark) {}
}
