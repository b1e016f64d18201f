package dev.assay.cli;

import dev.assay.config.ColumnContract;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table-day's released rows beside those recomputed.
 *
 * @param contract the table's
 * @param closeness how close they must be
 */
record DayComparison(TableContract contract, Closeness closeness) {
  /** How many rows that differ are told. */
  private static final int TOLD = 5;

  /** The columns that are compared. */
  List<String> columns() {
    return contract.columns().stream()
        .map(ColumnContract::name)
        .filter(name -> !closeness.leftOut().contains(name))
        .toList();
  }

  /** What differs, with the first rows that do; nothing if none does. */
  Optional<String> difference(
      LocalDate day, List<List<Object>> released, List<List<Object>> recomputed) {
    Map<List<Object>, List<Object>> expected = byKey(recomputed);
    List<String> told = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    for (List<Object> row : released) {
      List<Object> key = key(row);
      List<Object> other = expected.get(key);
      if (!seen.add(key)) {
        told.add(key + " is released twice");
      } else if (other == null) {
        told.add(row + " is not recomputed");
      } else {
        cells(row, other).ifPresent(cells -> told.add(key + " has " + cells));
      }
    }
    expected.keySet().removeAll(seen);
    expected.values().forEach(row -> told.add(row + " is recomputed and not released"));
    return told.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s of %s: %d of %d rows differ: %s"
                .formatted(
                    contract.name(),
                    day,
                    told.size(),
                    released.size(),
                    String.join("; ", told.subList(0, Math.min(TOLD, told.size())))));
  }

  private Map<List<Object>, List<Object>> byKey(List<List<Object>> rows) {
    Map<List<Object>, List<Object>> byKey = new HashMap<>();
    for (List<Object> row : rows) {
      if (byKey.put(key(row), row) != null) {
        throw new IllegalStateException(
            contract.name() + " is recomputed with two rows of the key " + key(row));
      }
    }
    return byKey;
  }

  /** The key that no two rows of a day share; where a silver table has none, the whole row. */
  private List<Object> key(List<Object> row) {
    if (contract.stage() == Stage.SILVER && contract.key().isEmpty()) {
      return row;
    }
    List<String> names = columns();
    List<Object> key = new ArrayList<>();
    for (String name : contract.key()) {
      key.add(row.get(names.indexOf(name)));
    }
    return key;
  }

  private Optional<String> cells(List<Object> released, List<Object> recomputed) {
    List<String> names = columns();
    List<String> differing = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Double relative = closeness.estimates().get(names.get(i));
      boolean agrees =
          relative == null
              ? Cells.same(released.get(i), recomputed.get(i))
              : Cells.near(released.get(i), recomputed.get(i), relative);
      if (!agrees) {
        differing.add(names.get(i) + " " + released.get(i) + ", recomputed " + recomputed.get(i));
      }
    }
    return differing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", differing));
  }
}
