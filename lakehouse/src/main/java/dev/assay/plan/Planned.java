package dev.assay.plan;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a plan settles so far, by table. */
final class Planned {
  private final Map<String, TreeSet<LocalDate>> days = new HashMap<>();
  private final Map<String, Set<LocalDate>> certain = new HashMap<>();

  void add(Step step) {
    String table = step.tableDay().table().table();
    if (step.action() == Action.MAKE) {
      certain.computeIfAbsent(table, key -> new HashSet<>()).add(step.tableDay().day());
    }
    if (step.action() != Action.RECORD) {
      days.computeIfAbsent(table, key -> new TreeSet<>()).add(step.tableDay().day());
    }
  }

  boolean isPlanned(String table, LocalDate day) {
    TreeSet<LocalDate> planned = days.get(table);
    return planned != null && planned.contains(day);
  }

  boolean isCertain(String table, LocalDate day) {
    return certain.getOrDefault(table, Set.of()).contains(day);
  }

  /** Why a table-day must be looked at again once what is planned is done. */
  Optional<String> cause(List<Source> sources) {
    for (Source source : sources) {
      if (source instanceof Source.Rows rows) {
        Source.Days read = rows.days();
        LocalDate day = latest(read.table(), read.from(), read.to());
        if (day != null) {
          return Optional.of(
              "made from " + read.table() + "/" + day + ", which is published first");
        }
      }
    }
    return Optional.empty();
  }

  private @Nullable LocalDate latest(String table, LocalDate from, LocalDate to) {
    TreeSet<LocalDate> planned = days.get(table);
    LocalDate day = planned == null ? null : planned.floor(to);
    return day == null || day.isBefore(from) ? null : day;
  }
}
