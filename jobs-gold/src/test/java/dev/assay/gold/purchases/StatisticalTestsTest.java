package dev.assay.gold.purchases;

import static dev.assay.gold.purchases.Purchases.bought;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.gold.statistics.DataSets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Data sets of the literature as purchases, a unit of theirs as a hundred. */
class StatisticalTestsTest {

  @Test
  void comparesTheMeansOfAllValuesOfAnAttribute() {
    Row plants = one(plants(), "one_way_anova", "purchase by age");

    assertThat(figures(plants)).isEqualTo("30 4.846088 2.000000 27.000000 0.015910 0.264148");
    assertThat(plants.<String>getAs("effect")).isEqualTo("eta squared");
    assertThat(plants.<String>getAs("reading"))
        .isEqualTo("the means differ (p < 0.05); the effect is large");
  }

  @Test
  void comparesTheMeansOfEachPairOfValues() {
    List<Row> tests = plants();

    assertThat(one(tests, "tukey_hsd", "purchase by age: ctrl, trt1").<Double>getAs("p_value"))
        .isEqualTo(0.3908711, within(1e-7));
    assertThat(one(tests, "tukey_hsd", "purchase by age: ctrl, trt2").<Double>getAs("p_value"))
        .isEqualTo(0.1979960, within(1e-7));
    assertThat(one(tests, "tukey_hsd", "purchase by age: trt1, trt2").<Double>getAs("p_value"))
        .isEqualTo(0.0120064, within(1e-7));
  }

  @Test
  void comparesTheMeansOfTwoValues() {
    Row welch = one(cars(), "welch_t", "purchase by gender: F, M");
    Row student = one(cars(), "student_t", "purchase by gender: F, M");

    assertThat(figures(welch)).isEqualTo("32 -3.767123 18.332252 null 0.001374 -1.477947");
    assertThat(figures(student)).isEqualTo("32 -4.106127 30.000000 null 0.000285 -1.477947");
  }

  @Test
  void comparesTheDistributionsOfTwoValues() {
    Row cars = one(cars(), "kolmogorov_smirnov", "purchase by gender: F, M");

    assertThat(figures(cars)).isEqualTo("32 0.635628 null null 0.003911 0.635628");
    assertThat(cars.<String>getAs("reading"))
        .isEqualTo(
            "the distributions differ (p < 0.05); the shares of purchases up to an amount lie 0.636"
                + " apart at most");
  }

  @Test
  void testsWhetherTwoAttributesAreIndependent() {
    List<Purchases> purchases = new ArrayList<>();
    for (int cylinders : new int[] {4, 6, 8}) {
      for (String gender : List.of("F", "M")) {
        for (int i = 0; i < DataSets.carsBy(cylinders, gender.equals("M")); i++) {
          Purchases one = bought("p" + purchases.size(), 1, "10");
          purchases.add(one.by(gender, "26-35").of(cylinders));
        }
      }
    }

    Row cars = one(tests(purchases), "chi_square", "gender by product_category_1");

    assertThat(figures(cars)).isEqualTo("32 8.740733 2.000000 null 0.012647 0.522636");
    assertThat(cars.<String>getAs("reading"))
        .isEqualTo(
            "they are associated (p < 0.05); the effect is large; over a fifth of the cells expect"
                + " fewer than 5, so that p is no good approximation");
  }

  @Test
  void testsForNormality() {
    Row cars = one(cars(), "shapiro_wilk", "purchase");

    assertThat(figures(cars)).isEqualTo("32 0.947565 null null 0.122881 0.052435");
    assertThat(cars.<String>getAs("reading"))
        .isEqualTo("no departure from normality is shown (p >= 0.05); a sample of 32 of 32");
  }

