package dev.assay.config;

import java.time.DayOfWeek;
import java.time.LocalDate;

/** How a mart's table-days depend on time. */
public sealed interface Cadence {
  /** The day that ends a week: the only one that a weekly table has. */
  DayOfWeek END_OF_WEEK = DayOfWeek.SUNDAY;

  /**
   * A function of a day and of some days before it.
   *
   * @param lookBackDays how many days before the business date it reads, 0 for none
   */
  record Daily(int lookBackDays) implements Cadence {}

  /**
   * A state as of a date.
   *
   * @param windowDays how many days it reads, the as-of date being the last of them
   */
  record Snapshot(int windowDays) implements Cadence {}

  /**
   * A state as of the end of a week; other days have none.
   *
   * @param windowDays how many days it reads, the as-of date being the last of them
   */
  record Weekly(int windowDays) implements Cadence {}

  /** How many days are read, the business date being the last of them. */
  default int daysRead() {
    if (this instanceof Daily daily) {
      return daily.lookBackDays() + 1;
    }
    return this instanceof Weekly weekly ? weekly.windowDays() : ((Snapshot) this).windowDays();
  }

  /** Whether a table-day is a state as of its day, rather than what the day brought. */
  default boolean isState() {
    return !(this instanceof Daily);
  }

  /** Whether there is to be a table-day of a day. */
  default boolean hasDay(LocalDate day) {
    return !(this instanceof Weekly) || day.getDayOfWeek() == END_OF_WEEK;
  }
}
