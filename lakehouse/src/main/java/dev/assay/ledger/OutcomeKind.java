package dev.assay.ledger;

import java.util.Locale;

/** What became of an attempt. */
public enum OutcomeKind {
  /** Its rows are the table-day. */
  PUBLISHED,
  /** It took the table-day away: its inputs are not there any more, or nothing of it is due. */
  WITHDRAWN,
  /** It took the table-day away, whose rows are in the archive. */
  ARCHIVED,
  /** A check refused it; the table-day is as it was. */
  REFUSED,
  /** It ended with an error; the table-day is as it was. */
  FAILED,
  /** A newer attempt published before it; the table-day is that one's. */
  FENCED,
  /** There was nothing to publish, and need not be. */
  NO_DATA;

  /** Whether readers see what it came to. */
  public boolean isVisible() {
    return this == PUBLISHED || this == WITHDRAWN || this == ARCHIVED;
  }

  /** The kind as in paths: {@code no-data}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
