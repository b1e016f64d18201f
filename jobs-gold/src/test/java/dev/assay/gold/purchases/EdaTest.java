package dev.assay.gold.purchases;

import static dev.assay.gold.purchases.Purchases.bought;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EdaTest {
  private final PurchaseMarts marts =
      new PurchaseMarts(
          Purchases.table(
              bought("a", 1, "10"),
              bought("b", 1, "20").by("F", "0-17"),
              bought("c", 2, "20").by("M", "0-17").of(5),
              bought("d", 3, "30").by("M", "55+").of(5),
              bought("e", 3, "120").by("M", "55+")),
          Map.of("pipeline.tables.eda_histogram.parameters", "{ bins = 4 }"));

  @Test
  void countsTheValuesOfEachNumericColumn() {
    assertThat(marts.texts("eda_values"))
        .contains(
            "purchase ratio 10 1",
            "purchase ratio 20 2",
            "age ordinal 0 2",
            "age ordinal 26 1",
            "age ordinal 55 2",
            "stay_in_current_city_years ordinal 4 5",
            "product_category_2 nominal 2 3",
            "product_category_2 nominal null 2",
            "product_category_3 nominal null 5")
        .hasSize(4 + 3 + 1 + 1 + 1 + 2 + 2 + 1);
  }

  @Test
  void anAgeThatIsNoBandOfYearsIsMissing() {
    PurchaseMarts odd = new PurchaseMarts(Purchases.table(bought("a", 1, "10").by("F", "unknown")));

    assertThat(odd.texts("eda_values")).contains("age ordinal null 1");
  }

  @Test
  void describesAColumn() {
    marts.with("eda_values");

    // Mean 40; deviations -30, -20, -20, -10, 80, whose squares sum to 8200, cubes to 468000 and
    // fourths to 42100000.
    assertThat(marts.texts("eda_descriptive"))
        .contains(
            "purchase ratio 5 0 4 40 45.27693 10 20 20 30 120 20 1.409321 0.130577",
            "stay_in_current_city_years ordinal 5 0 1 4 0 4 4 4 4 4 4 null null",
            "product_category_2 nominal 3 2 1 2 0 2 2 2 2 2 2 null null",
            "product_category_3 nominal 0 5 0 null null null null null null null null null null")
        .hasSize(8);
  }

  @Test
  void drawsAHistogramWithItsEmptyBins() {
    marts.with("eda_values");

    assertThat(
            PurchaseMarts.texts(
                marts.rows("eda_histogram").where("variable = 'purchase'").drop("as_of")))
        .containsExactlyInAnyOrder(
            "purchase 1 10 37.5 4",
            "purchase 2 37.5 65 0",
            "purchase 3 65 92.5 0",
            "purchase 4 92.5 120 1");
  }

  @Test
  void aColumnOfOneValueHasOneBinAndOneOfNoneHasNone() {
    marts.with("eda_values");

    assertThat(marts.texts("eda_histogram"))
        .contains("stay_in_current_city_years 1 4 4 5")
        .noneMatch(row -> row.startsWith("stay_in_current_city_years 2"))
        .noneMatch(row -> row.startsWith("product_category_3"));
  }

  @Test
  void drawsABoxOfEachGroupWithWhiskersToTheLastThatIsNoOutlier() {
    // Of all, the quartiles are 20 and 30, so the fences 5 and 45.
    assertThat(marts.texts("eda_boxplot"))
        .contains(
            "all all 5 40.000000 10.00 20.0000 20.0000 30.0000 30.00 1",
            "gender F 2 15.000000 10.00 12.5000 15.0000 17.5000 20.00 0",
            "gender M 3 56.666667 20.00 25.0000 30.0000 75.0000 120.00 0",
            "product_category_1 5 2 25.000000 20.00 22.5000 25.0000 27.5000 30.00 0")
        .hasSize(1 + 2 + 3 + 1 + 1 + 1 + 1 + 2);
  }

  @Test
  void correlatesValuesAndRanksWithTiesAtTheirMean() {
    // scipy.stats.pearsonr and spearmanr of [26, 0, 0, 55, 55] and [10, 20, 20, 30, 120].
    assertThat(marts.texts("eda_correlations"))
        .hasSize(21)
        .contains("age purchase false 5 0.6162254 0.6488857");
  }

  @Test
  void correlatesOnlyPurchasesThatHaveBothValues() {
    assertThat(marts.texts("eda_correlations"))
        .contains("product_category_1 product_category_2 true 3 null null")
        .noneMatch(row -> row.contains("product_category_3"));
  }

  @Test
  void countsWhatIsMissing() {
    assertThat(marts.texts("eda_missing"))
        .contains(
            "purchase 5 0 0",
            "product_category_2 5 2 0.4",
            "product_category_3 5 5 1",
            "purchased_at 5 5 1")
        .hasSize(16);
  }

  @Test
  void countsOutliersByEachMethodInColumnsThatHaveAnOrder() {
    marts.with("eda_values").with("eda_descriptive");
    List<String> outliers = marts.texts("eda_outliers");

    assertThat(outliers)
        .contains("purchase iqr 5 45 0 1 0.2", "purchase z -95.83078 175.8308 0 0 0")
        .hasSize(6);
  }
}
