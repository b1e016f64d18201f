package dev.assay.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What visitors of a shop do: journeys from landing to purchase, most of which end before. */
final class Web implements Generator {
  static final int USER = 1;
  static final int TYPE = 2;
  static final int REVENUE = 10;

  private static final Layout LAYOUT =
      new Layout(
          List.of(
              "event_id",
              "user_id",
              "event_type",
              "page",
              "referrer",
              "utm_source",
              "utm_medium",
              "utm_campaign",
              "device_type",
              "timestamp",
              "revenue",
              "cost",
              "feature"),
          true,
          "event_id",
          "page",
          "timestamp",
          List.of("revenue", "cost"),
          List.of("event_id", "user_id"),
          List.of("event_type"));

  /** How much of a day each hour has. */
  private static final int[] CURVE = {
    20, 12, 8, 5, 5, 8, 15, 26, 38, 50, 56, 60, 66, 62, 56, 54, 56, 62, 70, 80, 92, 88, 66, 40
  };

  /** What nobody waits for, so that their rows may come days later. */
  private static final Set<String> LOOKS = Set.of("landing", "page_view", "product_view");

  private static final int LEAST = 50;
  private static final int ROWS_A_USER = 25;
  private static final long EVENT = 0x6576656e74L;

  private final long seed;
  private final int users;
  private final Schedule schedule;
  private final Profiles profiles;

  /** By the number of a slot, who signs up in it. */
  private final Map<Integer, List<Integer>> signups = new TreeMap<>();

  Web(long seed, LocalDate start, int days, long rows) {
    this.seed = seed;
    this.users = (int) Math.max(LEAST, rows / ROWS_A_USER);
    this.schedule = new Schedule(start, days, rows, CURVE);
    this.profiles = new Profiles(seed, schedule, rows);
    for (int user = 0; user < users; user++) {
      Profiles.Signup signup = profiles.signup(user);
      if (signup.slot() >= 0) {
        signups.computeIfAbsent(signup.slot(), slot -> new ArrayList<>()).add(user);
      }
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
    String hex = Long.toHexString(Draws.mixed(Draws.hash(seed, EVENT) + number));
    return "0".repeat(16 - hex.length()) + hex;
  }

  @Override
  public boolean standsAlone(Row row) {
    return LOOKS.contains(row.value(TYPE));
  }

  @Override
  public Truth truth() {
    return new WebTruth(schedule);
  }

  @Override
  public Path file(Path folder, LocalDate date, String ending) {
    return folder.resolve("user_events").resolve(date.toString()).resolve("user_events" + ending);
  }

  @Override
  public void writeBesides(Path folder) throws IOException {
    profiles.write(folder.resolve("user_profiles.csv"), users);
  }

  @Override
  public void fill(Slot slot, HourRows rows, Draws draws) {
    for (int user : signups.getOrDefault(slot.number(), List.of())) {
      long second = profiles.signup(user).second();
      new WebSession(Person.of(seed, user), second, draws, rows).signUp(second);
    }
    while (!rows.isFull()) {
      int user = draws.favourite(users);
      long start = slot.start() + draws.below(3600);
      boolean known = profiles.signup(user).second() < start;
      WebSession session = new WebSession(Person.of(seed, user), start, draws, rows);
      session.shop(known);
    }
  }
}
