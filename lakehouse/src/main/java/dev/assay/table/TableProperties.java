package dev.assay.table;

import dev.assay.config.Derivation;
import dev.assay.config.LakeConfig;
import dev.assay.config.TableContract;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Delta's properties of the tables that Assay makes. */
public final class TableProperties {
  private final Map<String, String> ofEach;

  private TableProperties(Map<String, String> ofEach) {
    this.ofEach = ofEach;
  }

  /**
   * The properties of a lake's tables. Delta by itself forgets old versions by age; which of them
   * releases need, only maintenance knows, so that Delta is told to keep its log, and files for as
   * long as releases.
   */
  public static TableProperties of(LakeConfig lake) {
    Duration kept =
        lake.releaseRetention().compareTo(lake.fileRetention()) > 0
            ? lake.releaseRetention()
            : lake.fileRetention();
    Map<String, String> ofEach = new LinkedHashMap<>();
    ofEach.put("delta.isolationLevel", "Serializable");
    ofEach.put("delta.enableExpiredLogCleanup", "false");
    ofEach.put("delta.deletedFileRetentionDuration", "interval " + kept.toHours() + " hours");
    // By default bounds of every column are kept, for a fifth of the time of a write.
    ofEach.put("delta.dataSkippingNumIndexedCols", "0");
    return new TableProperties(ofEach);
  }

  /**
   * Those of a contract's table. Files say between which bounds those columns lie that rows are
   * looked up by: the time of an event, and what they lie in order of. Days need none.
   */
  public Map<String, String> of(TableContract contract) {
    Set<String> bounded = new LinkedHashSet<>(contract.upkeep().zOrder());
    if (contract.derivation() instanceof Derivation.Cleansed cleansed
        && cleansed.eventTime() != null) {
      bounded.add(cleansed.eventTime());
    }
    if (bounded.isEmpty()) {
      return ofEach;
    }
    Map<String, String> properties = new LinkedHashMap<>(ofEach);
    properties.put("delta.dataSkippingStatsColumns", String.join(",", bounded));
    return properties;
  }

  /** Those of a table without a contract. */
  Map<String, String> ofEach() {
    return ofEach;
  }
}
