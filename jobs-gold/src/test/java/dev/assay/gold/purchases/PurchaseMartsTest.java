package dev.assay.gold.purchases;

import static dev.assay.gold.purchases.Purchases.bought;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PurchaseMartsTest {

  @Test
  void flagsOutliersByBothMethodsAndDropsNone() {
    // Quartiles 5 and 15, so the fences are -10 and 30; mean 13.81, standard deviation 20.6.
    Purchases[] purchases =
        IntStream.rangeClosed(0, 20)
            .mapToObj(i -> bought("a" + i, i, String.valueOf(i == 20 ? 100 : i)))
            .toArray(Purchases[]::new);

    List<Row> flags =
        new PurchaseMarts(Purchases.table(purchases)).rows("purchase_flags").collectAsList();

    assertThat(flags).hasSize(21);
    assertThat(flags.stream().filter(row -> row.getBoolean(row.fieldIndex("outlier_iqr"))))
        .extracting(row -> row.getString(row.fieldIndex("purchase_id")))
        .containsExactly("a20");
    assertThat(flags.stream().filter(row -> row.getBoolean(row.fieldIndex("outlier_z"))))
        .extracting(row -> row.getString(row.fieldIndex("purchase_id")))
        .containsExactly("a20");
  }

  @Test
  void bandsPurchasesByQuantilesWithTheBoundInTheLowerBand() {
    PurchaseMarts marts =
        new PurchaseMarts(
            Purchases.table(
                bought("a", 1, "10"),
                bought("b", 1, "20"),
                bought("c", 2, "30"),
                bought("d", 2, "40"),
                bought("e", 3, "50")));

    assertThat(marts.texts("purchase_flags"))
        .containsExactlyInAnyOrder(
            "a 1 a 10.00 false false low",
            "b 1 b 20.00 false false low",
            "c 2 c 30.00 false false medium",
            "d 2 d 40.00 false false high",
            "e 3 e 50.00 false false top");
  }

  @Test
  void onePurchaseAloneIsNoOutlier() {
    assertThat(new PurchaseMarts(Purchases.table(bought("a", 1, "10"))).texts("purchase_flags"))
        .containsExactly("a 1 a 10.00 false false low");
  }

  @Test
  void sumsCustomersUp() {
    PurchaseMarts marts =
        new PurchaseMarts(
            Purchases.table(
                bought("a1", 1, "10.50"),
                bought("a2", 1, "20").of(5),
                bought("b", 1, "30").of(5),
                bought("a3", 2, "7")));

    assertThat(marts.texts("customer_features"))
        .containsExactlyInAnyOrder(
            "1 3 60.50 20.166667 9.751068 10.50 30.00 2 2", "2 1 7.00 7.000000 null 7.00 7.00 1 1");
  }

  @Test
  void scoresCustomersWithoutTimesByFrequencyAndMonetaryValue() {
    PurchaseMarts marts =
        new PurchaseMarts(
            Purchases.table(
                bought("a1", 1, "500"),
                bought("a2", 1, "500"),
                bought("a3", 2, "400"),
                bought("a4", 3, "300"),
                bought("a5", 4, "200"),
                bought("a6", 5, "100")));

    assertThat(marts.texts("customer_rfm"))
        .containsExactlyInAnyOrder(
            "1 null 2 1000.00 null 5 5 5 champions",
            "2 null 1 400.00 null 1 4 2.5 big_spenders",
            "3 null 1 300.00 null 2 3 2.5 core",
            "4 null 1 200.00 null 3 2 2.5 core",
            "5 null 1 100.00 null 4 1 2.5 frequent");
  }

  @Test
  void scoresRecencyAmongThoseWhoHaveOne() {
    Dataset<Row> purchases =
        Purchases.table(
            List.of(
                bought("a1", 1, "10").row(Instant.parse("2017-11-24T23:00:00Z")),
                bought("a2", 1, "10").row(Instant.parse("2017-11-20T12:00:00Z")),
                bought("a3", 2, "30").row(Instant.parse("2017-11-14T12:00:00Z")),
                bought("a4", 3, "40").row(null)));

    assertThat(new PurchaseMarts(purchases).texts("customer_rfm"))
        .containsExactlyInAnyOrder(
            "1 0 2 20.00 2 3 1 2 occasional",
            "2 10 1 30.00 1 1 2 1.333333 occasional",
            "3 null 1 40.00 null 2 3 2.5 core");
  }

  @Test
  void aPairOfScoresWithoutANameIsRefused() {
    PurchaseMarts marts =
        new PurchaseMarts(
            Purchases.table(bought("a", 1, "10")),
            Map.of(
                "pipeline.tables.customer_rfm.parameters.segments",
                "[{ name = champions, f = [4, 5], m = [4, 5] }]"));

    AssayException refusal =
        catchThrowableOfType(AssayException.class, () -> marts.rows("customer_rfm"));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("have no name for f = 1, m = 1");
  }

  @Test
  void salesOfEachAttributeAddUp() {
    PurchaseMarts marts =
        new PurchaseMarts(
            Purchases.table(
                bought("a1", 1, "10"),
                bought("a2", 1, "20"),
                bought("a3", 2, "60").by("M", "55+"),
                bought("a4", 3, "10").by("M", "26-35")));

    assertThat(marts.texts("demographic_sales"))
        .containsExactlyInAnyOrder(
            "gender F 2 1 30.00 15.000000 0.3",
            "gender M 2 2 70.00 35.000000 0.7",
            "age 26-35 3 2 40.00 13.333333 0.4",
            "age 55+ 1 1 60.00 60.000000 0.6",
            "occupation 7 4 3 100.00 25.000000 1",
            "city_category A 4 3 100.00 25.000000 1",
            "stay_in_current_city_years 4+ 4 3 100.00 25.000000 1",
            "marital_status 0 4 3 100.00 25.000000 1");
  }

  @Test
  void categoriesAreRankedByAmountAndTiesByNumber() {
    PurchaseMarts marts =
        new PurchaseMarts(
            Purchases.table(
                bought("a1", 1, "25").of(8),
                bought("b1", 2, "25").of(8),
                bought("c1", 2, "50").of(3)));

    assertThat(marts.texts("category_sales"))
        .containsExactlyInAnyOrder(
            "3 1 1 1 50.00 50.000000 0.5 1", "8 2 2 2 50.00 25.000000 0.5 2");
  }

  @Test
  void productsAreRankedByPurchasesAndTiesByName() {
    PurchaseMarts marts =
        new PurchaseMarts(
            Purchases.table(
                bought("b1", 1, "10"),
                bought("a1", 2, "90"),
                bought("c1", 1, "10"),
                bought("c2", 1, "20"),
                bought("c3", 3, "30")));

    assertThat(marts.texts("product_popularity"))
        .containsExactlyInAnyOrder(
            "c 3 2 60.00 20.000000 0.6666667 1",
            "a 1 1 90.00 90.000000 0.3333333 2",
            "b 1 1 10.00 10.000000 0.3333333 3");
  }

  @Test
  void nothingOfAPurchaseCostingNothingIsAShare() {
    assertThat(new PurchaseMarts(Purchases.table(bought("a", 1, "0"))).texts("category_sales"))
        .containsExactly("1 1 1 1 0.00 0.000000 null 1");
  }
}
