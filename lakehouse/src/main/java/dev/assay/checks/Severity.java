package dev.assay.checks;

/** What a failed check does. */
public enum Severity {
  /** It is counted and shown. */
  WARN,
  /** The row goes to quarantine; the rest is published. Of row checks only. */
  QUARANTINE,
  /** The publication is refused. */
  FAIL
}
