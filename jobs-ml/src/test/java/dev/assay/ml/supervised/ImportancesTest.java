package dev.assay.ml.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.testing.TestSpark;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ImportancesTest {
  /** Of 400 rows, 300 of town a; which rows are which does not hang together with {@code late}. */
  private final Dataset<Row> rows =
      TestSpark.session()
          .range(0, 400, 1, 1)
          .selectExpr(
              "CAST(pmod(id, 2) AS DOUBLE) AS late",
              "CAST(pmod(xxhash64(id), 100) AS DOUBLE) AS noise",
              "CASE WHEN pmod(id, 8) < 6 THEN 'a' ELSE 'b' END AS town",
              "pmod(id, 4) AS _fold");

  @Test
  void aLinearLearnersAreCoefficientsTimesDeviationsAlsoOfWhatIsEncoded() {
    Features features =
        new Features(
            List.of("late", "noise"), List.of(), Map.of(), Map.of("size", "town"), 0, false, 1);
    Prepared prepared =
        new Prepared(
            features,
            rows.selectExpr("*", "10 * late + 0.1D * IF(town = 'a', 300, 100) AS _label"));

    Map<String, Double> shares =
        Importances.of(prepared.fit(learner(new LinearRegression()), true), prepared);

    // 10 x 0.5 of one and 0.1 x 86.6 of the other.
    assertThat(shares.keySet()).containsExactly("size", "late", "noise");
    assertThat(shares.get("size")).isCloseTo(0.634, within(0.001));
    assertThat(shares.get("late")).isCloseTo(0.366, within(0.001));
    assertThat(shares.get("noise")).isCloseTo(0, within(0.001));
  }

  @Test
  void eachValueOfACategoryHasItsOwnInALinearLearner() {
    Features features =
        new Features(List.of("late"), List.of("town"), Map.of(), Map.of(), 0, false, 1);
    Prepared prepared =
        new Prepared(features, rows.selectExpr("*", "IF(town = 'a', 4D, 0D) AS _label"));

    Map<String, Double> shares =
        Importances.of(
            prepared.fit(learner(new LinearRegression().setRegParam(0.001)), true), prepared);

    assertThat(shares.keySet())
        .containsExactlyInAnyOrder("town_a", "town_b", "town___unknown", "late");
    assertThat(shares.get("late")).isCloseTo(0, within(0.001));
    assertThat(shares.values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void aForestsAreTheImpurityThatSplitsByAColumnTakeAway() {
    Features features =
        new Features(List.of("noise"), List.of("town"), Map.of(), Map.of(), 0, false, 1);
    Prepared prepared =
        new Prepared(features, rows.selectExpr("*", "IF(town = 'b', 4D, 0D) AS _label"));

    Map<String, Double> shares =
        Importances.of(
            prepared.fit(
                learner(new RandomForestRegressor().setFeatureSubsetStrategy("all").setSeed(1)),
                false),
            prepared);

    assertThat(shares.keySet()).containsExactly("town", "noise");
    assertThat(shares.get("town")).isCloseTo(1, within(0.001));
  }

  private static LinearRegression learner(LinearRegression learner) {
    return learner.setFeaturesCol(Features.VECTOR).setLabelCol(Examples.LABEL);
  }

  private static RandomForestRegressor learner(RandomForestRegressor learner) {
    return learner.setFeaturesCol(Features.VECTOR).setLabelCol(Examples.LABEL);
  }
}
