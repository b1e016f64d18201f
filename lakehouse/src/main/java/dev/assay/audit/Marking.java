package dev.assay.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.assay.checks.RowCheck;
import dev.assay.checks.Severity;
import dev.assay.checks.TableDayCheck;
import dev.assay.config.ColumnContract;
import dev.assay.config.Derivation;
import dev.assay.config.TableContract;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Marks every row with what the row checks say of it, as one number a row, so that rows can be
 * counted by check while they are written without being looked at twice.
 */
final class Marking {
  /**
   * What the row failed: bit n for the n-th check, then a bit for each column that is null and
   * whose share of nulls is asked for; the sign alone for a duplicate. All in one number, so that a
   * row is counted with one look.
   */
  static final String FAILED = "_failed";

  /** A hash of the row's contract columns; null where the row is not published. */
  static final String CONTENT = "_content";

  /** A row as it was received, as JSON; null where no check that was looked at yet rejects it. */
  private static final String RECORD = "_record";

  private static final int MOST_CHECKS = 63;

  private final List<RowCheck> checks;
  private final List<TableDayCheck.NullShare> shares;
  private final Provenance provenance;
  private final List<String> columns;
  private final Set<String> nullable;

  private Marking(
      List<RowCheck> checks,
      List<TableDayCheck.NullShare> shares,
      Provenance provenance,
      TableContract contract) {
    this.checks = checks;
    this.shares = shares;
    this.provenance = provenance;
    this.columns = contract.columns().stream().map(ColumnContract::name).toList();
    this.nullable =
        contract.columns().stream()
            .filter(ColumnContract::nullable)
            .map(ColumnContract::name)
            .collect(Collectors.toSet());
  }

  /**
   * The marking of a contract's rows: by the checks that follow from how they were made, by those
   * that the contract declares, and by its promise that a column has a value.
   */
  static Marking of(TableContract contract, Provenance provenance) {
    List<RowCheck> checks = new ArrayList<>(provenance.checks());
    contract.checks().stream()
        .filter(RowCheck.class::isInstance)
        .map(RowCheck.class::cast)
        .forEach(checks::add);
    promisedValues(contract, checks).ifPresent(checks::add);
    List<TableDayCheck.NullShare> shares =
        contract.checks().stream()
            .filter(TableDayCheck.NullShare.class::isInstance)
            .map(TableDayCheck.NullShare.class::cast)
            .toList();
    if (checks.size() + shares.size() > MOST_CHECKS) {
      throw new IllegalArgumentException(
          contract.name() + " has more than " + MOST_CHECKS + " checks of rows and null shares");
    }
    return new Marking(checks, shares, provenance, contract);
  }

