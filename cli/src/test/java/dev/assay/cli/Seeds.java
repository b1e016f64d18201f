package dev.assay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The seeds of random histories, from {@code -Dtest.seed=N} or the clock on.
 *
 * @param left those that are still to be tried
 * @param written where those are written down that went well
 */
record Seeds(List<Long> left, @Nullable Path written) {

  /** So many seeds. */
  static Seeds of(int count) {
    return new Seeds(from(Long.getLong("test.seed", System.nanoTime()), count), null);
  }

  /** So many seeds, less those that went well when the same was tried before and stopped. */
  static Seeds resumed(int count, Path written) throws IOException {
    if (System.getProperty("test.seed") != null) {
      return of(count);
    }
    List<Long> lines =
        Files.exists(written)
            ? Files.readAllLines(written).stream().map(Long::valueOf).toList()
            : List.of();
    boolean isBegun = !lines.isEmpty() && lines.size() <= count;
    long first = isBegun ? lines.get(0) : System.nanoTime();
    List<Long> left = new ArrayList<>(from(first, count));
    if (isBegun) {
      left.removeAll(lines.subList(1, lines.size()));
    } else {
      Files.createDirectories(written.getParent());
      Files.writeString(written, first + "\n");
    }
    return new Seeds(left, written);
  }

  /** Writes down that one went well. */
  void done(long seed) throws IOException {
    if (written != null) {
      Files.writeString(written, seed + "\n", StandardOpenOption.APPEND);
    }
  }

  private static List<Long> from(long first, int count) {
    return LongStream.range(first, first + count).boxed().toList();
  }
}