  @Test
  void takesTheSameSampleForTheSameSeedAndSaysHowLargeItIs() {
    List<Purchases> purchases = carsBought();
    String key = "pipeline.tables.statistical_tests.parameters.shapiro-wilk";

    Row first = one(tests(purchases, Map.of(key, "{ sample = 10, seed = 1 }")), "shapiro_wilk");
    Row again = one(tests(purchases, Map.of(key, "{ sample = 10, seed = 1 }")), "shapiro_wilk");
    Row other = one(tests(purchases, Map.of(key, "{ sample = 10, seed = 2 }")), "shapiro_wilk");

    assertThat(first).isEqualTo(again).isNotEqualTo(other);
    assertThat(first.<String>getAs("reading")).endsWith("a sample of 10 of 32");
  }

  @Test
  void saysOfALargeSampleThatItsPValueMeansNothing() {
    List<Purchases> purchases = new ArrayList<>();
    for (int i = 0; i < 2_001; i++) {
      purchases.add(bought("p" + i, 1, String.valueOf(i)));
    }

    assertThat(one(tests(purchases), "shapiro_wilk").<String>getAs("reading"))
        .startsWith("not normal (p < 0.05); a sample of 2001 of 2001; so many values that p means");
  }

  @Test
  void leavesOutWhatTheDataDoNotAllow() {
    assertThat(tests(List.of(bought("a", 1, "10"), bought("b", 1, "10")))).isEmpty();
  }

  @Test
  void aSampleThatTheTestIsNotForIsRefused() {
    Map<String, String> tooMany =
        Map.of("pipeline.tables.statistical_tests.parameters.shapiro-wilk.sample", "5001");

    AssayException refusal =
        catchThrowableOfType(AssayException.class, () -> tests(carsBought(), tooMany));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("is 5001, but the test is defined for 3 to 5000");
  }

  private static List<Row> plants() {
    return tests(plantsBought());
  }

  private static List<Row> cars() {
    return tests(carsBought());
  }

  private static List<Purchases> plantsBought() {
    List<Purchases> purchases = new ArrayList<>();
    add(purchases, DataSets.plantsOfControl(), "F", "ctrl");
    add(purchases, DataSets.plantsOfFirst(), "F", "trt1");
    add(purchases, DataSets.plantsOfSecond(), "F", "trt2");
    return purchases;
  }

  private static List<Purchases> carsBought() {
    List<Purchases> purchases = new ArrayList<>();
    add(purchases, DataSets.automaticCars(), "F", "26-35");
    add(purchases, DataSets.manualCars(), "M", "26-35");
    return purchases;
  }

  private static void add(List<Purchases> purchases, double[] values, String gender, String age) {
    Arrays.stream(values)
        .mapToObj(value -> String.valueOf(Math.round(value * 100)))
        .forEach(
            amount -> purchases.add(bought("p" + purchases.size(), 1, amount).by(gender, age)));
  }

  private static List<Row> tests(List<Purchases> purchases) {
    return tests(purchases, Map.of());
  }

  private static List<Row> tests(List<Purchases> purchases, Map<String, String> overrides) {
    return new PurchaseMarts(table(purchases), overrides).rows("statistical_tests").collectAsList();
  }

  private static Dataset<Row> table(List<Purchases> purchases) {
    return Purchases.table(purchases.toArray(Purchases[]::new));
  }

  private static Row one(List<Row> tests, String test) {
    return one(tests, test, "purchase");
  }

  private static Row one(List<Row> tests, String test, String subject) {
    return tests.stream()
        .filter(row -> row.getAs("test").equals(test) && row.getAs("subject").equals(subject))
        .findFirst()
        .orElseThrow();
  }

  /** n, statistic, degrees of freedom, p-value and effect size, in six decimals. */
  private static String figures(Row row) {
    return row.getAs("n")
        + " "
        + String.join(
            " ",
            List.of("statistic", "df_1", "df_2", "p_value", "effect_size").stream()
                .map(name -> (Double) row.getAs(name))
                .map(value -> value == null ? "null" : String.format("%.6f", value))
                .toList());
  }
}
