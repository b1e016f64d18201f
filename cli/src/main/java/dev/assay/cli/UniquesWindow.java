package dev.assay.cli;

import static org.apache.spark.sql.functions.lit;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.sketches.StoredSketch;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.spark.sql.Column;

/**
 * Whole hours of UTC, which are whole days where they can be.
 *
 * @param from when it begins
 * @param until when it is over
 */
record UniquesWindow(LocalDateTime from, LocalDateTime until) {
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH");

  /** How long a window is, which says what accuracy it is answered with. */
  enum Level {
    HOURLY(Duration.ofHours(1)),
    DAILY(Duration.ofDays(1)),
    WEEKLY(Duration.ofDays(7)),
    MONTHLY(Duration.ofDays(Integer.MAX_VALUE));

    private final Duration longest;

    Level(Duration longest) {
      this.longest = longest;
    }

    /** Its name in conf. */
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The window of two days or hours, both of which belong to it.
   *
   * @throws AssayException with USAGE if they are none, or the wrong way around
   */
  static UniquesWindow of(String first, String last) {
    LocalDateTime from = begin("--from", first);
    LocalDateTime to = begin("--to", last);
    if (to.isBefore(from)) {
      throw new AssayException(
          ExitCode.USAGE, "--from " + first + " is after --to " + last + "; swap them");
    }
    return new UniquesWindow(from, isHour(last) ? to.plusHours(1) : to.plusDays(1));
  }

  private static LocalDateTime begin(String option, String text) {
    try {
      return isHour(text) ? LocalDateTime.parse(text, HOUR) : LocalDate.parse(text).atStartOfDay();
    } catch (DateTimeException e) {
      throw new AssayException(
          ExitCode.USAGE,
          option + " '" + text + "' is no day and no hour; write 2026-01-31 or 2026-01-31T05",
          e);
    }
  }

  private static boolean isHour(String text) {
    return text.contains("T");
  }

  /** How long it is. */
  Level level() {
    Duration length = Duration.between(from, until);
    for (Level level : Level.values()) {
      if (length.compareTo(level.longest) <= 0) {
        return level;
      }
    }
    return Level.MONTHLY;
  }

  /** Whether some of it is no whole day. */
  boolean hasHours() {
    return !firstWholeDay().atStartOfDay().equals(from)
        || !dayAfterLast().atStartOfDay().equals(until);
  }

  /** Whether some of it is a whole day. */
  boolean hasDays() {
    return firstWholeDay().isBefore(dayAfterLast());
  }

  private LocalDate firstWholeDay() {
    boolean whole = from.toLocalTime().equals(LocalTime.MIDNIGHT);
    return whole ? from.toLocalDate() : from.toLocalDate().plusDays(1);
  }

  private LocalDate dayAfterLast() {
    return until.toLocalDate();
  }

  /** The first day that has some of it. */
  LocalDate firstDay() {
    return from.toLocalDate();
  }

  /** The last. */
  LocalDate lastDay() {
    return until.minusHours(1).toLocalDate();
  }

  /** How many days have some of it. */
  long days() {
    return ChronoUnit.DAYS.between(firstDay(), lastDay()) + 1;
  }

  /** Whether a row of a table by day lies on a day of the window. */
  Column touches(Column day) {
    return day.between(lit(firstDay()), lit(lastDay()));
  }

  /** Whether a time lies in it. */
  Column holds(Column time) {
    return time.geq(lit(from.toInstant(ZoneOffset.UTC)))
        .and(time.lt(lit(until.toInstant(ZoneOffset.UTC))));
  }

  /**
   * Of which sketches a day of the window is made: of its own where it is whole, else of hours'.
   */
  String grain(LocalDate day) {
    return day.isBefore(firstWholeDay()) || !day.isBefore(dayAfterLast()) ? "hour" : "day";
  }

  /** Whether it is made of a sketch. */
  boolean isMadeOf(StoredSketch sketch) {
    LocalDateTime starts = LocalDateTime.ofInstant(sketch.startsAt(), ZoneOffset.UTC);
    return !starts.isBefore(from)
        && starts.isBefore(until)
        && sketch.grain().equals(grain(starts.toLocalDate()));
  }
}
