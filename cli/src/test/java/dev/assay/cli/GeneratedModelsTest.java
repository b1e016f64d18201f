package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.model.Promotion;
import dev.assay.model.PromotionLog;
import dev.assay.samples.Domain;
import dev.assay.samples.Format;
import dev.assay.store.LakeStore;
import dev.assay.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated rows, as many as real feeds have, from files to models: each beats its baseline, with
 * the interval of the difference clear of 0.
 */
@Tag("soak")
class GeneratedModelsTest {
  private static final String LEARNERS = "pipeline.models.purchase_value.parameters.learners.";
  private static final LocalDate FIRST = LocalDate.of(2024, 3, 2);
  private static final int DAYS = 30;
  private static final LocalDate LAST = FIRST.plusDays(DAYS - 1);

  @TempDir private Path lake;

  @BeforeAll
  static void compileQueries() {
    MillionRowsTest.compileQueries();
  }

  @AfterAll
  static void doNotCompileQueries() {
    MillionRowsTest.doNotCompileQueries();
  }

  @Test
  void ofAds() throws IOException {
    AssayConfig config = config("ads", Map.of());
    GeneratedFeeds.write(Domain.ADS, Format.PARQUET, 1_000_000, FIRST, DAYS, landing("ads"));

    PipelineDays.run(config, FIRST, LAST, EnumSet.of(Stage.BRONZE, Stage.SILVER));
    PipelineDays.run(config, LAST, LAST, EnumSet.of(Stage.GOLD));

    assertThat(gains(config, LAST))
        .containsOnlyKeys("click_model", "audience_segments", "ad_recommendations")
        .allSatisfy((model, gain) -> assertThat(gain).as(model).isPositive());
  }

  /** The slow learners of {@code purchase_value} its benchmark has. */
  @Test
  void ofPurchases() throws IOException {
    AssayConfig config =
        config(
            "purchases",
            Map.of(LEARNERS + "forest.enabled", "false", LEARNERS + "boosting.enabled", "false"));
    GeneratedFeeds.write(Domain.PURCHASES, Format.CSV, 550_000, FIRST, 1, landing("purchases"));

    PipelineDays.run(config, FIRST, FIRST);

    assertThat(gains(config, FIRST))
        .containsOnlyKeys("purchase_value", "customer_segments", "product_recommendations")
        .allSatisfy((model, gain) -> assertThat(gain).as(model).isPositive());
  }

  private Path landing(String pipeline) {
    return lake.resolve("landing").resolve(pipeline);
  }

  private AssayConfig config(String pipeline, Map<String, String> overrides) {
    Map<String, String> all = new TreeMap<>(overrides);
    all.put("lake", lake.toString());
    return SharedData.config(pipeline, all);
  }

  /**
   * The lower end of how much better than its baseline each model of a day is, if it is used: of
   * the day itself, or of a day before it that has rows that landed on it, and so is run with it.
   */
  private Map<String, Double> gains(AssayConfig config, LocalDate day) {
    PipelineDays.run(config, day, day, EnumSet.of(Stage.ML));
    Map<String, Double> gains = new TreeMap<>();
    LakeStore store = new LakeStore(config.lake().root(), new Configuration());
    for (String model : config.pipeline().models().keySet()) {
      Promotion decided =
          new PromotionLog(store, config.pipeline().name(), model)
              .champions().promotions().stream()
                  .max(Comparator.comparing(Promotion::number))
                  .orElseThrow();
      assertThat(decided.champion()).as(model).isEqualTo(decided.challenger()).isNotNull();
      gains.put(model, Objects.requireNonNull(decided.evidence()).overBaseline().low());
    }
    return gains;
  }
}
