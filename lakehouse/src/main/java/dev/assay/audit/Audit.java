package dev.assay.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.assay.checks.Check;
import dev.assay.checks.RowCheck;
import dev.assay.checks.TableDayCheck;
import dev.assay.config.ColumnContract;
import dev.assay.config.TableContract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/**
 * The audit of one table-day: rows are marked, counted as they pass on their way into files, and
 * only then parted, so that one pass writes and audits.
 *
 * <p>Nothing above the observations may sort or exchange rows: they would be counted twice.
 */
public final class Audit {
  private static final String LANDING_DATE = "_landing_date";
  private static final long LOW_WORD = 0xFFFFFFFFL;

  private final TableContract contract;
  private final LocalDate day;
  private final List<LocalDate> landings;
  private final Marking marking;
  private final Observation counted = new Observation("counted");
  private final Observation totals = new Observation("totals");

  /**
   * An audit, to be used for one writing.
   *
   * @param derived row checks that follow from how the rows were made
   * @param landings the landings that rows may have come with, to be counted one by one; empty
   *     where there is but one
   */
  public Audit(
      TableContract contract, LocalDate day, List<RowCheck> derived, List<LocalDate> landings) {
    this.contract = contract;
    this.day = day;
    this.landings = landings;
    this.marking = Marking.of(contract, derived);
  }

  /** The rows, each marked with what the checks say of it. */
  public Dataset<Row> mark(Dataset<Row> rows) {
    return marking.mark(rows);
  }

  /** The marked rows that are published, with the contract's columns, counted when written. */
  public Dataset<Row> publishable(Dataset<Row> marked) {
    Dataset<Row> kept =
        marked
            .select(counted())
            .observe(counted, count(lit(1)).as("rows"), counts().toArray(Column[]::new))
            .where(col(Marking.CONTENT).isNotNull())
            .select(contractColumns());
    List<Column> sums = new ArrayList<>();
    contract.totals().forEach((name, sql) -> sums.add(expr(sql).as(name)));
    return sums.isEmpty()
        ? kept
        : kept.observe(totals, sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
  }

  /** The marked rows that go to quarantine. */
  public Dataset<Row> rejected(Dataset<Row> marked) {
    return marked.where(marking.isQuarantined());
  }

  /** Every check that a marked row failed, by name, as an array of strings. */
  public Column reasons() {
    return marking.reasons();
  }

  /**
   * What was found, once the publishable rows are written.
   *
   * @param history what earlier days and inputs say
   */
  public AuditReport report(AuditHistory history) {
    Observed counts = Observed.of(counted, contract.name());
    List<CheckResult> results = new ArrayList<>();
    for (int i = 0; i < marking.checks().size(); i++) {
      results.add(rowResult(marking.checks().get(i), counts.count("check_" + i)));
    }
    TableDayChecks tableDay = new TableDayChecks(day, counts, history);
    for (Check check : contract.checks()) {
      if (check instanceof TableDayCheck onDay) {
        results.add(tableDay.judge(onDay));
      }
    }
    Map<String, String> sums = totals();
    contract.controls().forEach(control -> results.add(tableDay.judge(control, sums)));
    return new AuditReport(account(counts), results, sums, contentHash(counts));
  }

  private Map<String, String> totals() {
    Map<String, String> sums = new LinkedHashMap<>();
    if (!contract.totals().isEmpty()) {
      Observed observed = Observed.of(totals, contract.name());
      contract.totals().keySet().forEach(name -> sums.put(name, observed.text(name)));
    }
    return sums;
  }

  private List<Column> counts() {
    Column content = col(Marking.CONTENT);
    List<Column> counts = new ArrayList<>();
    counts.add(count(content).as("published"));
    counts.add(countIf(Marking.isDuplicate()).as("duplicates"));
    counts.add(countIf(marking.isQuarantined()).as("quarantined"));
    for (int i = 0; i < marking.checks().size(); i++) {
      counts.add(countIf(Marking.failed(i)).as("check_" + i));
    }
    for (LocalDate landing : landings) {
      counts.add(countIf(col(LANDING_DATE).equalTo(lit(landing))).as("landing_" + landing));
    }
    // A sum, not an exclusive or, in which two equal rows would cancel; in halves, so that it
    // holds.
    counts.add(sum(shiftrightunsigned(content, 32)).as("hash_high"));
    counts.add(sum(content.bitwiseAND(lit(LOW_WORD))).as("hash_low"));
    for (Check check : contract.checks()) {
      if (check instanceof TableDayCheck.NullShare share) {
        counts.add(countIf(marking.isMissing(share)).as(TableDayChecks.figure(share)));
      } else if (check instanceof TableDayCheck.Freshness fresh) {
        Column time = when(content.isNotNull(), col(fresh.column()).cast("timestamp"));
        counts.add(max(time).as(TableDayChecks.figure(fresh)));
      }
    }
    return counts;
  }

  /** What the counting needs of a marked row, and nothing else, so that nothing else is copied. */
  private Column[] counted() {
    List<Column> needed = new ArrayList<>(Arrays.asList(contractColumns()));
    needed.add(col(Marking.FAILED));
    needed.add(col(Marking.CONTENT));
    if (!landings.isEmpty()) {
      needed.add(col(LANDING_DATE));
    }
    return needed.toArray(Column[]::new);
  }

  private Column[] contractColumns() {
    return contract.columns().stream()
        .map(ColumnContract::name)
        .map(name -> col("`" + name + "`"))
        .toArray(Column[]::new);
  }

  private static Column countIf(Column condition) {
    return count(when(condition, lit(1)));
  }

  private static CheckResult rowResult(RowCheck check, long failures) {
    String message = failures == 0 ? "every row passed" : failures + " rows failed";
    return new CheckResult(check.name(), check.severity(), failures == 0, failures, message);
  }

  private RowAccount account(Observed counts) {
    Map<LocalDate, Long> byLanding = new LinkedHashMap<>();
    landings.forEach(landing -> byLanding.put(landing, counts.count("landing_" + landing)));
    return new RowAccount(
        counts.count("rows"),
        counts.count("published"),
        counts.count("quarantined"),
        counts.count("duplicates"),
        byLanding);
  }

  private static String contentHash(Observed counts) {
    return counts.count("published")
        + "-"
        + Long.toHexString(counts.count("hash_high"))
        + "-"
        + Long.toHexString(counts.count("hash_low"));
  }
}
