package dev.assay.cli;

import dev.assay.store.Json;
import dev.assay.store.LakeStore;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers that were given before, in one small object of the lake, so that other processes have
 * them too. A release never changes, so an answer about one is never stale; what was not asked for
 * the longest gives way. It is a hint: of two who write at once, one is forgotten.
 */
final class UniquesCache {
  private static final String ROOT = "_assay/cache/";

  private final LakeStore lake;
  private final String path;
  private final int most;

  /**
   * The cache of a pipeline.
   *
   * @param most how many answers it holds
   */
  UniquesCache(LakeStore lake, String pipeline, int most) {
    this.lake = lake;
    this.path = ROOT + pipeline + "-uniques.json";
    this.most = most;
  }

  /** A question, as its key, and what the answer was. */
  record Entry(String key, List<UniquesAnswer> answers) {}

  /**
   * How often an answer was there.
   *
   * @param hits how often it was
   * @param misses how often it was not
   * @param evictions how many answers gave way
   */
  record Figures(long hits, long misses, long evictions) {

    /** Hits as a share of all questions. */
    double hitRate() {
      return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
    }
  }

  /**
   * What the object holds.
   *
   * @param entries those that were asked for last come last
   */
  record Content(Figures figures, List<Entry> entries) {}

  /**
   * An answer, and how the cache fares.
   *
   * @param wasKnown whether it was there
   */
  record Known(List<UniquesAnswer> answers, boolean wasKnown, Figures figures) {}

  /** The answer to a question, found out where it is not there. */
  Known answers(String key, Supplier<List<UniquesAnswer>> findOut) {
    Optional<Entry> known =
        content().entries().stream().filter(entry -> entry.key().equals(key)).findFirst();
    List<UniquesAnswer> answers = known.map(Entry::answers).orElseGet(findOut);
    // Read again: to find out takes seconds, in which others were answered.
    Content now = content();
    List<Entry> entries = new ArrayList<>(now.entries());
    entries.removeIf(entry -> entry.key().equals(key));
    entries.add(new Entry(key, answers));
    int evicted = Math.max(0, entries.size() - most);
    Figures before = now.figures();
    Figures figures =
        new Figures(
            before.hits() + (known.isPresent() ? 1 : 0),
            before.misses() + (known.isPresent() ? 0 : 1),
            before.evictions() + evicted);
    List<Entry> kept = List.copyOf(entries.subList(evicted, entries.size()));
    lake.overwrite(path, Json.bytes(new Content(figures, kept)));
    return new Known(answers, known.isPresent(), figures);
  }

  private Content content() {
    Content none = new Content(new Figures(0, 0, 0), List.of());
    try {
      return lake.readHint(path).map(json -> Json.read(json, Content.class, path)).orElse(none);
    } catch (UncheckedIOException unreadable) {
      // What is lost is only what can be found out again.
      return none;
    }
  }
}
