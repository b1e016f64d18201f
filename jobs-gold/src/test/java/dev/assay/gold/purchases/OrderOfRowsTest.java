package dev.assay.gold.purchases;

import static dev.assay.gold.purchases.Purchases.bought;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same purchases in another order. */
class OrderOfRowsTest {

  @ParameterizedTest
  @ValueSource(strings = {"customer_features", "statistical_tests"})
  void figuresAreTheSameToTheLastBit(String mart) {
    Random random = new Random(42);
    Dataset<Row> purchases =
        Purchases.table(
            IntStream.range(0, 300)
                .mapToObj(
                    n ->
                        bought("p" + n, n % 3, (random.nextInt(1_000_000) + 100) / 100 + ".37")
                            .by(n % 2 == 0 ? "F" : "M", n % 5 == 0 ? "0-17" : "26-35"))
                .toArray(Purchases[]::new));

    List<Row> once = rows(purchases, mart, col("purchase"));

    assertThat(once).isNotEmpty();
    assertThat(rows(purchases, mart, col("purchase").desc()))
        .containsExactlyInAnyOrderElementsOf(once);
    assertThat(rows(purchases, mart, col("purchase_id"))).containsExactlyInAnyOrderElementsOf(once);
  }

  private static List<Row> rows(Dataset<Row> purchases, String mart, Column order) {
    return new PurchaseMarts(purchases.coalesce(1).sortWithinPartitions(order))
        .rows(mart)
        .collectAsList();
  }
}
