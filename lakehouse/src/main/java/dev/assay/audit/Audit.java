package dev.assay.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.assay.checks.Check;
import dev.assay.checks.RowCheck;
import dev.assay.checks.TableDayCheck;
import dev.assay.config.ColumnContract;
import dev.assay.config.TableContract;
import java.time.LocalDate;
import java.util.ArrayList;
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
  private static final long LOW_WORD = 0xFFFFFFFFL;

  private final TableContract contract;
  private final LocalDate day;
  private final List<LocalDate> landings;
  private final Marking marking;
  private final Observation received = new Observation("received");
  private final Observation published = new Observation("published");

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
    Column[] counts = rowCounts().toArray(Column[]::new);
    Column[] facts = publishedFacts().toArray(Column[]::new);
    return marked
        .observe(received, count(lit(1)).as("rows"), counts)
        .where(marking.isPublished())
        .select(contractColumns())
        .observe(published, count(lit(1)).as("rows"), facts);
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
    Observed all = Observed.of(received, contract.name());
    Observed kept = Observed.of(published, contract.name());
    List<CheckResult> results = new ArrayList<>();
    for (int i = 0; i < marking.checks().size(); i++) {
      results.add(rowResult(marking.checks().get(i), all.count("check_" + i)));
    }
    TableDayChecks tableDay = new TableDayChecks(day, kept, history);
    for (Check check : contract.checks()) {
      if (check instanceof TableDayCheck onDay) {
        results.add(tableDay.judge(onDay));
      }
    }
    Map<String, String> totals = new LinkedHashMap<>();
    contract.totals().keySet().forEach(name -> totals.put(name, kept.text("total_" + name)));
    contract.controls().forEach(control -> results.add(tableDay.judge(control, totals)));
    return new AuditReport(account(all, kept), results, totals, contentHash(kept));
  }

  private List<Column> rowCounts() {
    List<Column> counts = new ArrayList<>();
    counts.add(countIf(col(Marking.DUPLICATE)).as("duplicates"));
    counts.add(
        countIf(marking.isQuarantined().and(col(Marking.DUPLICATE).equalTo(false)))
            .as("quarantined"));
    for (int i = 0; i < marking.checks().size(); i++) {
      counts.add(countIf(Marking.failed(i)).as("check_" + i));
    }
    for (LocalDate landing : landings) {
      counts.add(countIf(col("_landing_date").equalTo(lit(landing))).as("landing_" + landing));
    }
    return counts;
  }

  private List<Column> publishedFacts() {
    List<Column> facts = new ArrayList<>();
    Column hash = xxhash64(contractColumns());
    // A sum, not an exclusive or, in which two equal rows would cancel; in halves, so that it
    // holds.
    facts.add(sum(shiftrightunsigned(hash, 32)).as("hash_high"));
    facts.add(sum(hash.bitwiseAND(lit(LOW_WORD))).as("hash_low"));
    contract.totals().forEach((name, sql) -> facts.add(expr(sql).as("total_" + name)));
    for (Check check : contract.checks()) {
      if (check instanceof TableDayCheck.NullShare share) {
        facts.add(countIf(col(share.column()).isNull()).as(share.name()));
      } else if (check instanceof TableDayCheck.Freshness fresh) {
        facts.add(max(col(fresh.column()).cast("timestamp")).as(fresh.name()));
      }
    }
    return facts;
  }

  private Column[] contractColumns() {
    return contract.columns().stream()
        .map(ColumnContract::name)
        .map(name -> col("`" + name + "`"))
        .toArray(Column[]::new);
  }

  private static Column countIf(Column condition) {
    return sum(when(condition, lit(1L)).otherwise(lit(0L)));
  }

  private static CheckResult rowResult(RowCheck check, long failures) {
    String message = failures == 0 ? "every row passed" : failures + " rows failed";
    return new CheckResult(check.name(), check.severity(), failures == 0, failures, message);
  }

  private RowAccount account(Observed all, Observed kept) {
    Map<LocalDate, Long> byLanding = new LinkedHashMap<>();
    landings.forEach(landing -> byLanding.put(landing, all.count("landing_" + landing)));
    return new RowAccount(
        all.count("rows"),
        kept.count("rows"),
        all.count("quarantined"),
        all.count("duplicates"),
        byLanding);
  }

  private static String contentHash(Observed kept) {
    return kept.count("rows")
        + "-"
        + Long.toHexString(kept.count("hash_high"))
        + "-"
        + Long.toHexString(kept.count("hash_low"));
  }
}
