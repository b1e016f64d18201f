package dev.assay.samples;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the sessions that start in an hour, dirty ones among them, as many as are due. */
final class HourRows {
  private final Slot slot;
  private final Schedule schedule;
  private final Generator generator;
  private final Dirt dirt;
  private final double share;
  private final Draws draws;
  private final List<Row> rows = new ArrayList<>();
  private int planted;

  /**
   * No rows yet.
   *
   * @param share how many of the rows are dirty
   * @param draws what decides which
   */
  HourRows(
      Slot slot, Schedule schedule, Generator generator, Dirt dirt, double share, Draws draws) {
    this.slot = slot;
    this.schedule = schedule;
    this.generator = generator;
    this.dirt = dirt;
    this.share = share;
    this.draws = draws;
  }

  /** Whether the hour has all of its rows; what is added then is left out. */
  boolean isFull() {
    return rows.size() - planted >= slot.rows();
  }

  /**
   * Adds a clean row, and perhaps dirty ones beside it. A session's rows come in the order of their
   * causes, so that a full hour leaves out no cause of a row that it has. What would happen after
   * the end of the feed is left out, too.
   */
  void add(long second, @Nullable String[] values) {
    int day = schedule.dayOf(second);
    if (isFull() || day >= schedule.days()) {
      return;
    }
    String id = generator.layout().id();
    if (id != null) {
      values[generator.layout().index(id)] = generator.id(number());
    }
    Row clean = new Row(Kind.CLEAN, day, day, second, values);
    rows.add(clean);
    boolean repeated = false;
    while (!isFull() && draws.chance(share)) {
      Row dirty = dirt.of(clean, number(), repeated);
      repeated |= dirty.kind() == Kind.LATE;
      rows.add(dirty);
    }
  }

  /** Adds a row of a planted fraud, beyond those that are due. */
  void plant(long second, @Nullable String[] values) {
    int day = schedule.dayOf(second);
    rows.add(new Row(Kind.FRAUD, day, day, second, values));
    planted++;
  }

  private long number() {
    return slot.first() + rows.size() - planted;
  }

  /** The rows as they happened. */
  List<Row> inOrder() {
    rows.sort(Comparator.comparingLong(Row::second));
    return rows;
  }
}
