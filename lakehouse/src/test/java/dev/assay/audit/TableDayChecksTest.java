package dev.assay.audit;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.assay.checks.Check;
import dev.assay.checks.RowCheck;
import dev.assay.checks.Severity;
import dev.assay.checks.TableDayCheck;
import dev.assay.config.Cadence;
import dev.assay.config.ControlTotal;
import dev.assay.config.Derivation;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableName;
import dev.assay.config.Transform;
import dev.assay.config.Upkeep;
import dev.assay.testing.Contracts;
import dev.assay.testing.TestSpark;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the assertions on a table-day as a whole make of what was counted. */
class TableDayChecksTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);
  private static final StructType SALE = StructType.fromDDL("id string, amount decimal(12,2)");

  private final SparkSession spark = TestSpark.session();

  @Test
  void aShareOfNullsIsOfPublishedRowsAlone() {
    Check shortId = new RowCheck.Regex("short_id", Severity.QUARANTINE, "id", "[a-z]");
    Row[] sales = {sale("rejected", null), sale("a", null), sale("b", "1.00"), sale("c", "1.00")};

    assertThat(result(share(0.34), shortId, sales).passed()).isTrue();
    assertThat(result(share(0.33), shortId, sales))
        .returns(false, CheckResult::passed)
        .returns("0.3333 of the rows have no amount, allowed is 0.3300", CheckResult::message);
  }

  @Test
  void aDayIsAsFreshAsItsNewestPublishedRow() {
    Row[] sales = {sale("a", "1.00")};

    assertThat(result(fresh(24), sales).passed()).isTrue();
    assertThat(result(fresh(23), sales))
        .returns(false, CheckResult::passed)
        .returns(
            "the newest day is 2010-12-01T00:00:00Z, allowed age at the end of 2010-12-01 is PT23H",
            CheckResult::message);
    assertThat(result(fresh(24)).message()).isEqualTo("no row has a day");
  }

  @Test
  void aVolumeIsComparedWithTheDaysBefore() {
    AuditHistory before = new History(List.of(10L, 20L), null);
    Row[] three = {sale("a", "1.00"), sale("b", "1.00"), sale("c", "1.00")};

    assertThat(judged(before, volume(2, 0.2, 2), three).passed()).isTrue();
    assertThat(judged(before, volume(2, 0.21, 2), three))
        .returns(false, CheckResult::passed)
        .returns(
            "3 rows, the mean of 2 earlier days is 15.0, allowed are 0.21 to 2.00 times that",
            CheckResult::message);
    assertThat(judged(before, volume(2, 0, 0.19), three).passed()).isFalse();
    assertThat(judged(before, volume(3, 0.21, 2), three))
        .returns(true, CheckResult::passed)
        .returns("only 2 of 3 earlier days to compare with", CheckResult::message);
  }

  @Test
  void aNumberOfRowsHasBounds() {
    Row[] two = {sale("a", "1.00"), sale("b", "1.00")};

    assertThat(result(rowCount(2L, 2L), two).passed()).isTrue();
    assertThat(result(rowCount(3L, null), two).passed()).isFalse();
    assertThat(result(rowCount(null, 1L), two).message())
        .isEqualTo("2 rows, allowed are any number to 1");
  }

  @Test
  void whatIsNotInASetIsCountedAndANullIsNot() {
    Check known = new RowCheck.InSet("known", Severity.FAIL, "id", List.of("a", "b"));
    Row[] sales = {sale("a", "1.00"), sale("z", "1.00"), sale(null, "1.00")};

    CheckResult found = result(known, sales);

    assertThat(found.failures()).isEqualTo(1);
    assertThat(found.blocks()).isTrue();
  }

  @Test
  void aControlTotalMustEqualTheInputsToThePenny() {
    Row[] sales = {sale("a", "1.10"), sale("b", "2.20")};

    assertThat(control("3.3", sales).passed()).isTrue();
    assertThat(control("3.31", sales))
        .returns(true, CheckResult::blocks)
        .returns("amount is 3.30, lines.amount is 3.31", CheckResult::message);
    assertThat(control(null, sales))
        .returns(true, CheckResult::blocks)
        .returns("lines.amount of 2010-12-01 is not in the ledger", CheckResult::message);
  }

  private static Check share(double max) {
    return new TableDayCheck.NullShare("judged", Severity.WARN, "amount", max);
  }

  private static Check fresh(int hours) {
    return new TableDayCheck.Freshness("judged", Severity.WARN, "day", Duration.ofHours(hours));
  }

  private static Check volume(int atLeastDays, double min, double max) {
    return new TableDayCheck.Volume("judged", Severity.FAIL, 28, atLeastDays, min, max);
  }

  private static Check rowCount(@Nullable Long min, @Nullable Long max) {
    return new TableDayCheck.RowCount("judged", Severity.FAIL, min, max);
  }

  private CheckResult result(Check check, Row... sales) {
    return judged(AuditHistory.NONE, check, sales);
  }

  private CheckResult result(Check check, Check other, Row... sales) {
    return named(
        check.name(), report(Contracts.sales("checked", check, other), AuditHistory.NONE, sales));
  }

  private CheckResult judged(AuditHistory history, Check check, Row... sales) {
    return named(check.name(), report(Contracts.sales("checked", check), history, sales));
  }

  private CheckResult control(@Nullable String inputTotal, Row... sales) {
    TableContract contract =
        new TableContract(
            new TableName("test", "controlled"),
            Stage.GOLD,
            "A sale.",
            "day",
            List.of(),
            Contracts.sales("controlled").columns(),
            new Derivation.Computed(
                List.of(),
                new Transform.InClass("none"),
                new Cadence.Daily(0),
                ConfigFactory.empty()),
            List.of(),
            Map.of("amount", "sum(amount)"),
            List.of(new ControlTotal("amount", "lines", "amount")),
            Upkeep.PLAIN,
            null);
    return named("control_amount", report(contract, new History(List.of(), inputTotal), sales));
  }

  private AuditReport report(TableContract contract, AuditHistory history, Row... sales) {
    Audit audit = new Audit(contract, DAY, Provenance.COMPUTED);
    audit
        .publishable(
            audit.mark(spark.createDataFrame(List.of(sales), SALE).withColumn("day", lit(DAY))),
            (reasons, record) -> {})
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
    return audit.report(history);
  }

  private static CheckResult named(String name, AuditReport report) {
    return report.checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Row sale(@Nullable String id, @Nullable String amount) {
    return RowFactory.create(id, amount == null ? null : new BigDecimal(amount));
  }

  /** Earlier days and an input, as a test wants them. */
  private record History(List<Long> before, @Nullable String total) implements AuditHistory {
    @Override
    public List<Long> rowsBefore(LocalDate day, int days) {
      return before;
    }

    @Override
    public Optional<String> inputTotal(ControlTotal control, LocalDate day) {
      return Optional.ofNullable(total);
    }
  }
}
