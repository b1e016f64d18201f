package dev.assay.cli;

import dev.assay.samples.Compression;
import dev.assay.samples.Domain;
import dev.assay.samples.Format;
import dev.assay.samples.SampleOrder;
import dev.assay.samples.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;

/** Generated feeds to test on, one row in twenty of them dirty. */
final class GeneratedFeeds {
  private static final long SEED = 42;
  private static final double DIRTY = 0.05;

  private GeneratedFeeds() {}

  /**
   * Writes a feed.
   *
   * @param into the folder of its pipeline in a landing
   */
  static void write(Domain domain, Format format, long rows, LocalDate first, int days, Path into)
      throws IOException {
    Samples.write(
        new SampleOrder(
            domain, rows, days, SEED, DIRTY, format, Compression.NONE, into, first, null),
        2);
  }

  /**
   * Writes events of the web, and as the first day's state of the users one who has no such plan.
   */
  static void writeWeb(long rows, LocalDate first, int days, Path into) throws IOException {
    write(Domain.WEB, Format.CSV, rows, first, days, into);
    Path profiles = Files.createDirectories(into.resolve("user_profiles")).resolve(first + ".csv");
    Files.move(into.resolve("user_profiles.csv"), profiles);
    Files.writeString(profiles, "u0,2024-01-01 11:00:00.5,,,,gold,\n", StandardOpenOption.APPEND);
  }
}
