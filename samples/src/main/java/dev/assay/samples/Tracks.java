package dev.assay.samples;

import dev.assay.samples.Customers.Customer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** Plays of tracks: at the hours that each customer likes, often the same tracks. */
final class Tracks implements Generator {
  static final int CUSTOMER = 1;

  private static final Layout LAYOUT =
      new Layout(
          List.of("event_id", "customer_id", "track_id", "timestamp", "mobile", "zip"),
          false,
          "event_id",
          "track_id",
          "timestamp",
          List.of("mobile"),
          List.of("event_id", "customer_id"),
          List.of("mobile"));

  /** How much of a day each hour has. */
  private static final int[] CURVE = {
    30, 20, 14, 10, 9, 14, 28, 50, 60, 52, 48, 50, 56, 54, 50, 52, 58, 66, 74, 80, 84, 78, 62, 44
  };

  /** How likely a customer listens, by how many hours off the favourite hour. */
  private static final double[] LIKING = {
    1, 0.8, 0.5, 0.3, 0.2, 0.15, 0.1, 0.08, 0.06, 0.05, 0.05, 0.05, 0.05
  };

  private static final int[] FAVOURITE_HOURS = {8, 13, 20, 23};
  private static final int TRACKS = 10_000;
  private static final int FAVOURITE_TRACKS = 60;
  private static final int LONGEST = 3_300;
  private static final long HABIT = 0x6861626974L;

  private final long seed;
  private final Schedule schedule;
  private final List<Customer> customers;

  Tracks(long seed, LocalDate start, int days, long rows, List<Customer> customers) {
    this.seed = seed;
    this.schedule = new Schedule(start, days, rows, CURVE);
    this.customers = customers;
  }

  /** What stays the same of a customer. */
  private record Habit(int hour, double mobile, int firstTrack) {
    static Habit of(long seed, int customer) {
      Draws draws = Draws.of(seed, HABIT, customer);
      int hour = FAVOURITE_HOURS[draws.pick(25, 15, 45, 15)];
      return new Habit(hour, draws.uniform(), draws.below(TRACKS));
    }

    double liking(int atHour) {
      int off = Math.abs(atHour - hour);
      return LIKING[Math.min(off, Schedule.HOURS - off)];
    }
  }

  @Override
  public Layout layout() {
    return LAYOUT;
  }

  @Override
  public Schedule schedule() {
    return schedule;
  }

  @Override
  public String id(long number) {
    return Long.toString(number);
  }

  @Override
  public boolean standsAlone(Row row) {
    return true;
  }

  @Override
  public Truth truth() {
    return new TracksTruth();
  }

  @Override
  public Path file(Path folder, LocalDate date, String ending) {
    return folder.resolve("tracks").resolve(date + ending);
  }

  @Override
  public void fill(Slot slot, HourRows rows, Draws draws) {
    while (!rows.isFull()) {
      int customer = draws.favourite(customers.size());
      Habit habit = Habit.of(seed, customer);
      if (draws.chance(habit.liking(slot.hour()))) {
        listen(customers.get(customer), habit, slot.start() + draws.below(3600), rows, draws);
      }
    }
  }

  private static void listen(
      Customer customer, Habit habit, long start, HourRows rows, Draws draws) {
    String mobile = draws.chance(habit.mobile()) ? "1" : "0";
    long now = start;
    do {
      boolean favourite = draws.chance(0.6);
      int track =
          favourite
              ? (habit.firstTrack() + draws.skewed(FAVOURITE_TRACKS)) % TRACKS
              : draws.skewed(TRACKS);
      rows.add(
          now,
          new String[] {
            "", customer.id(), Integer.toString(track + 1), Text.time(now), mobile, customer.zip()
          });
      now += draws.from(60, 320);
    } while (now - start < LONGEST && draws.chance(0.8));
  }
}
