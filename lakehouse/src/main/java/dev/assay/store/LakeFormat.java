package dev.assay.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.Map;

/** The version of the lake's layout, kept in {@code _assay/format}. */
public final class LakeFormat {
  /** The layout that this code reads and writes. */
  public static final int CURRENT = 2;

  private static final String PATH = "_assay/format";

  private LakeFormat() {}

  /** Brings a lake from one layout to the next; safe to do twice, and to be killed in. */
  public interface Migration {
    /** Adds what the next layout needs. */
    void prepare(LakeStore lake);

    /** Removes what the next layout does not know, once the lake says that it has that layout. */
    void tidy(LakeStore lake);
  }

  /** Says which layout a new lake has. */
  public static void create(LakeStore lake) {
    lake.createIfAbsent(PATH, content(CURRENT));
  }

  /**
   * Brings an older lake to the current layout.
   *
   * @param migrations how, by the layout that each starts from
   * @return whether there is a lake
   * @throws AssayException with USAGE if the lake's layout is newer, or none that was ever written
   */
  public static boolean migrate(LakeStore lake, Map<Integer, Migration> migrations) {
    String written = written(lake);
    if (written.isEmpty()) {
      return false;
    }
    int layout = number(written);
    if (layout == CURRENT) {
      return true;
    }
    Migration migration = migrations.get(layout);
    if (migration == null) {
      throw unknown(lake, written);
    }
    migration.prepare(lake);
    lake.overwrite(PATH, content(layout + 1));
    migration.tidy(lake);
    return migrate(lake, migrations);
  }

  /**
   * Refuses a lake that may say what this code does not understand, and changes nothing.
   *
   * @throws AssayException with USAGE if the lake's layout is newer, or none that was ever written
   */
  public static void requireKnown(LakeStore lake) {
    String written = written(lake);
    int layout = number(written);
    if (!written.isEmpty() && (layout < 1 || layout > CURRENT)) {
      throw unknown(lake, written);
    }
  }

  private static String written(LakeStore lake) {
    return lake.read(PATH).map(bytes -> new String(bytes, UTF_8).strip()).orElse("");
  }

  private static AssayException unknown(LakeStore lake, String written) {
    return new AssayException(
        ExitCode.USAGE,
        "the lake "
            + lake.root()
            + " has layout '"
            + written
            + "', this Assay knows layout "
            + CURRENT
            + " and older ones only, and would damage it or misread it; use a newer Assay for this"
            + " lake");
  }

  private static int number(String written) {
    return written.matches("[0-9]{1,9}") ? Integer.parseInt(written) : -1;
  }

  private static byte[] content(int layout) {
    return (layout + "\n").getBytes(UTF_8);
  }
}
