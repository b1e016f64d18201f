package dev.assay.feed;

import dev.assay.config.FeedConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;

/**
 * What landed of a feed for a business date.
 *
 * @param feed the feed
 * @param date the business date
 * @param state whether its files are there, and if not, whether they still may or must come
 * @param files the files, by path
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

  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final String VARIABLE = "{date}";
  private static final String ANY_DATE = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]";

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
   * @param length its bytes
   * @param modified when it was written, in milliseconds since 1970
   */
  public record LandedFile(String path, long length, long modified) {
    /** Its name without its folders, which differ between machines. */
    public String name() {
      return new Path(path).getName();
    }
  }

  /**
   * Looks for a day's files.
   *
   * @throws UncheckedIOException if the store does not answer
   */
  public static Landing find(FeedConfig feed, LocalDate date, Configuration conf, Clock clock) {
    Path pattern = pattern(feed, date.toString());
    return of(feed, date, pattern, files(pattern, conf), clock);
  }

  /** Whether the files of all dates are in the same folders, so that one look finds them all. */
  static boolean isFoundAtOnce(FeedConfig feed) {
    return feed.files().indexOf(VARIABLE) > feed.files().lastIndexOf('/');
  }

  /**
   * Looks for many days' files at once.
   *
   * @param feed a feed that {@link #isFoundAtOnce is found at once}
   * @throws UncheckedIOException if the store does not answer
   */
  static List<Landing> find(
      FeedConfig feed, List<LocalDate> dates, Configuration conf, Clock clock) {
    Map<String, List<LandedFile>> byDate = new HashMap<>();
    for (LandedFile file : files(pattern(feed, ANY_DATE), conf)) {
      // Each date in its name that it may be of.
      DATE.matcher(file.name())
          .results()
          .map(MatchResult::group)
          .distinct()
          .filter(date -> new GlobPattern(pattern(feed, date).getName()).matches(file.name()))
          .forEach(date -> byDate.computeIfAbsent(date, any -> new ArrayList<>()).add(file));
    }
    List<Landing> landings = new ArrayList<>();
    for (LocalDate date : dates) {
      List<LandedFile> files = byDate.getOrDefault(date.toString(), List.of());
      landings.add(of(feed, date, pattern(feed, date.toString()), files, clock));
    }
    return landings;
  }

  private static Path pattern(FeedConfig feed, String date) {
    return new Path(qualified(feed.files().replace(VARIABLE, date)));
  }

  private static Landing of(
      FeedConfig feed, LocalDate date, Path pattern, List<LandedFile> files, Clock clock) {
    Instant until =
        date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(feed.arrivesWithin());
    return new Landing(
        feed.name(),
        date,
        state(feed, date, files, until, clock),
        files,
        pattern.toString(),
        until);
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

  private static List<LandedFile> files(Path pattern, Configuration conf) {
    List<LandedFile> files = new ArrayList<>();
    try {
      FileStatus[] found = pattern.getFileSystem(conf).globStatus(pattern);
      if (found != null) {
        for (FileStatus status : found) {
          if (status.isFile()) {
            files.add(
                new LandedFile(
                    status.getPath().toString(), status.getLen(), status.getModificationTime()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not look for " + pattern + ": " + e.getMessage(), e);
    }
    files.sort(Comparator.comparing(LandedFile::path));
    return files;
  }

  private static String qualified(String path) {
    return path.contains("://") ? path : "file://" + path;
  }
}
