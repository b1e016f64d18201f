package dev.assay.feed;

import dev.assay.concurrent.Concurrently;
import dev.assay.config.FeedConfig;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;

/** What landed, looked at once a feed and date. */
public final class Landings implements Landed {
  private static final int LOOKS_AT_ONCE = 16;

  /**
   * Fewer dates are looked for one by one: a feed may have years of files. A snapshot's are all
   * looked at to find the newest.
   */
  private static final int MANY = 16;

  private final Configuration conf;
  private final Map<String, Landing> found = new ConcurrentHashMap<>();

  public Landings(Configuration conf) {
    this.conf = conf;
  }

  @Override
  public Landing of(FeedConfig feed, LocalDate date) {
    return found.computeIfAbsent(
        key(feed, date), key -> Landing.find(feed, date, conf, Clock.systemUTC()));
  }

  /** Looks at some dates at once, ahead of being asked. */
  public void look(FeedConfig feed, List<LocalDate> dates) {
    if (!Landing.isFoundAtOnce(feed) || (dates.size() < MANY && !feed.snapshot())) {
      Concurrently.map(dates, LOOKS_AT_ONCE, date -> of(feed, date));
      return;
    }
    Landing.find(feed, dates, conf, Clock.systemUTC())
        .forEach(landing -> found.putIfAbsent(key(feed, landing.date()), landing));
  }

  private static String key(FeedConfig feed, LocalDate date) {
    return feed.name() + " " + date;
  }
}
