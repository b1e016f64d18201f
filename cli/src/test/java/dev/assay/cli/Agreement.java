package dev.assay.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableLayout;
import dev.assay.testing.TestSpark;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * That every silver and gold table of a lake's newest release has the rows that DuckDB makes of the
 * landed files: the same rows by key, the same texts, counts, times and decimals, and doubles to
 * 1e-9. What is compared otherwise, {@code recomputed/<pipeline>/closeness.conf} says.
 */
final class Agreement {
  private final Recomputation recomputed;
  private final Release release;
  private final DeltaTables tables;

  private Agreement(AssayConfig config, Recomputation recomputed) {
    LakeStore lake = new LakeStore(config.lake().root(), new Configuration());
    this.recomputed = recomputed;
    this.release = new ReleaseLog(lake, config.pipeline().name()).latest().orElseThrow();
    this.tables = new DeltaTables(TestSpark.session(), lake);
  }

  /**
   * Fails with the tables that differ, and their first rows that do.
   *
   * @param config of a lake on which every day from one to another has run, and nothing else
   */
  static void assertOf(AssayConfig config, LocalDate from, LocalDate to) {
    try (Recomputation recomputed = Recomputation.of(config, from, to)) {
      Agreement agreement = new Agreement(config, recomputed);
      List<String> differences = new ArrayList<>();
      for (Stage stage : List.of(Stage.SILVER, Stage.GOLD)) {
        for (TableContract contract : Recomputation.tables(config, stage)) {
          differences.addAll(agreement.differences(contract));
        }
      }
      assertThat(differences).as("what differs from DuckDB's").isEmpty();
    }
  }

  private List<String> differences(TableContract contract) {
    Closeness closeness = Closeness.of(contract);
    Dataset<Row> rows = released(contract).where(closeness.only());
    List<LocalDate> days =
        rows
            .select(contract.partition())
            .distinct()
            .orderBy(contract.partition())
            .collectAsList()
            .stream()
            .map(row -> row.getDate(0).toLocalDate())
            .toList();
    List<LocalDate> daysRecomputed = recomputed.days(contract);
    if (!days.equals(daysRecomputed)) {
      return List.of(
          contract.name() + " has rows of " + days + ", recomputed of " + daysRecomputed);
    }
    List<String> differences = new ArrayList<>();
    for (LocalDate day : days) {
      DayComparison comparison = new DayComparison(contract, closeness);
      List<String> columns = comparison.columns();
      comparison
          .difference(
              day,
              collected(rows.where(col(contract.partition()).equalTo(lit(day))), columns),
              recomputed.rows(contract, day, columns))
          .ifPresent(differences::add);
    }
    return differences;
  }

  private Dataset<Row> released(TableContract contract) {
    Release.TableVersion at = release.tables().get(contract.name().table());
    assertThat(at).as(contract.name() + " of release " + release.number()).isNotNull();
    return tables.read(TableLayout.of(contract), Objects.requireNonNull(at).version());
  }

  private List<List<Object>> collected(Dataset<Row> rows, List<String> columns) {
    Column[] read = columns.stream().map(name -> readable(rows, name)).toArray(Column[]::new);
    List<List<Object>> cells = new ArrayList<>();
    for (Row row : rows.select(read).collectAsList()) {
      List<Object> one = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        one.add(Cells.comparable(row.get(i)));
      }
      cells.add(one);
    }
    return cells;
  }

  /** A column, a sketch by what it is an estimate of. */
  private static Column readable(Dataset<Row> rows, String name) {
    return rows.schema().apply(name).dataType().sameType(DataTypes.BinaryType)
        ? expr("hll_sketch_estimate(`" + name + "`)")
        : col("`" + name + "`");
  }
}
