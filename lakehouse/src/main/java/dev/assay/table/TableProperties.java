package dev.assay.table;

import dev.assay.config.Derivation;
import dev.assay.config.LakeConfig;
import dev.assay.config.TableContract;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The properties of the Delta tables that Assay makes. */
public final class TableProperties {
  private static final String ISOLATION = "delta.isolationLevel";
  private static final String LOG_CLEANUP = "delta.enableExpiredLogCleanup";
  private static final String FILES_KEPT = "delta.deletedFileRetentionDuration";
  private static final String COLUMNS_BOUNDED = "delta.dataSkippingNumIndexedCols";
  private static final String BOUNDED = "delta.dataSkippingStatsColumns";

  /** Not Delta's: it hands the properties of a table to Parquet, which writes its files. */
  private static final String GROUP_BYTES = "parquet.block.size";

  /** After how many rows Parquet looks at how large a group is: a late look makes it warn. */
  private static final String CHECKED_AFTER = "parquet.page.size.row.check.min";

  private static final Set<String> OURS =
      Set.of(
          ISOLATION, LOG_CLEANUP, FILES_KEPT, COLUMNS_BOUNDED, BOUNDED, GROUP_BYTES, CHECKED_AFTER);

  /** Measured on a day of 100,000 events of web: files of sketches grow by an eighth. */
  private static final Map<String, String> SMALL_GROUPS =
      Map.of(GROUP_BYTES, Integer.toString(256 << 10), CHECKED_AFTER, "4");

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
   * looked up by: the time of an event, and what they lie in order of. Days need none. Where every
   * row has bytes, as of a sketch, a file has many small groups of rows, each with its bounds: who
   * looks for some rows reads their groups alone.
   */
  public Map<String, String> of(TableContract contract) {
    Map<String, String> properties = new LinkedHashMap<>(ofEach);
    Set<String> bounded = new LinkedHashSet<>(contract.upkeep().zOrder());
    if (contract.derivation() instanceof Derivation.Cleansed cleansed
        && cleansed.eventTime() != null) {
      bounded.add(cleansed.eventTime());
    }
    if (!bounded.isEmpty()) {
      properties.put(BOUNDED, String.join(",", bounded));
    }
    if (contract.columns().stream()
        .anyMatch(column -> column.type().equals("binary") && !column.nullable())) {
      properties.putAll(SMALL_GROUPS);
    }
    return properties;
  }

  /** Those by which files of rows with bytes in each are written in small groups. */
  public static Map<String, String> ofRowsWithBytes() {
    return SMALL_GROUPS;
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
