package dev.assay.audit;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the audit of a table-day found, in the pass that wrote it.
 *
 * @param rows what became of every row
 * @param checks what each check found
 * @param totals the contract's totals over the published rows, as text, by name
 * @param contentHash of the published rows: equal for equal rows in any order
 * @param parts of a bronze table-day whose rows may be of several days: the rows that each silver
 *     table takes for a day of its own, by {@code <table>/<day>}
 */
public record AuditReport(
    RowAccount rows,
    List<CheckResult> checks,
    Map<String, String> totals,
    String contentHash,
    Map<String, GroupAccount> parts) {

  public AuditReport {
    // A report of before there were parts has none.
    parts = parts == null ? Map.of() : parts;
  }

  /** The results that stand in the way of the publication. */
  public List<CheckResult> blocking() {
    return checks.stream().filter(CheckResult::blocks).toList();
  }

  /** The report with results of what was looked at before any row was. */
  public AuditReport with(List<CheckResult> found) {
    return new AuditReport(
        rows, Stream.concat(found.stream(), checks.stream()).toList(), totals, contentHash, parts);
  }

  /** The name of a part. */
  public static String part(String table, LocalDate day) {
    return table + "/" + day;
  }
}
