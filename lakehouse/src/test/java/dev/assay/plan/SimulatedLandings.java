package dev.assay.plan;

import dev.assay.config.FeedConfig;
import dev.assay.feed.Landing;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a feed without their rows: how many each has for which days of events. */
final class SimulatedLandings {
  private final SortedMap<LocalDate, SortedMap<LocalDate, Integer>> files;
  private final Map<LocalDate, Long> modified = new HashMap<>();
  private final Set<LocalDate> required = new HashSet<>();

  SimulatedLandings() {
    this(new TreeMap<>());
  }

  private SimulatedLandings(SortedMap<LocalDate, SortedMap<LocalDate, Integer>> files) {
    this.files = files;
    files.keySet().forEach(landing -> modified.put(landing, 0L));
  }

  /** The same files, that landed at first. */
  SimulatedLandings again() {
    return new SimulatedLandings(files);
  }

  void land(LocalDate landing, Map<LocalDate, Integer> rows, long at) {
    files.put(landing, new TreeMap<>(rows));
    modified.put(landing, at);
  }

  void mustLand(LocalDate landing) {
    required.add(landing);
  }

  /** The rows of a landing, by their days. */
  SortedMap<LocalDate, Integer> of(LocalDate landing) {
    return Objects.requireNonNull(files.get(landing));
  }

  /** What a look at the feed's files finds of a date. */
  Landing look(FeedConfig feed, LocalDate date) {
    boolean there = files.containsKey(date);
    String name = date + ".csv";
    return new Landing(
        feed.name(),
        date,
        there ? Landing.State.LANDED : absent(date),
        there
            ? List.of(new Landing.LandedFile(name, name, 1, modified.getOrDefault(date, 0L)))
            : List.of(),
        name,
        Instant.EPOCH);
  }

  private Landing.State absent(LocalDate date) {
    return required.contains(date) ? Landing.State.MISSING : Landing.State.NO_DATA;
  }
}
