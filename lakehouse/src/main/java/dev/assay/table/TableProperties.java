package dev.assay.table;

import dev.assay.config.LakeConfig;
import java.time.Duration;
import java.util.Map;

/** Delta's properties of every table that Assay makes. */
public final class TableProperties {
  private TableProperties() {}

  /**
   * The properties. Delta by itself forgets old versions by age; which of them releases need, only
   * maintenance knows, so that Delta is told to keep its log, and files for as long as releases.
   */
  public static Map<String, String> of(LakeConfig lake) {
    Duration kept =
        lake.releaseRetention().compareTo(lake.fileRetention()) > 0
            ? lake.releaseRetention()
            : lake.fileRetention();
    return Map.of(
        "delta.isolationLevel",
        "Serializable",
        "delta.enableExpiredLogCleanup",
        "false",
        "delta.deletedFileRetentionDuration",
        "interval " + kept.toHours() + " hours");
  }
}
