package dev.assay.ml.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.assay.ml.ModelLake;
import dev.assay.model.Evidence;
import dev.assay.model.Promotion;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of segments once the conf says their features otherwise, of the same customers. */
class ChangedFeaturesTest {
  private static final String MODEL = "customer_segments";
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);
  private static final LocalDate NEXT_WEEK = DAY.plusDays(5);
  private static final String PARAMETERS = "pipeline.models.customer_segments.parameters.";
  private static final Map<String, String> SETTLED =
      Map.of("pipeline.models.customer_segments.gate.settling-days", "0");

  /** The champion reads a score, too, and is described by another. */
  private static final Map<String, String> SCORED =
      Map.of(
          PARAMETERS + "features.recent", "log1p(R_Score)",
          PARAMETERS + "profile", "[recency_days, frequency, monetary, m_score]");

  @TempDir private static Path folder;
  private static ModelLake scored;
  private static Map<String, Dataset<Row>> products;

  @TempDir private Path other;

  @BeforeAll
  static void learn() {
    scored = lake(folder, SCORED, customers(DAY));
    products = scored.run(MODEL, DAY);
  }

  @Test
  void theRecordNamesTheKeyAndTheColumnsThatTheFeaturesRead() {
    assertThat(scored.record(MODEL, scored.last(MODEL).challenger()).takes())
        .isEqualTo(
            "customer_id BIGINT,recency_days INT,frequency BIGINT,monetary DECIMAL(28,4),r_score INT");
  }

  @Test
  void featuresThatAreNoMoreOrSayOtherwiseAreNoDrift() {
    Promotion decision =
        nextWeek(Map.of(PARAMETERS + "features.monetary", "monetary"), customers(NEXT_WEEK));

    assertThat(decision.evidence().drifts())
        .extracting(Evidence.Drift::column, Evidence.Drift::psi)
        .containsExactly(
            tuple("_feature_frequency", 0.0),
            tuple("_feature_monetary", 0.0),
            tuple("_feature_recency", 0.0),
            tuple("_feature_recent", 0.0));
  }

  @Test
  void customersWhoseSpendingChangedAreDriftWhateverTheFeaturesAreNow() {
    Promotion decision =
        nextWeek(
            Map.of(PARAMETERS + "features.monetary", "monetary"),
            customers(NEXT_WEEK)
                .selectExpr(
                    "* EXCEPT (monetary)", "CAST(100 * monetary AS DECIMAL(28, 4)) AS monetary"));

    assertThat(decision.why()).contains("_feature_monetary is not as it was");
  }

  @Test
  void aChampionThatReadsAColumnThatIsGoneIsNotCompared() {
    Promotion decision = nextWeek(Map.of(), customers(NEXT_WEEK).drop("r_score"));

    assertThat(decision.champion()).isEqualTo(decision.challenger());
    assertThat(decision.why())
        .isEqualTo(
            "it passed the gate; the champion before, %s, reads columns that the rows have no more, and was not compared"
                .formatted(scored.last(MODEL).champion()));
  }

  @Test
  void aColumnThatOnlyDescribedClustersMayGo() {
    Promotion decision = nextWeek(Map.of(), customers(NEXT_WEEK).drop("m_score"));

    assertThat(decision.why()).doesNotContain("not compared");
    assertThat(decision.evidence().overChampion()).isNotNull();
  }

  private Promotion nextWeek(Map<String, String> conf, Dataset<Row> customers) {
    ModelLake lake = lake(other, conf, customers).after(scored, products, DAY);
    lake.run(MODEL, NEXT_WEEK);
    return lake.last(MODEL);
  }

  private static ModelLake lake(Path folder, Map<String, String> conf, Dataset<Row> customers) {
    Map<String, String> all = new LinkedHashMap<>(SETTLED);
    all.putAll(conf);
    all.put(PARAMETERS + "k-max", "4");
    return new ModelLake(folder, "retail", all).with("customer_rfm", "as_of", customers);
  }

  /** A third each: many recent expensive orders; some; one cheap order long ago. */
  private static Dataset<Row> customers(LocalDate date) {
    return TestSpark.session()
        .sql(
            """
            SELECT
              DATE'%s' AS as_of,
              id AS customer_id,
              CAST(element_at(array(1, 40, 90), kind + 1) + id DIV 3 AS INT) AS recency_days,
              CAST(element_at(array(50, 10, 1), kind + 1) AS BIGINT) AS frequency,
              CAST(element_at(array(90000, 2000, 30), kind + 1) + id AS DECIMAL(28, 4)) AS monetary,
              1 + kind AS r_score,
              1 AS m_score
            FROM (SELECT id, CAST(id %% 3 AS INT) AS kind FROM range(0, 60, 1, 1))
            """
                .formatted(date));
  }
}
