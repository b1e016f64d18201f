package dev.assay.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** 20,000 purchases, none of them dirty. */
@TestInstance(Lifecycle.PER_CLASS)
class PurchasesTest {
  private List<String[]> rows = List.of();
  private String header = "";

  @BeforeAll
  void generate(@TempDir Path folder) throws IOException {
    Samples.Written written = Samples.write(Orders.csv(Domain.PURCHASES, 20_000, 30, 0, folder), 2);
    assertThat(written.files()).containsExactly(folder.resolve("black_friday/2026-01-01.csv"));
    rows = SimpleCsv.lines(written.files(), true);
    header = Files.readAllLines(written.files().get(0)).get(0);
  }

  @Test
  void aSnapshotHasTheColumnsOfTheRealOne() {
    assertThat(header)
        .isEqualTo(
            "User_ID,Product_ID,Gender,Age,Occupation,City_Category,Stay_In_Current_City_Years,"
                + "Marital_Status,Product_Category_1,Product_Category_2,Product_Category_3,"
                + "\"\",Purchase");
    assertThat(rows).hasSize(20_000).allMatch(row -> row.length == 13 && row[11].equals(row[12]));
  }

  @Test
  void nobodyBuysAProductTwiceAndMostBuySeveral() {
    assertThat(new HashSet<>(rows.stream().map(row -> row[0] + row[1]).toList())).hasSize(20_000);
    long buyers = rows.stream().map(row -> row[0]).distinct().count();
    assertThat(buyers).isBetween(150L, 400L);
  }

  /** Of 550,000 real purchases of 3,631 products the first has 0.3%. */
  @Test
  void theFirstProductHasFewOfTheSales() {
    long most =
        rows.stream()
            .collect(Collectors.groupingBy(row -> row[1], Collectors.counting()))
            .values()
            .stream()
            .mapToLong(Long::longValue)
            .max()
            .orElseThrow();
    assertThat(most).isBetween(40L, 200L);
  }

  @Test
  void aBuyerStaysTheSameAndSoDoesAProduct() {
    assertThat(different(row -> row[0], row -> String.join(",", List.of(row).subList(2, 8))))
        .isEqualTo(1);
    assertThat(different(row -> row[1], row -> String.join(",", List.of(row).subList(8, 11))))
        .isEqualTo(1);
  }

  private int different(Function<String[], String> by, Function<String[], String> what) {
    return rows.stream()
        .collect(Collectors.groupingBy(by, Collectors.mapping(what, Collectors.toSet())))
        .values()
        .stream()
        .mapToInt(one -> one.size())
        .max()
        .orElseThrow();
  }

  @Test
  void theSecondAndTheThirdCategoryAreOftenMissing() {
    assertThat(shareOfMissing(8)).isZero();
    assertThat(shareOfMissing(9)).isBetween(0.2, 0.45);
    assertThat(shareOfMissing(10)).isBetween(0.55, 0.85);
  }

  private double shareOfMissing(int column) {
    return (double) rows.stream().filter(row -> row[column].isEmpty()).count() / rows.size();
  }

  @Test
  void whoKnowsTheProductKnowsMostOfThePriceAndTheRestIsChance() {
    assertThat(explained(row -> row[1])).isBetween(0.6, 0.8);
    assertThat(explained(row -> row[8])).isBetween(0.5, 0.75);
    assertThat(explained(row -> row[5])).isBetween(0.0001, 0.05);
  }

  /** The share of the variance of what is paid that lies between groups. */
  private double explained(Function<String[], String> group) {
    Map<String, Double> means =
        rows.stream()
            .collect(Collectors.groupingBy(group, Collectors.averagingDouble(PurchasesTest::paid)));
    double mean = rows.stream().mapToDouble(PurchasesTest::paid).average().orElseThrow();
    double between =
        rows.stream().mapToDouble(row -> square(means.get(group.apply(row)) - mean)).sum();
    double all = rows.stream().mapToDouble(row -> square(paid(row) - mean)).sum();
    return between / all;
  }

  private static double paid(String[] row) {
    return Double.parseDouble(row[11]);
  }

  private static double square(double x) {
    return x * x;
  }
}
