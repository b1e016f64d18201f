package dev.assay.samples;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/** What a shop's database knows of its users, and when each signed up. */
final class Profiles {
  private static final long SIGNUP = 0x7369676eL;
  private static final long PLAN = 0x706c616eL;
  private static final int YEAR = 365 * 24 * 60 * 60;

  private final long seed;
  private final Schedule schedule;
  private final long rows;

  /**
   * The profiles of a feed's users.
   *
   * @param rows how many rows the feed has; sign-ups are as frequent as they are
   */
  Profiles(long seed, Schedule schedule, long rows) {
    this.seed = seed;
    this.schedule = schedule;
    this.rows = rows;
  }

  /**
   * When a user signed up.
   *
   * @param slot the number of the feed's hour; -1 if that was before the feed
   * @param second since 1970, UTC
   */
  record Signup(int slot, long second) {}

  /** When a user signed up: one in five during the feed, the others in the year before. */
  Signup signup(int user) {
    Draws draws = Draws.of(seed, SIGNUP, user);
    if (draws.chance(0.2)) {
      Slot slot = schedule.slotOf((long) (draws.uniform() * rows));
      // So late in its hour that the visit did not start in the hour before.
      return new Signup(slot.number(), slot.start() + draws.from(300, 3_500));
    }
    return new Signup(-1, schedule.slot(0, 0).start() - draws.from(1, YEAR));
  }

  /** Writes all profiles as a CSV file, for a table of a relational database. */
  void write(Path file, int users) throws IOException {
    try (Writer lines = Lines.create(file, Compression.NONE)) {
      lines.write("user_id,signed_up_at,country,age_group,gender,plan,email\n");
      for (int user = 0; user < users; user++) {
        Person person = Person.of(seed, user);
        lines.write(
            CsvRows.line(
                List.of(
                    person.id(),
                    Text.time(signup(user).second()),
                    person.country(),
                    person.ageGroup(),
                    person.gender(),
                    plan(user),
                    person.id() + "@example.com")));
      }
    }
  }

  private String plan(int user) {
    Draws draws = Draws.of(seed, PLAN, user);
    return List.of("free", "plus", "pro").get(draws.pick(70, 22, 8));
  }
}
