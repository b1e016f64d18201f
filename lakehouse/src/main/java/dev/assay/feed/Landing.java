package dev.assay.feed;

import dev.assay.config.FeedConfig;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What landed of a feed for a business date.
 *
 * @param feed the feed
 * @param date the business date
 * @param state whether its files are there, and if not, whether they still may or must come
 * @param files the files, by path; of a snapshot perhaps those of a date before
 * @param pattern where they were looked for
 * @param until until when they may still come
 */
public record Landing(
    String feed,
    LocalDate date,
    State state,
    List<LandedFile> files,
    String pattern,
    Instant until) {

  /** Whether a day's files are there. */
  public enum State {
    /** They are. */
    LANDED,
    /** They are not, and may still come. */
    WAITING,
    /** They are not, and on such a day need not be. */
    NO_DATA,
    /** They are not, and must be. */
    MISSING;

    /** The state as in answers: {@code no-data}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * A file that landed.
   *
   * @param path its full path
   * @param name its name without the folders before it, which differ between machines; of one in a
   *     folder that is itself what matches, as an hour's, with that folder's
   * @param length its bytes
   * @param modified when it was written, in milliseconds since 1970
   */
  public record LandedFile(String path, String name, long length, long modified) {}

  /**
   * Looks for a day's files: those of its date or, once those may come no more, of a snapshot the
   * newest before it.
   *
   * @throws UncheckedIOException if the store does not answer
   */
  public static Landing find(FeedConfig feed, LocalDate date, Configuration conf, Clock clock) {
    DatedFiles dated = new DatedFiles(feed, conf);
    Landing own = of(feed, date, dated.of(date), clock);
    return feed.snapshot() && own.isOver() ? own.orNewest(dated.all().headMap(date, false)) : own;
  }

  /** Where a day's files are looked for: a path or a glob. */
  public static Path place(FeedConfig feed, LocalDate date) {
    return DatedFiles.pattern(feed, date.toString());
  }

  /** Until when a day's files may still come. */
  public static Instant until(FeedConfig feed, LocalDate date) {
    return date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(feed.arrivesWithin());
  }

  /** Whether one look finds the files of all dates, as a look at each would. */
  static boolean isFoundAtOnce(FeedConfig feed) {
    return feed.snapshot() || DatedFiles.areInOneFolder(feed);
  }

  /**
   * Looks for many days' files at once.
   *
   * @param feed a feed that {@link #isFoundAtOnce is found at once}
   * @throws UncheckedIOException if the store does not answer
   */
  static List<Landing> find(
      FeedConfig feed, List<LocalDate> dates, Configuration conf, Clock clock) {
    NavigableMap<LocalDate, List<LandedFile>> all = new DatedFiles(feed, conf).all();
    List<Landing> landings = new ArrayList<>();
    for (LocalDate date : dates) {
      Landing own = of(feed, date, all.getOrDefault(date, List.of()), clock);
      landings.add(feed.snapshot() && own.isOver() ? own.orNewest(all.headMap(date, false)) : own);
    }
    return landings;
  }

  private static Landing of(FeedConfig feed, LocalDate date, List<LandedFile> files, Clock clock) {
    Instant until = until(feed, date);
    return new Landing(
        feed.name(),
        date,
        state(feed, date, files, until, clock),
        files,
        place(feed, date).toString(),
        until);
  }

  /** Whether its files are not there, and may come no more. */
  private boolean isOver() {
    return state == State.NO_DATA || state == State.MISSING;
  }

  private Landing orNewest(NavigableMap<LocalDate, List<LandedFile>> before) {
    return before.isEmpty()
        ? new Landing(feed, date, state, files, pattern + " or of a date before", until)
        : new Landing(feed, date, State.LANDED, before.lastEntry().getValue(), pattern, until);
  }

  private static State state(
      FeedConfig feed, LocalDate date, List<LandedFile> files, Instant until, Clock clock) {
    if (!files.isEmpty()) {
      return State.LANDED;
    }
    if (clock.instant().isBefore(until)) {
      return State.WAITING;
    }
    return feed.requiredOn().contains(date.getDayOfWeek()) ? State.MISSING : State.NO_DATA;
  }
}
