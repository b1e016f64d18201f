package dev.assay.plan;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
    return sources.stream().flatMap(source -> cause(source).stream()).findFirst();
  }

  private Optional<String> cause(Source source) {
    if (source instanceof Source.Rows rows) {
      Source.Days read = rows.days();
      return latest(read.table(), read.from(), read.to())
          .map(day -> "made from " + read.table() + "/" + day + ", which is published first");
    }
    if (source instanceof Source.Champion champion) {
      return champion.learned().stream()
          .flatMap(table -> latest(table, LocalDate.MIN, champion.day()).stream())
          .max(Comparator.naturalOrder())
          .map(day -> champion.name() + " may be another once it learned on " + day);
    }
    return Optional.empty();
  }

  private Optional<LocalDate> latest(String table, LocalDate from, LocalDate to) {
    return Optional.ofNullable(days.get(table))
        .map(planned -> planned.floor(to))
        .filter(day -> !day.isBefore(from));
  }
}
