package dev.assay.testing;

import dev.assay.config.Drift;
import dev.assay.config.FeedConfig;
import dev.assay.config.FeedFormat;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Feeds for tests, as {@code reference.conf} has them where a test says nothing else. */
public final class Feeds {
  private final String files;
  private final List<String> columns;
  private FeedFormat format = FeedFormat.BY_NAME;
  private boolean header = true;
  private Drift drift = Drift.REFUSE;
  private boolean snapshot;
  private Set<DayOfWeek> requiredOn = Set.of();

  private Feeds(String files, List<String> columns) {
    this.files = files;
    this.columns = columns;
  }

  /** A feed {@code orders} whose files are there, with these columns. */
  public static Feeds of(String files, String... columns) {
    return new Feeds(files, List.of(columns));
  }

  /** Written like this, whatever their names say. */
  public Feeds written(FeedFormat as) {
    format = as;
    return this;
  }

  /** Without a first line that names the fields. */
  public Feeds withoutHeader() {
    header = false;
    return this;
  }

  /** With this policy for other fields. */
  public Feeds drifting(Drift policy) {
    drift = policy;
    return this;
  }

  /** Of which each landing is the whole state. */
  public Feeds snapshots() {
    snapshot = true;
    return this;
  }

  /** That must come on these days. */
  public Feeds requiredOn(Set<DayOfWeek> days) {
    requiredOn = days;
    return this;
  }

  /** The feed. */
  public FeedConfig feed() {
    return new FeedConfig(
        "orders",
        files,
        columns,
        format,
        header,
        ',',
        '"',
        true,
        drift,
        snapshot,
        0,
        requiredOn,
        Duration.ofHours(6),
        null);
  }
}
