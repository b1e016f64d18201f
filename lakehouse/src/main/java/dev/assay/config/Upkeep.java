package dev.assay.config;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a table is kept.
 *
 * @param retentionDays for how many days after it a table-day is kept; null for ever
 * @param zOrder the columns by which the rows of a table-day are laid close together; empty if a
 *     table-day's files are only put together
 */
public record Upkeep(@Nullable Integer retentionDays, List<String> zOrder) {
  /** Kept for ever, in no order. */
  public static final Upkeep PLAIN = new Upkeep(null, List.of());

  /** Whether a day is past its retention on another. */
  public boolean isExpired(LocalDate day, LocalDate today) {
    return retentionDays != null && day.plusDays(retentionDays).isBefore(today);
  }
}
