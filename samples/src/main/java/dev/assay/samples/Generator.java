package dev.assay.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;

/** Makes the rows of one feed, each hour of them by itself: so hours can be made side by side. */
interface Generator {
  /** The columns. */
  Layout layout();

  /** How many rows each hour has. */
  Schedule schedule();

  /** The id of the feed's row of this number, where rows have ids. */
  String id(long number);

  /** Whether no other row has this one as its cause, so that it may happen on another day. */
  boolean standsAlone(Row row);

  /**
   * Adds the rows of the sessions that start in an hour, each shorter than an hour, until it is
   * full.
   *
   * @param draws the hour's own
   */
  void fill(Slot slot, HourRows rows, Draws draws);

  /** An account of no rows yet. */
  Truth truth();

  /**
   * The file of a day.
   *
   * @param ending what the name ends with, as {@code .csv.gz}
   */
  Path file(Path folder, LocalDate date, String ending);

  /** Writes what the feed has besides its days' files. */
  default void writeBesides(Path folder) throws IOException {}
}
