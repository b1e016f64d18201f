package dev.assay.mart;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Durations among a mart's parameters, in the microseconds that Spark counts timestamps in. */
public final class MartDurations {
  private MartDurations() {}

  /**
   * A duration of more than nothing.
   *
   * @throws AssayException with USAGE if it is none
   */
  public static Duration read(TableName table, Config parameters, String key) {
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

  /**
   * The same of one that reaches back from a moment of the business date.
   *
   * @throws AssayException with USAGE if it reaches beyond the days that the mart reads
   */
  public static Duration readBack(MartInputs inputs, String key) {
    TableName table = inputs.contract().name();
    Duration duration = read(table, inputs.computed().parameters(), key);
    int days = inputs.computed().cadence().daysRead() - 1;
    if (duration.compareTo(Duration.ofDays(days)) > 0) {
      throw new AssayException(
          ExitCode.USAGE,
          "the parameter "
              + key
              + " of "
              + table
              + " is "
              + duration
              + ", but only "
              + days
              + " days before the business date are read, so that rows would be missed; raise"
              + " look-back-days");
    }
    return duration;
  }

  /** A duration in microseconds. */
  public static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
