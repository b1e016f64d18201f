package dev.assay.audit;

import dev.assay.checks.Severity;
import dev.assay.checks.TableDayCheck;
import dev.assay.config.ControlTotal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Judges the assertions on a table-day as a whole by what was counted and observed. */
final class TableDayChecks {
  private final LocalDate day;
  private final Marking marking;
  private final RowTally tally;
  private final Observed figures;
  private final AuditHistory history;

  TableDayChecks(
      LocalDate day, Marking marking, RowTally tally, Observed figures, AuditHistory history) {
    this.day = day;
    this.marking = marking;
    this.tally = tally;
    this.figures = figures;
    this.history = history;
  }

  CheckResult judge(TableDayCheck check) {
    if (check instanceof TableDayCheck.RowCount rowCount) {
      return rowCount(rowCount);
    }
    if (check instanceof TableDayCheck.NullShare share) {
      return nullShare(share);
    }
    if (check instanceof TableDayCheck.Freshness fresh) {
      return freshness(fresh);
    }
    return volume((TableDayCheck.Volume) check);
  }

  /** The name under which the newest time is observed, which no total has. */
  static String newest(TableDayCheck.Freshness check) {
    return "newest " + check.name();
  }

  CheckResult judge(ControlTotal control, Map<String, String> totals) {
    String ours = totals.getOrDefault(control.total(), "");
    String input = control.input() + "." + control.inputTotal();
    String name = "control_" + control.total();
    Optional<String> theirs = history.inputTotal(control, day);
    if (theirs.isEmpty()) {
      return new CheckResult(
          name, Severity.FAIL, false, 0, input + " of " + day + " is not in the ledger");
    }
    boolean equal = new BigDecimal(ours).compareTo(new BigDecimal(theirs.get())) == 0;
    return new CheckResult(
        name,
        Severity.FAIL,
        equal,
        0,
        control.total() + " is " + ours + ", " + input + " is " + theirs.get());
  }

  private CheckResult rowCount(TableDayCheck.RowCount check) {
    long rows = tally.published();
    boolean enough = check.min() == null || rows >= check.min();
    boolean fewEnough = check.max() == null || rows <= check.max();
    return result(
        check,
        enough && fewEnough,
        rows + " rows, allowed are " + bound(check.min()) + " to " + bound(check.max()));
  }

  private CheckResult nullShare(TableDayCheck.NullShare check) {
    long rows = tally.published();
    double share = rows == 0 ? 0 : (double) tally.failures(marking.bitOf(check)) / rows;
    return result(
        check,
        share <= check.max(),
        String.format(
            Locale.ROOT,
            "%.4f of the rows have no %s, allowed is %.4f",
            share,
            check.column(),
            check.max()));
  }

  private CheckResult freshness(TableDayCheck.Freshness check) {
    Optional<Instant> newest = figures.time(newest(check));
    if (newest.isEmpty()) {
      return result(check, false, "no row has a " + check.column());
    }
    Instant endOfDay = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Duration age = Duration.between(newest.get(), endOfDay);
    return result(
        check,
        age.compareTo(check.maxAge()) <= 0,
        "the newest "
            + check.column()
            + " is "
            + newest.get()
            + ", allowed age at the end of "
            + day
            + " is "
            + check.maxAge());
  }

  private CheckResult volume(TableDayCheck.Volume check) {
    List<Long> before = history.rowsBefore(day, check.days());
    if (before.size() < check.atLeastDays()) {
      return result(
          check,
          true,
          "only " + before.size() + " of " + check.atLeastDays() + " earlier days to compare with");
    }
    double mean = before.stream().mapToLong(Long::longValue).average().orElse(0);
    long rows = tally.published();
    return result(
        check,
        rows >= check.min() * mean && rows <= check.max() * mean,
        String.format(
            Locale.ROOT,
            "%d rows, the mean of %d earlier days is %.1f, allowed are %.2f to %.2f times that",
            rows,
            before.size(),
            mean,
            check.min(),
            check.max()));
  }

  private static CheckResult result(TableDayCheck check, boolean passed, String message) {
    return new CheckResult(check.name(), check.severity(), passed, 0, message);
  }

  private static String bound(@org.jspecify.annotations.Nullable Long bound) {
    return bound == null ? "any number" : bound.toString();
  }
}
