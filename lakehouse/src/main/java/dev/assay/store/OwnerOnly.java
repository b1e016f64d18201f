package dev.assay.store;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Files that hold secrets, which nobody but their owner may read. */
public final class OwnerOnly {
  private static final Set<PosixFilePermission> RIGHTS =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private OwnerOnly() {}

  /**
   * Requires that only its owner can read a file.
   *
   * @param key the key of conf that names it
   * @throws AssayException with USAGE if others can, or nobody can
   */
  public static void require(String key, Path file) {
    try {
      if (!RIGHTS.containsAll(Files.getPosixFilePermissions(file))) {
        throw new AssayException(
            ExitCode.USAGE,
            key + " " + file + " can be read by others than its owner; run: chmod 600 " + file);
      }
    } catch (IOException e) {
      throw new AssayException(
          ExitCode.USAGE,
          key + " " + file + " cannot be read (" + e + "); create it with mode 600",
          e);
    }
  }
}
