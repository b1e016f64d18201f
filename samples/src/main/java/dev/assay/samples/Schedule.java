package dev.assay.samples;

import java.time.LocalDate;
import java.util.Arrays;

/** How many rows each hour of a feed has: fewer at night, more at the end of the working week. */
final class Schedule {
  static final int HOURS = 24;
  private static final int SECONDS = 3600;

  /** Monday first. */
  private static final int[] WEEK = {100, 98, 99, 103, 112, 94, 88};

  private final long firstHour;
  private final int days;

  /** How many rows there are up to the end of each hour. */
  private final long[] until;

  /**
   * The schedule of a feed.
   *
   * @param curve how much of a day each of its 24 hours has
   */
  Schedule(LocalDate start, int days, long rows, int[] curve) {
    this.firstHour = start.toEpochDay() * HOURS;
    this.days = days;
    this.until = new long[days * HOURS];
    long weight = 0;
    for (int i = 0; i < until.length; i++) {
      weight += (long) WEEK[dayOfWeek(start, i / HOURS)] * curve[i % HOURS];
      until[i] = weight;
    }
    // Rounded in sum, not one by one: so that there are exactly as many rows as were asked for.
    for (int i = 0; i < until.length; i++) {
      until[i] = rows * until[i] / weight;
    }
  }

  private static int dayOfWeek(LocalDate start, int day) {
    return start.plusDays(day).getDayOfWeek().getValue() - 1;
  }

  /** The slot of an hour. */
  Slot slot(int day, int hour) {
    int number = day * HOURS + hour;
    long before = number == 0 ? 0 : until[number - 1];
    long start = (firstHour + number) * SECONDS;
    return new Slot(day, hour, start, before, (int) (until[number] - before));
  }

  /** The slot that a row is of, by its number within the feed. */
  Slot slotOf(long row) {
    int found = Arrays.binarySearch(until, row);
    int number = found < 0 ? -found - 1 : found + 1;
    while (until[number] <= row) {
      number++;
    }
    return slot(number / HOURS, number % HOURS);
  }

  /** How many days the feed has. */
  int days() {
    return days;
  }

  /** The day of the feed that a second is of. */
  int dayOf(long second) {
    return (int) Math.floorDiv(second - firstHour * SECONDS, (long) HOURS * SECONDS);
  }

  /** The date of a day. */
  LocalDate date(int day) {
    return LocalDate.ofEpochDay(firstHour / HOURS + day);
  }
}
