package dev.assay.ml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.job.Transforming;
import dev.assay.testing.SharedData;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MlStageTest {
  /** What is published belongs together: that one table alone were stale, its day could not run. */
  @Test
  void aChangedContractChangesWhatAllTablesOfItsModelFollowFromAndNoOthers() {
    Map<String, String> before = transforms(Map.of());
    Map<String, String> after =
        transforms(Map.of("pipeline.tables.ad_recommendations.totals.lists", "count(*)"));

    assertThat(after.keySet()).isEqualTo(before.keySet());
    TreeSet<String> changed = new TreeSet<>(before.keySet());
    changed.removeIf(table -> after.get(table).equals(before.get(table)));
    assertThat(changed)
        .containsExactly(
            "ad_recommendations", "ad_recommendations_training", "ad_recommendations_users");
  }

  @Test
  void everyTableFollowsFromSomethingOfItsOwn() {
    assertThat(transforms(Map.of()).values()).doesNotHaveDuplicates();
  }

  private static Map<String, String> transforms(Map<String, String> overrides) {
    PipelineConfig pipeline = SharedData.config("ads", overrides).pipeline();
    Map<String, String> transforms = new HashMap<>();
    pipeline
        .tablesOf(Stage.ML)
        .forEach(
            contract ->
                transforms.put(
                    contract.name().table(),
                    Transforming.of(new MlStage(), pipeline).of(contract)));
    return transforms;
  }
}
