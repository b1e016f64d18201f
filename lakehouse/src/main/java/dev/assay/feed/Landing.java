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
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
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
    Path pattern = new Path(qualified(feed.files().replace("{date}", date.toString())));
    List<LandedFile> files = files(pattern, conf);
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
