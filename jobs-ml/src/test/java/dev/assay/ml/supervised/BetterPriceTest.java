package dev.assay.ml.supervised;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ml.ModelLake;
import dev.assay.model.Evidence;
import dev.assay.model.Promotion;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a challenger whose conf is better than the champion's, of the same houses. */
class BetterPriceTest {
  private static final String MODEL = "house_price";
  private static final LocalDate DAY = Houses.DAY;
  private static final LocalDate NEXT_WEEK = DAY.plusDays(7);
  private static final String PARAMETERS = "pipeline.models.house_price.parameters.";

  /** A line that is drawn to the mean, so that all that it says is near to it. */
  private static final Map<String, String> NARROW =
      Map.of(
          PARAMETERS + "folds", "0",
          PARAMETERS + "learners.linear.regularization", "5",
          PARAMETERS + "learners.forest.enabled", "false",
          PARAMETERS + "learners.boosting.enabled", "false");

  private static final Map<String, String> BETTER =
      Map.of(
          PARAMETERS + "folds", "0",
          PARAMETERS + "learners.linear.enabled", "false",
          PARAMETERS + "learners.forest.trees", "20",
          PARAMETERS + "learners.forest.depth", "8",
          PARAMETERS + "learners.boosting.enabled", "false");

  @TempDir private static Path folder;
  private static ModelLake narrow;
  private static Map<String, Dataset<Row>> products;

  @TempDir private Path other;

  @BeforeAll
  static void learn() {
    narrow = new ModelLake(folder, "housing", NARROW).with("valuations", "as_of", Houses.of(DAY));
    products = narrow.run(MODEL, DAY);
  }

  @Test
  void aClearlyBetterChallengerOfRowsThatAreAsTheyWereIsPromoted() {
    Promotion decision = nextWeek(Map.of());

    assertThat(decision.why()).isEqualTo("it passed the gate");
    assertThat(decision.champion())
        .isEqualTo(decision.challenger())
        .isNotEqualTo(narrow.last(MODEL).champion());
    assertThat(decision.evidence().drifts())
        .extracting(Evidence.Drift::column)
        .containsExactly(
            "sold",
            "age",
            "age_squared",
            "distance",
            "log_distance",
            "stores",
            "stores_a_kilometre",
            "latitude",
            "longitude",
            "from_centre",
            "(label)",
            "(score)");
    assertThat(decision.evidence().drifts())
        .as("the champion says of the same houses what it said")
        .allSatisfy(drift -> assertThat(drift.psi()).isZero());
  }

  @Test
  void aFeatureThatIsNoMoreIsNoDrift() {
    Promotion decision =
        nextWeek(
            Map.of(PARAMETERS + "numbers", "[age, distance, log_distance, latitude, longitude]"));

    assertThat(decision.why()).isEqualTo("it passed the gate");
    assertThat(decision.champion()).isEqualTo(decision.challenger());
    assertThat(decision.evidence().drifts())
        .filteredOn(drift -> drift.column().equals("stores"))
        .extracting(Evidence.Drift::psi)
        .containsExactly(0.0);
  }

  @Test
  void aChallengerThatIsBetterByLessThanTheMarginIsNotPromoted() {
    Promotion decision = nextWeek(Map.of("pipeline.models.house_price.gate.margin", "0.9"));

    assertThat(decision.evidence().overChampion().low()).isPositive();
    assertThat(decision.evidence().refusals())
        .singleElement()
        .asString()
        .startsWith("it is not better than the champion " + narrow.last(MODEL).champion());
    assertThat(decision.champion()).isEqualTo(narrow.last(MODEL).champion());
  }

  private Promotion nextWeek(Map<String, String> more) {
    Map<String, String> conf = new LinkedHashMap<>(BETTER);
    conf.putAll(more);
    ModelLake lake =
        new ModelLake(other, "housing", conf)
            .after(narrow, products, DAY)
            .with("valuations", "as_of", Houses.of(NEXT_WEEK));
    lake.run(MODEL, NEXT_WEEK);
    return lake.last(MODEL);
  }
}
