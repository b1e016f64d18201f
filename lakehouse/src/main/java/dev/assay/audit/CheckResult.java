package dev.assay.audit;

import dev.assay.checks.Severity;

/**
 * What a check found on a table-day.
 *
 * @param name the check
 * @param severity what its failure does
 * @param passed whether it held
 * @param failures for a check on rows, how many failed it; else 0
 * @param message what was found, with its values
 */
public record CheckResult(
    String name, Severity severity, boolean passed, long failures, String message) {

  /** Whether it stands in the way of the publication. */
  public boolean blocks() {
    return !passed && severity == Severity.FAIL;
  }
}
