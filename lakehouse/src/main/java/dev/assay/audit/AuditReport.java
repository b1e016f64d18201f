package dev.assay.audit;

import java.util.List;
import java.util.Map;

/**
 * What the audit of a table-day found, in the pass that wrote it.
 *
 * @param rows what became of every row
 * @param checks what each check found
 * @param totals the contract's totals over the published rows, as text, by name
 * @param contentHash of the published rows: equal for equal rows in any order
 */
public record AuditReport(
    RowAccount rows, List<CheckResult> checks, Map<String, String> totals, String contentHash) {

  /** The results that stand in the way of the publication. */
  public List<CheckResult> blocking() {
    return checks.stream().filter(CheckResult::blocks).toList();
  }
}
