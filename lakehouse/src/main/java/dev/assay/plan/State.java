package dev.assay.plan;

import java.util.Locale;

/** How a table-day is. */
public enum State {
  /** It was never published, and should be once its inputs are there. */
  MISSING,
  /** There is nothing to publish, and need not be. */
  NO_DATA,
  /** The newest attempt at what it would be now did not succeed. */
  FAILED,
  /** An input was published again with other content, or the transform changed. */
  STALE,
  /** It is what a run would make of its inputs now. */
  CURRENT,
  /** It is published, but its inputs are not any more. */
  SUPERSEDED;

  /** The state as in answers: {@code no-data}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
