package dev.assay.bronze;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** That a file is not whole, so that it can't be read whatever the store does. */
final class DamagedFile extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedFile(Throwable cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }

  /** The error that a file could not be read with: its own fault, or else the store's. */
  static RuntimeException explain(String file, IOException e) {
    if (!(e instanceof DamagedFile) && !(e instanceof EOFException)) {
      return new UncheckedIOException("could not read " + file + ": " + e.getMessage(), e);
    }
    return new AssayException(
        ExitCode.REFUSED,
        file
            + " is cut off or damaged: it cannot be read to its end ("
            + e.getMessage()
            + "). Nothing of it was published, because nobody knows what is missing; deliver it"
            + " again, whole",
        e);
  }
}
