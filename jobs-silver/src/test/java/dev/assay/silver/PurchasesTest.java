package dev.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.audit.AuditReport;
import dev.assay.audit.CheckResult;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.table.Draft;
import dev.assay.testing.Audited;
import dev.assay.testing.BlackFriday;
import dev.assay.testing.TestSpark;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class PurchasesTest {
  private static final LocalDate DAY = LocalDate.of(2017, 11, 24);
  private static final StructType RAW =
      StructType.fromDDL(
          "landing_date date, User_ID string, Product_ID string, Gender string, Age string,"
              + " Occupation string, City_Category string, Stay_In_Current_City_Years string,"
              + " Marital_Status string, Product_Category_1 string, Product_Category_2 string,"
              + " Product_Category_3 string, _column_12 string, Purchase string, _file string,"
              + " _checksum string, _position bigint, _malformed string, _raw binary");

  private final SparkSession spark = TestSpark.session();
  private long position = 1;

  @Test
  void typesAPurchase() {
    Row row = only(raw("1000004", "P00184942", "8", "17", "19215"));

    assertThat(row.<Date>getAs("as_of")).isEqualTo("2017-11-24");
    assertThat(row.<Long>getAs("user_id")).isEqualTo(1000004);
    assertThat(row.<String>getAs("product_id")).isEqualTo("P00184942");
    assertThat(row.<String>getAs("stay_in_current_city_years")).isEqualTo("4+");
    assertThat(row.<Integer>getAs("product_category_2")).isEqualTo(8);
    assertThat(row.<Boolean>getAs("product_category_2_missing")).isFalse();
    assertThat(row.getDecimal(row.fieldIndex("purchase"))).isEqualByComparingTo("19215");
    assertThat(row.<String>getAs("purchase_id")).hasSize(64);
  }

  @Test
  void keepsMissingCategoriesAsNullWithAFlag() {
    Row row = only(raw("1000001", "P00069042", null, null, "8370"));

    assertThat(row.<Integer>getAs("product_category_2")).isNull();
    assertThat(row.<Boolean>getAs("product_category_2_missing")).isTrue();
    assertThat(row.<Integer>getAs("product_category_3")).isNull();
    assertThat(row.<Boolean>getAs("product_category_3_missing")).isTrue();
  }

  @Test
  void hasNoTimeAndNothingThatComesOfOne() {
    Row row = only(raw("1000001", "P00069042", null, null, "8370"));

    for (String column : List.of("purchased_at", "day_of_week", "hour_of_day", "is_weekend")) {
      assertThat(row.<Object>getAs(column)).as(column).isNull();
    }
  }

  @Test
  void rejectsAPurchaseWithoutAnAmountOrWithANegativeOne() {
    assertThat(reasons(raw("1", "P1", null, null, null))).containsExactly("missing:purchase");
    assertThat(reasons(raw("1", "P1", null, null, ""))).containsExactly("missing:purchase");
    assertThat(reasons(raw("1", "P1", null, null, "-1"))).containsExactly("purchase_not_negative");
    assertThat(reasons(raw("1", "P1", null, null, "lots"))).containsExactly("unparsable:purchase");
    assertThat(reasons(raw("1", "P1", "two", null, "1")))
        .containsExactly("unparsable:product_category_2");
  }

  @Test
  void keepsAPurchaseOfNothing() {
    assertThat(published(raw("1", "P1", null, null, "0"))).hasSize(1);
  }

  @Test
  void takesALineThatRepeatsAnotherOnceAndTellsOthersApart() {
    List<Row> rows =
        published(
            raw("1", "P1", "2", null, "10"),
            raw("1", "P1", "2", null, "10"),
            raw("1", "P1", null, "2", "10"));

    assertThat(rows)
        .extracting(row -> row.<String>getAs("purchase_id"))
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void countsRepeatedLines() {
    Row line = raw("1", "P1", "2", null, "10");
    Row again = raw("1", "P1", "2", null, "10");

    assertThat(report(line, again).rows().duplicates()).isEqualTo(1);
  }

  @Test
  void publishesWhatIsStrangeWithAWarning() {
    Row strange =
        RowFactory.create(
            Date.valueOf(DAY),
            "1",
            "P1",
            "X",
            "99",
            "1",
            "D",
            "5",
            "2",
            "77",
            "2",
            "3",
            "11",
            "10",
            "f.csv",
            "c",
            1L,
            null,
            null);

    AuditReport report = report(strange);

    assertThat(report.rows().published()).isEqualTo(1);
    assertThat(report.checks())
        .filteredOn(check -> !check.passed())
        .extracting(CheckResult::name)
        .containsExactlyInAnyOrder(
            "nameless_repeats_purchase",
            "gender_known",
            "age_known",
            "city_known",
            "stay_known",
            "marital_status_known",
            "category_known");
  }

  private AuditReport report(Row... raw) {
    return Audited.of(draft(raw)).report();
  }

  private Row only(Row raw) {
    List<Row> published = published(raw);
    assertThat(published).hasSize(1);
    return published.get(0);
  }

  private List<Row> published(Row... raw) {
    return Audited.of(draft(raw)).published();
  }

  private List<String> reasons(Row raw) {
    List<Audited.Rejected> rejected = Audited.of(draft(raw)).rejected();
    assertThat(rejected).hasSize(1);
    return rejected.get(0).reasons();
  }

  private Draft draft(Row... raw) {
    Dataset<Row> landed = spark.createDataFrame(new ArrayList<>(List.of(raw)), RAW);
    return cleansing().draft(landed, DAY, List.of());
  }

  private static Cleansing cleansing() {
    return new Cleansing(contract(), pipeline().feed("black_friday"), "landing_date");
  }

  private static TableContract contract() {
    return pipeline().table("purchases");
  }

  private static PipelineConfig pipeline() {
    return BlackFriday.config(Map.of()).pipeline();
  }

  private Row raw(String user, String product, String second, String third, String amount) {
    return RowFactory.create(
        Date.valueOf(DAY),
        user,
        product,
        "M",
        "46-50",
        "7",
        "B",
        "4+",
        "1",
        "1",
        second,
        third,
        amount,
        amount,
        "f.csv",
        "c",
        position++,
        null,
        null);
  }
}
