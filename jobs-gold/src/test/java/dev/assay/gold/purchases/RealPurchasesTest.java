package dev.assay.gold.purchases;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.config.TableContract;
import dev.assay.testing.BlackFriday;
import dev.assay.testing.TestSpark;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every mart of the real file, against what pandas 3.0 and SciPy 1.17 make of it. */
class RealPurchasesTest {
  private static final Offset<Double> DIGITS = within(1e-9);
  private static PurchaseMarts marts;
  private static List<Row> tests;

  @BeforeAll
  static void readTheFile() {
    Dataset<Row> file =
        TestSpark.session()
            .read()
            .option("header", true)
            .csv(BlackFriday.file().toString())
            .withColumnRenamed("_c11", "_column_12");
    TableContract contract = BlackFriday.config(Map.of()).pipeline().table("purchases");
    Dataset<Row> typed =
        file.select(
            contract.columns().stream()
                .filter(column -> column.from().isPresent())
                .map(
                    column ->
                        expr(column.from().orElseThrow()).cast(column.type()).as(column.name()))
                .toArray(Column[]::new));
    for (var column : contract.columns()) {
      if (column.computed().isPresent()) {
        Column computed = expr(column.computed().get()).cast(column.type());
        typed = typed.withColumn(column.name(), computed);
      }
    }
    marts =
        new PurchaseMarts(typed.withColumn("as_of", lit(PurchaseMarts.DAY)).cache())
            .with("eda_values")
            .with("eda_descriptive")
            .with("statistical_tests");
    tests = marts.rows("statistical_tests").collectAsList();
  }

  @Test
  void describesTheAmount() {
    Row amount = one("eda_descriptive", "variable = 'purchase'");

    assertThat(amount.<Long>getAs("purchases")).isEqualTo(10_052);
    assertThat(amount.<Double>getAs("mean")).isEqualTo(9162.41524074811, DIGITS);
    assertThat(amount.<Double>getAs("sd")).isEqualTo(4885.609902282456, DIGITS);
    assertThat(amount.<Double>getAs("q1")).isEqualTo(5834.75);
    assertThat(amount.<Double>getAs("median")).isEqualTo(8024.5);
    assertThat(amount.<Double>getAs("q3")).isEqualTo(11925.5);
    assertThat(amount.<Double>getAs("mode")).isEqualTo(5415);
    assertThat(amount.<Double>getAs("skewness")).isEqualTo(0.649873683785222, DIGITS);
    assertThat(amount.<Double>getAs("excess_kurtosis")).isEqualTo(-0.2389111369332939, DIGITS);
  }

  @Test
  void countsAndFlagsTheSameOutliers() {
    assertThat(one("eda_outliers", "variable = 'purchase' AND method = 'iqr'").<Long>getAs("above"))
        .isEqualTo(58);
    assertThat(one("eda_outliers", "variable = 'purchase' AND method = 'z'").<Long>getAs("above"))
        .isEqualTo(7);
    Dataset<Row> flags = marts.rows("purchase_flags").cache();
    assertThat(flags.where("outlier_iqr").count()).isEqualTo(58);
    assertThat(flags.where("outlier_z").count()).isEqualTo(7);
    assertThat(PurchaseMarts.texts(flags.groupBy("spend_band").count()))
        .containsExactlyInAnyOrder("low 2513", "medium 2513", "high 2513", "top 2513");
  }

  @Test
  void correlatesCategoryAndAmount() {
    Dataset<Row> correlations = marts.rows("eda_correlations").cache();
    Row pair = one(correlations, "variable_a = 'product_category_1' AND variable_b = 'purchase'");
    Row withMissing =
        one(correlations, "variable_a = 'product_category_2' AND variable_b = 'purchase'");

    assertThat(pair.<Double>getAs("pearson")).isEqualTo(-0.3186899366202398, DIGITS);
    assertThat(pair.<Double>getAs("spearman")).isEqualTo(-0.36974633277916813, DIGITS);
    assertThat(withMissing.<Long>getAs("purchases")).isEqualTo(6_793);
    assertThat(withMissing.<Double>getAs("spearman")).isEqualTo(-0.20290978943924165, DIGITS);
  }

  @Test
  void comparesDemographics() {
    Row byOccupation = test("one_way_anova", "purchase by occupation");
    Row byGender = test("welch_t", "purchase by gender: F, M");
    Row distributions = test("kolmogorov_smirnov", "purchase by gender: F, M");
    Row categories = test("chi_square", "age by product_category_1");
    Row cities = test("tukey_hsd", "purchase by city_category: A, B");

    assertThat(byOccupation.<Double>getAs("statistic")).isEqualTo(5.000637539023531, DIGITS);
    assertThat(byOccupation.<Double>getAs("effect_size")).isEqualTo(0.009871940075563, DIGITS);
    assertThat(byGender.<Double>getAs("df_1")).isEqualTo(4225.819738283408, within(1e-6));
    assertThat(byGender.<Double>getAs("p_value")).isEqualTo(3.0274e-13, within(1e-16));
    assertThat(distributions.<Double>getAs("statistic")).isEqualTo(0.08299891233807732, DIGITS);
    assertThat(categories.<Double>getAs("statistic")).isEqualTo(272.72391291522916, within(1e-7));
    assertThat(categories.<Double>getAs("df_1")).isEqualTo(102);
    assertThat(categories.<String>getAs("reading")).contains("no good approximation");
    assertThat(cities.<Double>getAs("p_value")).isEqualTo(2.24641306e-05, within(1e-9));
  }

  @Test
  void sumsToTheSameAmountEverywhere() {
    for (String table : List.of("customer_features", "category_sales", "product_popularity")) {
      assertThat(total(marts.rows(table), "total")).as(table).isEqualTo("92100598.00");
    }
    assertThat(total(marts.rows("customer_rfm"), "monetary")).isEqualTo("92100598.00");
    assertThat(total(marts.rows("demographic_sales").where("attribute = 'age'"), "total"))
        .isEqualTo("92100598.00");
    assertThat(
            marts
                .rows("eda_histogram")
                .where("variable = 'purchase'")
                .agg(Map.of("purchases", "sum"))
                .head()
                .getLong(0))
        .isEqualTo(10_052);
  }

  @Test
  void ranksTheMostBoughtProductsFirst() {
    assertThat(
            PurchaseMarts.texts(
                marts
                    .rows("product_popularity")
                    .where("rank <= 2")
                    .orderBy("rank")
                    .select("product_id", "purchases")))
        .containsExactly("P00025442 35", "P00112142 34");
  }

  private static String total(Dataset<Row> rows, String column) {
    return rows.agg(Map.of(column, "sum")).head().getDecimal(0).toPlainString();
  }

  private static Row one(String table, String condition) {
    return one(marts.rows(table), condition);
  }

  private static Row one(Dataset<Row> rows, String condition) {
    return rows.where(condition).head();
  }

  private static Row test(String name, String subject) {
    return tests.stream()
        .filter(row -> row.getAs("test").equals(name) && row.getAs("subject").equals(subject))
        .findFirst()
        .orElseThrow();
  }
}
