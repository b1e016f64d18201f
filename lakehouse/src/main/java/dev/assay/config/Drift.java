package dev.assay.config;

/** What becomes of a file that has other fields than its feed's columns. */
public enum Drift {
  /** Nothing of it is taken in. */
  REFUSE,
  /**
   * A field that is no column becomes one of the bronze table; a column that is missing is null.
   */
  ADD,
  /**
   * Fields that are no columns are kept as JSON in one column; a column that is missing is null.
   */
  RESCUE
}
