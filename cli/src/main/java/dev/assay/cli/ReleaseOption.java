package dev.assay.cli;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which release is read: the newest, unless another is named. */
final class ReleaseOption {
  @Option(names = "--release", paramLabel = "N", description = "read this release")
  private @Nullable Long release;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description = "read the release of that time, as 2010-12-01T12:00:00Z")
  private @Nullable String asOf;

  /**
   * Spark's settings of a session that reads it.
   *
   * @throws AssayException with USAGE if the time is none, or both are named
   */
  Map<String, String> settings() {
    if (release != null && asOf != null) {
      throw new AssayException(ExitCode.USAGE, "give --release or --as-of, not both");
    }
    if (release != null) {
      return Map.of("spark.sql.catalog.assay.release", release.toString());
    }
    if (asOf == null) {
      return Map.of();
    }
    try {
      return Map.of("spark.sql.catalog.assay.as-of", Instant.parse(asOf).toString());
    } catch (DateTimeException e) {
      throw new AssayException(
          ExitCode.USAGE, "--as-of '" + asOf + "' is no time; write 2010-12-01T12:00:00Z", e);
    }
  }
}
