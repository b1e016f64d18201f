package dev.assay.samples;

import java.util.ArrayList;
import java.util.List;

/**
 * A planted fraud: what one user does on one campaign within a minute.
 *
 * @param day of the feed, from 0
 * @param user its number, beyond those of people
 * @param events how many
 */
record FraudWindow(
    Scheme scheme, int day, int hour, int minute, int user, int campaign, int events) {
  private static final long PLAN = 0x6672617564L;
  private static final int ROWS_EACH = 20_000;
  private static final int FEWEST_ROWS = 1_000;

  /** The kinds of fraud, each with the score that {@code suspicious_activity} gives it. */
  enum Scheme {
    /** Over 100 events. */
    FLOOD("0.9", 105, 150),
    /** At least 10 events on one ad. */
    ONE_AD("0.7", 12, 40),
    /** An average bid over 10. */
    OVERBID("0.6", 3, 9);

    private final String score;
    private final int fewest;
    private final int most;

    Scheme(String score, int fewest, int most) {
      this.score = score;
      this.fewest = fewest;
      this.most = most;
    }

    String score() {
      return score;
    }
  }

  /** One of every scheme for every 20,000 rows; none in a feed that would be little else. */
  static List<FraudWindow> plan(long seed, long rows, int days, int users, int campaigns) {
    List<FraudWindow> windows = new ArrayList<>();
    if (rows < FEWEST_ROWS) {
      return windows;
    }
    Draws draws = Draws.of(seed, PLAN);
    for (long i = 0; i * ROWS_EACH < rows; i++) {
      for (Scheme scheme : Scheme.values()) {
        windows.add(
            new FraudWindow(
                scheme,
                draws.below(days),
                draws.from(1, 22),
                draws.below(60),
                users + windows.size(),
                draws.below(campaigns),
                draws.from(scheme.fewest, scheme.most)));
      }
    }
    return windows;
  }
}
