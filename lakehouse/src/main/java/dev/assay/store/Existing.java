package dev.assay.store;

/** What becomes of a file that is there already when one of its name is written. */
public enum Existing {
  /** It stays, and the new one is refused. */
  KEPT,
  /** The new one takes its place, in one step. */
  REPLACED
}
