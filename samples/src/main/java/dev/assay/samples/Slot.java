package dev.assay.samples;

/**
 * An hour of a feed.
 *
 * @param day from 0
 * @param hour from 0
 * @param start its first second, since 1970, UTC
 * @param first the number of its first row within the feed, from 0
 * @param rows how many rows belong to the sessions that start in it
 */
record Slot(int day, int hour, long start, long first, int rows) {

  /** Its number within the feed, from 0. */
  int number() {
    return day * Schedule.HOURS + hour;
  }
}
