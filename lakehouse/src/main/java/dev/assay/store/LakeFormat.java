package dev.assay.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;

/** The version of the lake's layout, kept in {@code _assay/format}. */
public final class LakeFormat {
  /** The layout that this code writes. */
  public static final int CURRENT = 1;

  private static final String PATH = "_assay/format";

  private LakeFormat() {}

  /**
   * Says which layout a new lake has, and refuses one that this code does not know.
   *
   * @throws AssayException with USAGE if the lake's layout is newer or cannot be read
   */
  public static void ensure(LakeStore lake) {
    String written = lake.read(PATH).map(bytes -> new String(bytes, UTF_8).strip()).orElse("");
    if (written.isEmpty()) {
      lake.createIfAbsent(PATH, (CURRENT + "\n").getBytes(UTF_8));
      return;
    }
    if (!written.equals(Integer.toString(CURRENT))) {
      throw new AssayException(
          ExitCode.USAGE,
          "the lake "
              + lake.root()
              + " has layout '"
              + written
              + "', this Assay knows layout "
              + CURRENT
              + " only and would damage it; use a newer Assay for this lake");
    }
  }
}
