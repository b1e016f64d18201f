package dev.assay.cli;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which business dates: one, or a range. */
final class Days {
  @Option(names = "--date", paramLabel = "D", description = "the business date, as 2010-12-01")
  private @Nullable LocalDate date;

  @Option(names = "--from", paramLabel = "D", description = "the first business date of a range")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "D", description = "the last business date of a range")
  private @Nullable LocalDate to;

  /** Whether any was given. */
  boolean given() {
    return date != null || from != null || to != null;
  }

  /**
   * The dates, in order.
   *
   * @throws AssayException with USAGE if neither a date nor a whole range was given
   */
  List<LocalDate> all() {
    if (date != null && from == null && to == null) {
      return List.of(date);
    }
    if (date != null || from == null || to == null) {
      throw new AssayException(ExitCode.USAGE, "give --date D, or --from D and --to D");
    }
    if (to.isBefore(from)) {
      throw new AssayException(
          ExitCode.USAGE, "--from " + from + " is after --to " + to + "; swap them");
    }
    return from.datesUntil(to.plusDays(1)).toList();
  }
}
