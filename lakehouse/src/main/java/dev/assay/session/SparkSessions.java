package dev.assay.session;

import dev.assay.config.AssayConfig;
import dev.assay.config.SessionConfig.SizeConfig;
import dev.assay.config.StageSize;
import dev.assay.release.ReleaseCatalog;
import dev.assay.store.ConditionalLogStore;
import dev.assay.store.LocalFiles;
import dev.assay.store.StoreSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Starts the Spark session of a stage: what correctness needs, then what conf tunes. */
public final class SparkSessions {
  private SparkSessions() {}

  /**
   * A session for stages of a size. Spark's master is the one that {@code spark-submit} gave, else
   * conf's.
   */
  public static SparkSession start(AssayConfig config, StageSize size, String name) {
    return start(config, size, name, Map.of());
  }

  /** The same, with settings of its own. */
  public static SparkSession start(
      AssayConfig config, StageSize size, String name, Map<String, String> own) {
    SparkSession.Builder builder = SparkSession.builder().appName(name);
    if (System.getProperty("spark.master") == null) {
      builder.master(config.session().master());
    }
    settings(config, size).forEach(builder::config);
    own.forEach(builder::config);
    return builder.getOrCreate();
  }

  /** Every Spark setting of a session, by Spark's names. */
  public static Map<String, String> settings(AssayConfig config, StageSize size) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.putAll(config.session().spark());
    SizeConfig sized = config.session().sizes().get(size);
    if (sized != null) {
      settings.putAll(sized.spark());
    }
    required(settings);
    settings.put("spark.sql.catalog.assay", ReleaseCatalog.class.getName());
    settings.put("spark.sql.catalog.assay.root", config.lake().root());
    settings.put("spark.sql.defaultCatalog", "assay");
    Map<String, String> files = new LinkedHashMap<>(StoreSettings.of(config.store()));
    files.putAll(LocalFiles.settings(config.lake().root()));
    files.forEach((key, value) -> settings.put("spark.hadoop." + key, value));
    return settings;
  }

  /** What the publication protocol stands on; nothing may change it. */
  private static void required(Map<String, String> settings) {
    settings.put("spark.sql.session.timeZone", "UTC");
    settings.put("spark.sql.ansi.enabled", "true");
    // A text that only Spark 2 could parse as a time is unparsable, not an error of the job.
    settings.put("spark.sql.legacy.timeParserPolicy", "CORRECTED");
    settings.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    settings.put(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    settings.put("spark.delta.logStore.s3a.impl", ConditionalLogStore.class.getName());
    settings.put("spark.delta.logStore.file.impl", ConditionalLogStore.class.getName());
    // They replace a plan that turns out empty, and what is observed in it vanishes with it.
    settings.put(
        "spark.sql.adaptive.optimizer.excludedRules",
        "org.apache.spark.sql.execution.adaptive.AQEPropagateEmptyRelation");
    settings.put(
        "spark.sql.optimizer.excludedRules",
        "org.apache.spark.sql.catalyst.optimizer.PropagateEmptyRelation"
            // It would count the rows of a local plan while that is optimized, once or more.
            + ",org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation");
  }
}
