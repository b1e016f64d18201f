package dev.assay.config;

/** How a mart's table-days depend on time. */
public sealed interface Cadence {

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

  /** How many days are read, the business date being the last of them. */
  default int daysRead() {
    if (this instanceof Daily daily) {
      return daily.lookBackDays() + 1;
    }
    return ((Snapshot) this).windowDays();
  }
}
