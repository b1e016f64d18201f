package dev.assay.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.udf;
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
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * The audit of one table-day: rows are marked, counted as they pass on their way into files, and
 * only then parted, so that one pass writes, audits and rejects.
 *
 * <p>Nothing above the counting may exchange rows: a sort looks at them twice, and a lost exchange
 * is made again, so that rows would be counted twice, and rejected twice. That is noticed: the
 * files hold fewer than were counted, if they hold any.
 */
public final class Audit {
  /** The column that holds a row as it was received, a struct; absent where none was. */
  public static final String SOURCE = "_source";

  /**
   * The column that holds the date of the landing that a row came with, where there are several.
   */
  public static final String LANDING_DATE = "_landing_date";

  /** The column of a marked row that says whether it repeats another. */
  public static final String DUPLICATE = "_duplicate";

  private static final String KEPT = "_kept";

  private final TableContract contract;
  private final LocalDate day;
  private final List<Grouping> groupings;
  private final List<GroupTally> groups = new ArrayList<>();
  private final Marking marking;
  private final RowTally tally;
  private final Observation observation = new Observation("figures");

  /**
   * An audit, to be used for one writing.
   *
   * @param provenance where the rows come from
   */
  public Audit(TableContract contract, LocalDate day, Provenance provenance) {
    this.contract = contract;
    this.day = day;
    this.groupings = provenance.groupings();
    this.marking = Marking.of(contract, provenance);
    this.tally = new RowTally(marking.bits());
    groupings.forEach(grouping -> groups.add(new GroupTally(grouping.dates().size())));
  }

  /** Whether any of its checks sends rows to quarantine. */
  public boolean rejects() {
    return marking.rejects();
  }

  /** The rows, each marked with what the checks say of it. */
  public Dataset<Row> mark(Dataset<Row> rows) {
    return marking.mark(rows);
  }

  /**
   * The marked rows that are published, with the contract's columns, counted when written.
   *
   * @param rejected is given the others, but those that repeat one
   */
  public Dataset<Row> publishable(Dataset<Row> marked, Rejections rejected) {
    marked.sparkSession().sparkContext().register(tally);
    Column kept =
        parted(rejected).apply(col(Marking.FAILED), col(Marking.CONTENT), marking.rejected());
    for (int i = 0; i < groups.size(); i++) {
      marked.sparkSession().sparkContext().register(groups.get(i));
      // First, because what decides whether a row is kept is not asked where the first says no.
      kept = grouped(groups.get(i), groupings.get(i)).and(kept);
    }
    List<Column> counted = new ArrayList<>(Arrays.asList(contractColumns()));
    // In a projection of its own: a filter's condition might be moved, and what it counts with it.
    counted.add(kept.as(KEPT));
    Dataset<Row> published =
        marked.select(counted.toArray(Column[]::new)).where(col(KEPT)).select(contractColumns());
    List<Column> figures = figures();
    return figures.isEmpty()
        ? published
        : published.observe(
            observation, figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new));
  }

  /**
   * What was found, once the publishable rows are written.
   *
   * @param history what earlier days and inputs say
   */
  public AuditReport report(AuditHistory history) {
    Observed figures =
        figures().isEmpty() ? Observed.nothing() : Observed.of(observation, contract.name());
    List<CheckResult> results = new ArrayList<>();
    for (int i = 0; i < marking.checks().size(); i++) {
      results.add(rowResult(marking.checks().get(i), tally.failures(i)));
    }
    TableDayChecks tableDay = new TableDayChecks(day, marking, tally, figures, history);
    for (Check check : contract.checks()) {
      if (check instanceof TableDayCheck onDay) {
        results.add(tableDay.judge(onDay));
      }
    }
    Map<String, String> totals = new LinkedHashMap<>();
    contract.totals().keySet().forEach(name -> totals.put(name, figures.text(name)));
    contract.controls().forEach(control -> results.add(tableDay.judge(control, totals)));
    return new AuditReport(account(), results, totals, tally.contentHash(), parts());
  }

  /** Counts a row, hands it on if it is rejected, and says whether it is published. */
  private UserDefinedFunction parted(Rejections rejected) {
    RowTally counts = tally;
    List<String> checks = marking.names();
    UDF3<Long, Long, String, Boolean> part =
        (failed, content, record) -> {
          counts.add(new RowTally.MarkedRow(failed, content));
          if (record != null) {
            rejected.add(reasons(checks, failed), record);
          }
          return content != null;
        };
    return udf(part, DataTypes.BooleanType).asNondeterministic();
  }

  private static List<String> reasons(List<String> checks, long failed) {
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      if ((failed & 1L << i) != 0) {
        reasons.add(checks.get(i));
      }
    }
    return reasons;
  }

  /** Counts a row in its group, and is true. */
  private static Column grouped(GroupTally tally, Grouping grouping) {
    UDF2<Integer, Long, Boolean> count =
        (group, content) -> {
          tally.add(new GroupTally.GroupedRow(group, content));
          return true;
        };
    Column group = lit(-1);
    for (int i = 0; i < grouping.dates().size(); i++) {
      group =
          when(col(grouping.column()).equalTo(lit(grouping.dates().get(i))), lit(i))
              .otherwise(group);
    }
    Column content =
        grouping.hashed().isEmpty()
            ? lit(0L)
            : RowHash.of(grouping.hashed(), Set.copyOf(grouping.hashed()));
    return udf(count, DataTypes.BooleanType).asNondeterministic().apply(group, content);
  }

  /** What is aggregated of the published rows: totals, and the newest times. */
  private List<Column> figures() {
    List<Column> figures = new ArrayList<>();
    contract.totals().forEach((name, sql) -> figures.add(expr(sql).as(name)));
    for (Check check : contract.checks()) {
      if (check instanceof TableDayCheck.Freshness fresh) {
        Column newest = max(col(fresh.column()).cast("timestamp"));
        figures.add(newest.as(TableDayChecks.newest(fresh)));
      }
    }
    return figures;
  }

  private Column[] contractColumns() {
    return contract.columns().stream()
        .map(ColumnContract::name)
        .map(name -> col("`" + name + "`"))
        .toArray(Column[]::new);
  }

  private static CheckResult rowResult(RowCheck check, long failures) {
    String message = failures == 0 ? "every row passed" : failures + " rows failed";
    return new CheckResult(check.name(), check.severity(), failures == 0, failures, message);
  }

  private RowAccount account() {
    Map<LocalDate, Long> byLanding = new LinkedHashMap<>();
    forEachGroup(
        (grouping, date, group) -> {
          if (grouping.name().equals(LANDING_DATE)) {
            byLanding.put(date, group.rows());
          }
        });
    return new RowAccount(
        tally.received(), tally.published(), tally.quarantined(), tally.duplicates(), byLanding);
  }

  private Map<String, GroupAccount> parts() {
    Map<String, GroupAccount> parts = new LinkedHashMap<>();
    forEachGroup(
        (grouping, date, group) -> {
          if (!grouping.name().equals(LANDING_DATE) && group.rows() > 0) {
            parts.put(AuditReport.part(grouping.name(), date), group);
          }
        });
    return parts;
  }

  private interface GroupVisitor {
    void visit(Grouping grouping, LocalDate date, GroupAccount group);
  }

  private void forEachGroup(GroupVisitor visitor) {
    for (int i = 0; i < groupings.size(); i++) {
      Grouping grouping = groupings.get(i);
      for (int group = 0; group < grouping.dates().size(); group++) {
        visitor.visit(grouping, grouping.dates().get(group), groups.get(i).account(group));
      }
    }
  }
}