  private static Optional<RowCheck> promisedValues(TableContract contract, List<RowCheck> checks) {
    Set<String> checked = new HashSet<>();
    checks.stream()
        .filter(RowCheck.NotNull.class::isInstance)
        .forEach(check -> checked.add(((RowCheck.NotNull) check).column()));
    String values =
        contract.columns().stream()
            .filter(column -> !column.nullable() && !checked.contains(column.name()))
            .map(column -> "`" + column.name() + "` IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    // What is cleansed has its own checks for this, which tell what was missing from the source.
    if (values.isEmpty() || contract.derivation() instanceof Derivation.Cleansed) {
      return Optional.empty();
    }
    return Optional.of(new RowCheck.Expression("has_every_value", Severity.FAIL, values));
  }

  /** The checks, in the order of their bits. */
  List<RowCheck> checks() {
    return checks;
  }

  /**
   * {@code rows} with the columns {@link Audit#DUPLICATE}, {@link #FAILED} and {@link #CONTENT},
   * and what {@link #rejected} reads.
   */
  Dataset<Row> mark(Dataset<Row> rows) {
    Column failedKeys = col(FAILED);
    Column dropped = col(Audit.DUPLICATE).or(isQuarantined(col(FAILED)));
    for (int i = 0; i < checks.size(); i++) {
      if (checks.get(i) instanceof RowCheck.UniqueKey key) {
        Column bit = bit(i, RowChecks.isFirstOfKey(key, dropped, ties()));
        failedKeys = failedKeys.bitwiseOR(when(dropped, lit(0L)).otherwise(bit));
      }
    }
    // Keys last: only among rows that are published whatever their key is one taken.
    Dataset<Row> marked = withRepeats(checked(rows)).withColumn(FAILED, failedKeys);
    return (rejectsByKey() ? marked.withColumn(RECORD, record(rows, col(FAILED))) : marked)
        .withColumn(CONTENT, when(isPublished(), RowHash.of(columns, nullable)));
  }

  /** Whether any check sends rows to quarantine. */
  boolean rejects() {
    return bits().rejecting() != 0;
  }

  private boolean rejectsByKey() {
    return checks.stream()
        .anyMatch(
            check ->
                check instanceof RowCheck.UniqueKey && check.severity() == Severity.QUARANTINE);
  }

  private Column record(Dataset<Row> rows, Column failed) {
    Column received =
        Arrays.asList(rows.columns()).contains(Audit.SOURCE)
            ? col(Audit.SOURCE)
            : struct(columns.stream().map(name -> col("`" + name + "`")).toArray(Column[]::new));
    return when(isQuarantined(failed), to_json(received));
  }

  /**
   * With {@link #FAILED}, as far as it does not depend on other rows, and what is needed to compare
   * rows. All in one go, since each would make the row once more; and before rows are sorted, so
   * that those alone are carried along as received that are rejected.
   */
  private Dataset<Row> checked(Dataset<Row> rows) {
    Map<String, Column> added = new LinkedHashMap<>();
    Column failed = failedByItself();
    added.put(FAILED, failed);
    if (rejects() && !rejectsByKey()) {
      added.put(RECORD, record(rows, failed));
    }
    provenance.repeats().ifPresent(repeats -> added.putAll(repeats.compared()));
    return rows.withColumns(added);
  }

  private Column failedByItself() {
    int derived = provenance.checks().size();
    // Asked once a row, not once a check.
    Column failed =
        failed(0, derived)
            .bitwiseOR(
                when(provenance.readable(), failed(derived, checks.size())).otherwise(lit(0L)));
    for (TableDayCheck.NullShare share : shares) {
      Column missing = col("`" + share.column() + "`").isNull();
      failed = failed.bitwiseOR(when(missing, lit(1L << bitOf(share))).otherwise(lit(0L)));
    }
    return failed;
  }

  /** The bits of some of the checks, but those of keys. */
  private Column failed(int from, int to) {
    Column failed = lit(0L);
    for (int i = from; i < to; i++) {
      if (!(checks.get(i) instanceof RowCheck.UniqueKey)) {
        failed = failed.bitwiseOR(bit(i, RowChecks.passes(checks.get(i))));
      }
    }
    return failed;
  }

  private static Column bit(int n, Column passes) {
    return when(passes, lit(0L)).otherwise(lit(1L << n));
  }

  /** What tells rows of one key apart: a number first, so that the rest is hardly looked at. */
  private List<Column> ties() {
    List<Column> ties = new ArrayList<>();
    List<Column> all = columns.stream().map(name -> col("`" + name + "`")).toList();
    ties.add(xxhash64(all.toArray(Column[]::new)));
    ties.addAll(all);
    provenance.repeats().ifPresent(repeats -> ties.addAll(repeats.inOrder()));
    return ties;
  }

  private Dataset<Row> withRepeats(Dataset<Row> checked) {
    return provenance
        .repeats()
        .map(
            repeats ->
                checked
                    .withColumn(Audit.DUPLICATE, repeats.isRepeat(col(FAILED)))
                    .withColumn(
                        FAILED,
                        when(col(Audit.DUPLICATE), lit(Long.MIN_VALUE)).otherwise(col(FAILED))))
        .orElseGet(() -> checked.withColumn(Audit.DUPLICATE, lit(false)));
  }

  /** The bit of a column that is null and whose share of nulls is asked for. */
  int bitOf(TableDayCheck.NullShare share) {
    return checks.size() + shares.indexOf(share);
  }

  /** What the bits of {@link #FAILED} stand for. */
  Bits bits() {
    long rejecting = 0;
    for (int i = 0; i < checks.size(); i++) {
      if (checks.get(i).severity() == Severity.QUARANTINE) {
        rejecting |= 1L << i;
      }
    }
    long missing = 0;
    for (TableDayCheck.NullShare share : shares) {
      missing |= 1L << bitOf(share);
    }
    return new Bits(rejecting, missing);
  }

  /**
   * What bits stand for.
   *
   * @param rejecting those of checks whose failure sends a row to quarantine
   * @param missing those of columns whose share of nulls is asked for, among published rows
   */
  record Bits(long rejecting, long missing) implements Serializable {}

  /** A marked row as it was received, as JSON, if it goes to quarantine; null if not. */
  Column rejected() {
    return rejects()
        ? when(isQuarantined(col(FAILED)), col(RECORD))
        : lit(null).cast(DataTypes.StringType);
  }

  private Column isQuarantined(Column failed) {
    return failed.bitwiseAND(lit(bits().rejecting())).notEqual(0L);
  }

  private static Column isDuplicate() {
    return col(FAILED).lt(0L);
  }

  private Column isPublished() {
    return not(isDuplicate()).and(not(isQuarantined(col(FAILED))));
  }

  /** The names of the checks, in the order of their bits. */
  List<String> names() {
    return checks.stream().map(RowCheck::name).toList();
  }
}
