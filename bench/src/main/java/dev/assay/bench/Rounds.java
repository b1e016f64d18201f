package dev.assay.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Times of several ways of doing one thing, measured in turn. */
final class Rounds {
  private static final double NANOS = 1e9;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  private final Map<String, List<Double>> times = new LinkedHashMap<>();

  /** What is measured; the first round warms up and does not count. */
  interface Work {
    /** Does it. */
    void run() throws Exception;
  }

  /** Measures a way once. */
  void measure(String way, int round, Work work) throws Exception {
    long started = System.nanoTime();
    work.run();
    add(way, round, (System.nanoTime() - started) / NANOS);
  }

  /** Adds a time that was measured. */
  void add(String way, int round, double seconds) {
    if (round >= 0) {
      times.computeIfAbsent(way, key -> new ArrayList<>()).add(seconds);
    }
  }

  /** Prints each way's times. */
  void printTimes() {
    times.forEach(
        (name, seconds) ->
            out.printf(
                Locale.ROOT,
                "%s: median %.2f s, %.2f to %.2f%n",
                name,
                median(seconds),
                Collections.min(seconds),
                Collections.max(seconds)));
  }

  /** Prints a median beside the seconds that it may take. */
  void printTime(String what, String way, double budget) {
    out.printf(Locale.ROOT, "%s: %.0f s (budget %.0f)%n", what, median(timesOf(way)), budget);
  }

  /** Prints the ratio of two medians. */
  void printRatio(String what, String way, String against, double budget) {
    double ratio = median(timesOf(way)) / median(timesOf(against));
    out.printf(Locale.ROOT, "%s: %.2f (budget %.2f)%n", what, ratio, budget);
  }

  private List<Double> timesOf(String way) {
    return Objects.requireNonNull(times.get(way), "it was measured");
  }

  private static double median(List<Double> seconds) {
    List<Double> sorted = new ArrayList<>(seconds);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
