package dev.assay.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.ModelRecord;
import dev.assay.model.ModelStore;
import dev.assay.store.LakeStore;
import dev.assay.testing.TestModels;
import dev.assay.testing.TestSpark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavesTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 6);
  private static final PipelineModel MODEL =
      new Pipeline().setStages(new PipelineStage[0]).fit(TestSpark.session().range(0).toDF());

  @TempDir private Path folder;
  private LakeStore lake;
  private Saves saves;

  @BeforeEach
  void open() {
    lake = new LakeStore(folder.toString(), new Configuration());
    saves = new Saves(new ModelStore(lake, "test"));
  }

  @Test
  void theFirstSaveOfAVersionStays() {
    ModelRecord first = saves.keep(record(), MODEL);

    assertThat(saves.keep(record(), MODEL)).isEqualTo(first);

    assertThat(load().record()).isEqualTo(first);
    assertThat(new ModelStore(lake, "test").places("model", "a")).containsExactly(first.path());
  }

  @Test
  void aSaveThatIsGoneIsMadeAgain() {
    lake.deleteTree(saves.keep(record(), MODEL).path());
    assertThatThrownBy(this::load)
        .hasMessageContaining("version a of model cannot be loaded from")
        .hasMessageContaining("to run 2020-01-06 again saves it again")
        .hasMessageContaining("assay models promote, with --from 2020-01-06");

    ModelRecord again = saves.keep(record(), MODEL);

    assertThat(load().record()).isEqualTo(again);
  }

  /** What cannot be read now may be readable a minute later. */
  @Test
  void aSaveThatCannotBeReadIsMadeAgainBesideIt() {
    ModelRecord first = saves.keep(record(), MODEL);
    for (String file : lake.tree(first.path())) {
      lake.overwrite(first.path() + "/" + file, "torn".getBytes(StandardCharsets.UTF_8));
    }

    ModelRecord again = saves.keep(record(), MODEL);

    assertThat(load().record()).isEqualTo(again);
    assertThat(again.path()).isNotEqualTo(first.path());
    assertThat(lake.tree(first.path())).isNotEmpty();
  }

  private ModelRecord record() {
    String place = saves.place("model", "a");
    return TestModels.record(
        "test", "model", "a", DAY, new TreeMap<>(), place.substring(place.lastIndexOf('/') + 1));
  }

  private SavedModel load() {
    return saves.load("model", "a", DAY);
  }
}
