package dev.assay.samples;

import java.util.Locale;

/** What a feed is about. */
public enum Domain {
  /** Impressions, clicks and conversions of ads. */
  ADS(1_000_000, "ad_events"),
  /** Visits to a shop. */
  WEB(300_000, "user_events"),
  /** Plays of tracks; CSV without a header. */
  TRACKS(300_000, "tracks"),
  /** Purchases on Black Friday; one CSV snapshot. */
  PURCHASES(100_000, "black_friday");

  private final long usualRows;
  private final String folder;

  Domain(long usualRows, String folder) {
    this.usualRows = usualRows;
    this.folder = folder;
  }

  /** How many rows there are if nobody says. */
  public long usualRows() {
    return usualRows;
  }

  /** Whether the domain's pipeline takes other formats than CSV. */
  boolean hasFormats() {
    return this == ADS || this == WEB;
  }

  /** In which folder the feed's files are. */
  String folder() {
    return folder;
  }

  /** Its name on a command line. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
