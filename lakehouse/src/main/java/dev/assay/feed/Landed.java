package dev.assay.feed;

import dev.assay.config.FeedConfig;
import java.time.LocalDate;

/** What landed of a feed for a date. */
@FunctionalInterface
public interface Landed {

  /** What landed; the same answer each time. */
  Landing of(FeedConfig feed, LocalDate date);
}
