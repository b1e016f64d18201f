package dev.assay.gold.ads;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Durations among a mart's parameters, in the microseconds that Spark counts timestamps in. */
final class MartDurations {
  private MartDurations() {}

  /**
   * A duration of more than nothing.
   *
   * @throws AssayException with USAGE if it is none
   */
  static Duration read(TableName table, Config parameters, String key) {
    String problem = "is not more than nothing";
    ConfigException cause = null;
    try {
      Duration duration = parameters.getDuration(key);
      if (duration.compareTo(Duration.ZERO) > 0) {
        return duration;
      }
    } catch (ConfigException e) {
      problem = "is no duration (" + e.getMessage() + ")";
      cause = e;
    }
    throw new AssayException(
        ExitCode.USAGE,
        "the parameter " + key + " of " + table + " " + problem + "; write it as 30 minutes",
        cause);
  }

  static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
