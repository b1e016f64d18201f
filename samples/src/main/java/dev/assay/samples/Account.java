package dev.assay.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was written: rows by kind and by landing day, and the truth about those that happened. */
final class Account {
  private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
  private final Map<LocalDate, Long> landings = new TreeMap<>();
  private final Schedule schedule;
  private final Truth truth;

  Account(Schedule schedule, Truth truth) {
    this.schedule = schedule;
    this.truth = truth;
  }

  /** Counts rows that were written; files that are written side by side count in turn. */
  synchronized void count(List<Row> written) {
    for (Row row : written) {
      kinds.merge(row.kind(), 1L, Long::sum);
      landings.merge(schedule.date(row.landing()), 1L, Long::sum);
      if (row.kind().counts()) {
        truth.count(row);
      }
    }
  }

  /** How many rows were written. */
  synchronized long rows() {
    return kinds.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Puts what was counted into a truth file. */
  synchronized void describe(ObjectNode file) {
    ObjectNode byKind = file.putObject("rows_by_kind");
    kinds.forEach((kind, rows) -> byKind.put(kind.id(), rows));
    ObjectNode byLanding = file.putObject("rows_by_landing_day");
    landings.forEach((date, rows) -> byLanding.put(date.toString(), rows));
    truth.describe(file);
  }

  /** Writes what would be too much for a truth file beside it. */
  synchronized void writeBesides(Path folder) throws IOException {
    truth.writeBesides(folder);
  }
}
