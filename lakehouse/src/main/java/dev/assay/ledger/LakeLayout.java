package dev.assay.ledger;

import dev.assay.store.LakeFormat;
import dev.assay.store.LakeStore;
import java.util.Map;

/** Makes a lake's layout the one that this code knows, before anything in it is looked at. */
public final class LakeLayout {
  private static final Map<Integer, LakeFormat.Migration> MIGRATIONS = Map.of(1, new LayoutOne());

  private LakeLayout() {}

  /**
   * Brings an older lake to the current layout; where there is no lake, it makes none.
   *
   * @throws dev.assay.error.AssayException with USAGE if the lake's layout is newer
   */
  public static void understand(LakeStore lake) {
    LakeFormat.migrate(lake, MIGRATIONS);
  }

  /**
   * The same, and where there is no lake, it makes one.
   *
   * @throws dev.assay.error.AssayException with USAGE if the lake's layout is newer
   */
  public static void ensure(LakeStore lake) {
    if (!LakeFormat.migrate(lake, MIGRATIONS)) {
      LakeFormat.create(lake);
    }
  }
}
