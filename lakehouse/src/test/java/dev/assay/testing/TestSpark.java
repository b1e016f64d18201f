package dev.assay.testing;

import dev.assay.config.AssayConfig;
import dev.assay.config.LakeConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.SessionConfig;
import dev.assay.config.StageSize;
import dev.assay.config.StoreConfig;
import dev.assay.config.TrackingConfig;
import dev.assay.session.SparkSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.jspecify.annotations.Nullable;

/** The one Spark session of a module's tests, set up as a stage's is. */
public final class TestSpark {
  private static @Nullable SparkSession session;

  private TestSpark() {}

  /** A session with two cores; its default catalog reads no lake. */
  public static synchronized SparkSession session() {
    SparkSession running = session;
    if (running == null || running.sparkContext().isStopped()) {
      running =
          SparkSessions.start(
              config(
                  Path.of("target", "no-lake").toAbsolutePath().toString(), emptyPipeline("none")),
              StageSize.SMALL,
              "tests");
      session = running;
    }
    return running;
  }

  /**
   * Ends the session, for one that is set up otherwise; the next that is asked for is a new one.
   */
  public static synchronized void stop() {
    scala.Option<SparkSession> running = SparkSession.getDefaultSession();
    if (running.isDefined()) {
      running.get().stop();
    }
    // It keeps tables of the session that has ended.
    DeltaLog.clearCache();
  }

  /** A configuration for a lake in a folder. */
  public static AssayConfig config(String lake, PipelineConfig pipeline) {
    return new AssayConfig(
        "test",
        new LakeConfig(lake, lake + "/landing", Duration.ofDays(30), Duration.ofDays(30)),
        new StoreConfig(
            System.getProperty("assay.test.endpoint"),
            "us-east-1",
            true,
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            2,
            null),
        sessionConfig(),
        new TrackingConfig(null),
        pipeline,
        "{}");
  }

  /**
   * As conf has it for small stages, for two cores and with a second attempt at a task that fails.
   */
  private static SessionConfig sessionConfig() {
    SessionConfig ofConf = OnlineRetail.config(Map.of()).session();
    Map<String, String> spark = new HashMap<>(ofConf.spark());
    spark.put("spark.driver.bindAddress", "127.0.0.1");
    spark.put("spark.driver.host", "127.0.0.1");
    return new SessionConfig("local[2,2]", spark, ofConf.sizes());
  }

  /** A pipeline without feeds, tables or models. */
  public static PipelineConfig emptyPipeline(String name) {
    return new PipelineConfig(
        name,
        "A test.",
        "tests",
        LocalDate.of(2010, 12, 1),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }
}
