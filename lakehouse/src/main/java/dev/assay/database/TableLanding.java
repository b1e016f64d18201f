package dev.assay.database;

import dev.assay.config.Drift;
import dev.assay.config.FeedConfig;
import dev.assay.config.JdbcConfig;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.export.ExportedFile;
import dev.assay.feed.Landing;
import dev.assay.store.Existing;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Lands what a feed's database has now as one file: whole, or not there. A database has only its
 * state of now, and days are run again later; so a state is kept, and from then on it is a landing
 * of a snapshot feed like any other.
 *
 * @param feed the feed
 * @param jdbc its database
 * @param conf the Hadoop settings that reach where it lands
 * @param environment the process's environment, which may have the credentials
 * @param clock what time it is
 */
public record TableLanding(
    FeedConfig feed,
    JdbcConfig jdbc,
    Configuration conf,
    Map<String, String> environment,
    Clock clock) {

  /** Which state a date may have. */
  public enum State {
    /** That of the date itself, as long as its landing may come. */
    OF_THE_DATE,
    /** That of now, whatever the date. */
    OF_NOW
  }

  /**
   * Requires a driver for a feed's database, if it has one.
   *
   * @throws AssayException with USAGE if there is none
   */
  public static void requireDriver(FeedConfig feed) {
    feed.database().ifPresent(jdbc -> Database.driver(feed, jdbc));
  }

  /** The date that the state of now is of: the last that is over. */
  public LocalDate date() {
    return today().minusDays(1);
  }

  /** Where a date's landing is. */
  public Path path(LocalDate date) {
    return Landing.place(feed, date);
  }

  /**
   * Lands a date's state, unless it has landed.
   *
   * @return how many rows it has; empty if one is there that is to be kept
   * @throws AssayException with NO_DATA if the state is gone, USAGE if the date is to come or conf
   *     is wrong, STORE_UNREACHABLE if the database does not answer, or not to us, REFUSED if it
   *     has other columns than the feed and the feed takes in no others, FENCED if another landed
   *     it
   */
  public OptionalLong land(LocalDate date, State state, Existing existing) throws IOException {
    Path path = path(date);
    if (existing == Existing.KEPT && isThere(path)) {
      return OptionalLong.empty();
    }
    requireOfNow(date, state);
    Database database = new Database(feed, jdbc, Credentials.of(jdbc, environment));
    try (QueriedRows rows = QueriedRows.of(database)) {
      requireColumns(rows.names());
      return OptionalLong.of(
          new ExportedFile(path, existing, conf).write(jdbc.format(), rows.names(), rows));
    } catch (AssayException refused) {
      throw refused.exitCode() == ExitCode.USAGE && existing == Existing.KEPT && isThere(path)
          ? landedByAnother(path, refused)
          : refused;
    }
  }

  private boolean isThere(Path path) throws IOException {
    return path.getFileSystem(conf).exists(path);
  }

  private void requireOfNow(LocalDate date, State state) {
    if (date.isAfter(today())) {
      throw new AssayException(
          ExitCode.USAGE,
          date
              + " has not begun, so that no database has a state of it; give a date up to "
              + today());
    }
    Instant until = Landing.until(feed, date);
    if (state == State.OF_THE_DATE && !clock.instant().isBefore(until)) {
      throw new AssayException(
          ExitCode.NO_DATA,
          "the state that feed "
              + feed.name()
              + " had on "
              + date
              + " is gone: a database has only that of now, which counted as the day's until "
              + until
              + " (arrives-within). A run of the day takes the newest landing before it; to have the"
              + " state of now for it, say --state-of-now");
    }
  }

  /** What bronze would refuse is better told while the database can still be read. */
  private void requireColumns(List<String> names) {
    List<String> columns = names.stream().map(FeedConfig::columnName).toList();
    List<String> missing = new ArrayList<>(feed.columns());
    missing.removeAll(columns);
    List<String> unknown = new ArrayList<>(columns);
    feed.columns().forEach(unknown::remove);
    boolean isRefused = feed.drift() == Drift.REFUSE && !(missing.isEmpty() && unknown.isEmpty());
    if (isRefused || new HashSet<>(columns).size() < columns.size()) {
      throw new AssayException(
          ExitCode.REFUSED,
          jdbc.place()
              + " has not the columns of feed "
              + feed.name()
              + ": missing "
              + missing
              + ", unexpected or twice "
              + unknown
              + ". Nothing landed, because bronze would refuse it; correct the feed's columns, name"
              + " those that are wanted by jdbc.query, or change what becomes of others (drift = add"
              + " or rescue; a name that is there twice is refused by all)");
    }
  }

  private AssayException landedByAnother(Path path, AssayException cause) {
    return new AssayException(
        ExitCode.FENCED,
        path + " was landed by another meanwhile, and stays as it is; there is nothing left to do",
        cause);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
