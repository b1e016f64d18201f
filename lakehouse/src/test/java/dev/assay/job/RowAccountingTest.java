package dev.assay.job;

import static dev.assay.testing.StageLake.duplicate;
import static dev.assay.testing.StageLake.sale;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.checks.RowCheck;
import dev.assay.checks.Severity;
import dev.assay.checks.TableDayCheck;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.table.Draft;
import dev.assay.testing.Contracts;
import dev.assay.testing.StageLake;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row is published, quarantined or a duplicate, and is of its day and its types. */
class RowAccountingTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);

  @TempDir private Path folder;
  private StageLake lake;

  @BeforeEach
  void openLake() {
    lake = new StageLake(folder);
  }

  @Test
  void accountsForEveryRowAndQuarantinesRejectedOnesWithEveryReason() {
    TableContract contract =
        Contracts.sales(
            "checked",
            new RowCheck.Range("positive", Severity.QUARANTINE, "amount", "0", null),
            new RowCheck.Regex("short_id", Severity.QUARANTINE, "id", "[a-z]"),
            new RowCheck.NotNull("has_id", Severity.WARN, "id"));

    StageResult result =
        lake.publish(
            DAY,
            lake.draft(
                contract,
                DAY,
                sale("a", "1.00"),
                duplicate("a", "1.00"),
                sale("long", "-1.00"),
                sale("b", "-2.00"),
                sale(null, "3.00")));

    var audit = result.published().get(new TableDay(contract.name(), DAY));
    assertThat(audit.rows().received()).isEqualTo(5);
    assertThat(audit.rows().published()).isEqualTo(2);
    assertThat(audit.rows().quarantined()).isEqualTo(2);
    assertThat(audit.rows().duplicates()).isEqualTo(1);
    assertThat(audit.totals()).containsEntry("amount", "4.00");
    assertThat(audit.checks())
        .extracting(check -> check.name() + " " + check.failures())
        .containsExactly("positive 2", "short_id 1", "has_id 1", "has_every_value 0");
    assertThat(lake.quarantine(contract))
        .containsExactly(
            "2010-12-01 1 [positive, short_id] {\"day\":\"2010-12-01\",\"id\":\"long\",\"amount\":-1.00}",
            "2010-12-01 1 [positive] {\"day\":\"2010-12-01\",\"id\":\"b\",\"amount\":-2.00}");
  }

  @Test
  void aRowOfWhichChecksSayAnotherThingRepeatsNone() {
    TableContract contract =
        Contracts.sales(
            "judged", new RowCheck.Expression("first_time", Severity.QUARANTINE, "NOT _again"));

    StageResult result =
        lake.publish(
            DAY,
            lake.draft(
                contract,
                DAY,
                sale("a", "1.00"),
                duplicate("a", "1.00"),
                duplicate("a", "1.00"),
                sale("b", "2.00")));

    var rows = result.published().get(new TableDay(contract.name(), DAY)).rows();
    assertThat(List.of(rows.published(), rows.quarantined(), rows.duplicates()))
        .containsExactly(2L, 1L, 1L);
    assertThat(lake.quarantine(contract)).hasSize(1);
  }

  /** A hash passes over nulls, so that these two have one: which comes first must not matter. */
  @Test
  void theSameOfTwoRowsOfAKeyIsRejectedInWhateverOrderTheyCome() {
    TableContract contract =
        Contracts.sales("tied", new RowCheck.UniqueKey("once", Severity.QUARANTINE, List.of("id")))
            .with(
                List.of(
                    Contracts.column("day", "date", false),
                    Contracts.column("id", "string", true),
                    Contracts.column("amount", "decimal(12,2)", true),
                    Contracts.column("left", "string", true),
                    Contracts.column("right", "string", true)));
    Row inLeft = sale("left", "1.00");
    Row inRight = sale("right", "1.00");

    lake.publish(DAY, withOneKey(contract, inLeft, inRight));
    String rejected = lake.quarantine(contract).get(0);
    lake.publish(DAY, withOneKey(contract, inRight, inLeft));

    String again = lake.quarantine(contract).get(0);
    assertThat(again.substring(again.indexOf('[')))
        .isEqualTo(rejected.substring(rejected.indexOf('[')));
  }

  private Draft withOneKey(TableContract contract, Row... sales) {
    Dataset<Row> rows =
        lake.data(sales)
            .withColumn("day", lit(DAY))
            .withColumn("left", expr("IF(id = 'left', 'v', NULL)"))
            .withColumn("right", expr("IF(id = 'right', 'v', NULL)"))
            .withColumn("id", lit("k"));
    return new Draft(contract, DAY, rows);
  }

  @Test
  void keepsWhatThePublishedAttemptRejectedUntilANewerOneIsPublished() {
    RowCheck positive = new RowCheck.Range("positive", Severity.QUARANTINE, "amount", "0", null);
    TableContract strict = Contracts.sales("kept", positive);
    TableContract refusing =
        Contracts.sales("kept", new TableDayCheck.RowCount("none", Severity.FAIL, null, 0L));
    lake.publish(DAY, lake.draft(strict, DAY, sale("a", "1.00"), sale("b", "-1.00")));

    lake.refused(DAY, lake.draft(refusing, DAY, sale("a", "1.00"), sale("b", "-1.00")));
    assertThat(lake.quarantine(strict)).hasSize(1).first().asString().startsWith("2010-12-01 1 ");

    TableContract both =
        Contracts.sales(
            "kept", positive, new TableDayCheck.RowCount("none", Severity.FAIL, null, 0L));
    lake.refused(
        DAY, lake.draft(both, DAY, sale("a", "1.00"), sale("c", "-2.00"), sale("d", "-3.00")));
    assertThat(lake.quarantine(strict))
        .extracting(row -> row.substring(0, 12))
        .containsExactlyInAnyOrder("2010-12-01 1", "2010-12-01 3", "2010-12-01 3");

    lake.publish(DAY, lake.draft(strict, DAY, sale("a", "1.00"), sale("e", "-4.00")));
    assertThat(lake.quarantine(strict)).hasSize(1).first().asString().startsWith("2010-12-01 4 ");
  }

  @Test
  void givesAKeyToARowThatIsPublishedNotToOneThatIsRejected() {
    TableContract contract =
        Contracts.sales(
            "keyed",
            new RowCheck.UniqueKey("one_an_id", Severity.QUARANTINE, List.of("id")),
            new RowCheck.Range("positive", Severity.QUARANTINE, "amount", "0", null));
    Row[] sales = new Row[20];
    for (int i = 0; i < 10; i++) {
      sales[2 * i] = sale("id-" + i, "-1.00");
      sales[2 * i + 1] = sale("id-" + i, "1.00");
    }

    StageResult result = lake.publish(DAY, lake.draft(contract, DAY, sales));

    var rows = result.published().get(new TableDay(contract.name(), DAY)).rows();
    assertThat(rows.published()).isEqualTo(10);
    assertThat(rows.quarantined()).isEqualTo(10);
  }

  @Test
  void givesEqualRowsAnEqualContentHashWhateverTheirOrderAndCountsEqualRows() {
    TableContract contract = Contracts.sales("hashed");
    String one = hash(contract, sale("a", "1.00"), sale("b", "2.00"));
    String other = hash(contract, sale("b", "2.00"), sale("a", "1.00"));
    String twice =
        hash(contract, sale("a", "1.00"), sale("b", "2.00"), sale("b", "2.00"), sale("b", "2.00"));

    assertThat(one).isEqualTo(other).isNotEqualTo(twice);
  }

  @Test
  void refusesRowsOfAnotherDayBeforeAnythingIsVisible() {
    TableContract contract = Contracts.sales("misplaced");
    Dataset<Row> other =
        lake.data(sale("a", "1.00")).withColumn("day", lit(DAY.plusDays(1)).cast("date"));

    AssayException refusal = lake.refused(DAY, new Draft(contract, DAY, other));

    assertThat(refusal)
        .hasMessageContaining("a file for test.misplaced/2010-12-01 holds rows of day 2010-12-02");
    assertThat(lake.log().latest()).isEmpty();
  }

  @Test
  void refusesRowsWhoseTypesAreNotTheContracts() {
    TableContract contract = Contracts.sales("mistyped");
    Dataset<Row> texts =
        lake.data(sale("a", "1.00")).withColumn("amount", col("amount").cast("string"));

    AssayException refusal =
        lake.refused(DAY, new Draft(contract, DAY, texts.withColumn("day", lit(DAY))));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("amount:string").hasMessageContaining("decimal(12,2)");
  }

  private String hash(TableContract contract, Row... sales) {
    return lake.publish(DAY, lake.draft(contract, DAY, sales))
        .published()
        .get(new TableDay(contract.name(), DAY))
        .contentHash();
  }
}
