package dev.assay.samples;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Events of ads: who saw which, clicked, converted. A session is shorter than an hour, and no two
 * of a user overlap, so that no two rows are equal, though they have no id.
 */
final class Ads implements Generator {
  static final int USER = 0;
  static final int CAMPAIGN = 1;
  static final int AD = 2;
  static final int TIME = 3;
  static final int TYPE = 4;
  static final int COST = 13;
  static final int REVENUE = 14;

  private static final Layout LAYOUT =
      new Layout(
          List.of(
              "user_id",
              "campaign_id",
              "ad_id",
              "timestamp",
              "event_type",
              "device_type",
              "os",
              "browser",
              "country",
              "city",
              "age_group",
              "gender",
              "bid_price",
              "cost",
              "revenue"),
          true,
          null,
          null,
          "timestamp",
          List.of("bid_price", "cost"),
          List.of("user_id", "campaign_id", "ad_id"),
          List.of("event_type", "device_type", "os", "browser", "country", "age_group", "gender"));

  /** How much of a day each hour has. */
  private static final int[] CURVE = {
    18, 12, 8, 6, 6, 9, 16, 28, 40, 48, 52, 55, 60, 58, 54, 52, 54, 60, 70, 82, 90, 84, 62, 36
  };

  private static final int LEAST = 100;
  private static final int ROWS_A_USER = 10;
  private static final int ROWS_A_CAMPAIGN = 1_000;
  private static final int FEWEST_CAMPAIGNS = 10;

  private final long seed;
  private final int users;
  private final Catalogue catalogue;
  private final List<FraudWindow> frauds;
  private final Schedule schedule;

  /** A smaller feed has fewer users, campaigns and ads, so that each has as many events. */
  Ads(long seed, LocalDate start, int days, long rows) {
    this.seed = seed;
    this.users = (int) Math.max(LEAST, rows / ROWS_A_USER);
    int campaigns = (int) Math.max(FEWEST_CAMPAIGNS, rows / ROWS_A_CAMPAIGN);
    this.catalogue = new Catalogue(seed, campaigns);
    this.frauds = FraudWindow.plan(seed, rows, days, users, campaigns);
    long planted = frauds.stream().mapToLong(FraudWindow::events).sum();
    this.schedule = new Schedule(start, days, rows - planted, CURVE);
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
    throw new UnsupportedOperationException("events of ads have no id");
  }

  @Override
  public boolean standsAlone(Row row) {
    return row.value(TYPE).equals("impression");
  }

  @Override
  public Truth truth() {
    return new AdsTruth(schedule, catalogue, frauds);
  }

  @Override
  public Path file(Path folder, LocalDate date, String ending) {
    return folder.resolve("ad_events").resolve(date.toString()).resolve("ad_events" + ending);
  }

  @Override
  public void fill(Slot slot, HourRows rows, Draws draws) {
    for (FraudWindow fraud : frauds) {
      if (fraud.day() == slot.day() && fraud.hour() == slot.hour()) {
        new AdFraud(seed, catalogue, draws).plant(fraud, slot, rows);
      }
    }
    Set<Integer> seen = new HashSet<>();
    while (!rows.isFull()) {
      int user = draws.favourite(users);
      if (comesIn(slot, user) && seen.add(user)) {
        long start = slot.start() + draws.below(3600);
        new AdSession(Person.of(seed, user), catalogue, slot.hour(), draws).run(start, rows);
      }
    }
  }

  /** Whether a user starts sessions in an hour; never in two hours that follow each other. */
  private boolean comesIn(Slot slot, int user) {
    long hour = slot.start() / 3600;
    long draw = Draws.hash(seed, user, hour);
    return draw > Draws.hash(seed, user, hour - 1) && draw > Draws.hash(seed, user, hour + 1);
  }
}
