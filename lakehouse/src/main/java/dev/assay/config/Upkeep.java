package dev.assay.config;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a table is kept.
 *
 * @param retentionDays for how many days after it a table-day is kept; null for ever
 * @param archiveDays for how many days after it a table-day stays in the table, before its rows
 *     move to the archive; null where they do not
 * @param zOrder the columns by which the rows of a table-day are laid close together; empty if a
 *     table-day's files are only put together
 */
public record Upkeep(
    @Nullable Integer retentionDays, @Nullable Integer archiveDays, List<String> zOrder) {
  /** Kept for ever, in no order. */
  public static final Upkeep PLAIN = new Upkeep(null, null, List.of());

  /** Whether a day is past its retention on another. */
  public boolean isExpired(LocalDate day, LocalDate today) {
    return isOlder(day, retentionDays, today);
  }

  /** Whether a day's rows belong into the archive on another. */
  public boolean isForTheArchive(LocalDate day, LocalDate today) {
    return isOlder(day, archiveDays, today);
  }

  private static boolean isOlder(LocalDate day, @Nullable Integer days, LocalDate today) {
    return days != null && day.plusDays(days).isBefore(today);
  }
}
