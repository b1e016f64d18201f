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
  private static final String ISOLATION = "delta.isolationLevel";
  private static final String LOG_CLEANUP = "delta.enableExpiredLogCleanup";
  private static final String FILES_KEPT = "delta.deletedFileRetentionDuration";
  private static final String COLUMNS_BOUNDED = "delta.dataSkippingNumIndexedCols";
  private static final String BOUNDED = "delta.dataSkippingStatsColumns";

  private static final Set<String> OURS =
      Set.of(ISOLATION, LOG_CLEANUP, FILES_KEPT, COLUMNS_BOUNDED, BOUNDED);

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
    ofEach.put(ISOLATION, "Serializable");
    ofEach.put(LOG_CLEANUP, "false");
    ofEach.put(FILES_KEPT, "interval " + kept.toHours() + " hours");
    // By default bounds of every column are kept, for a fifth of the time of a write.
    ofEach.put(COLUMNS_BOUNDED, "0");
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
    properties.put(BOUNDED, String.join(",", bounded));
    return properties;
  }

  /** Whether a property is one that conf gives, and takes away where it gives it no more. */
  static boolean isOurs(String property) {
    return OURS.contains(property);
  }

  /** Those of a table without a contract. */
  Map<String, String> ofEach() {
    return ofEach;
  }
}
