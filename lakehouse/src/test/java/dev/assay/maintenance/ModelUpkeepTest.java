package dev.assay.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.ModelRecord;
import dev.assay.model.ModelStore;
import dev.assay.model.PromotionLog;
import dev.assay.store.LakeStore;
import dev.assay.testing.TestModels;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that were trained long ago: one is champion, one retired, one was never promoted. */
class ModelUpkeepTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 6);
  private final Instant before = Instant.now().minus(1, ChronoUnit.HOURS);
  private final Instant later = Instant.now().plus(1, ChronoUnit.HOURS);

  @TempDir private Path folder;
  private LakeStore lake;
  private ModelUpkeep upkeep;

  @BeforeEach
  void decide() {
    lake = new LakeStore(folder.toString(), new Configuration());
    upkeep = new ModelUpkeep(lake, "test");
    ModelStore store = new ModelStore(lake, "test");
    for (String version : List.of("retired", "champion", "challenger")) {
      store.keep(TestModels.record("test", "model", version, DAY, new TreeMap<>()));
      for (String place : List.of("saved", "killed")) {
        save(store.place("model", version, place));
      }
    }
    save(store.place("model", "begun", "killed"));
    PromotionLog log = new PromotionLog(lake, "test", "model");
    log.promote("champion", DAY, "test");
    log.retire("retired", "test");
  }

  private void save(String place) {
    lake.overwrite(place + "/metadata/part", new byte[1]);
  }

  @Test
  void keepsTheChampionAndWhatAPersonDecidedAboutOfLate() {
    assertThat(upkeep.kept(before))
        .extracting(ModelRecord::version)
        .containsExactlyInAnyOrder("champion", "retired");
    assertThat(upkeep.kept(later)).extracting(ModelRecord::version).containsExactly("champion");
  }

  @Test
  void removesSavesThatAreNotKeptAndNoRecord() {
    assertThat(upkeep.remove(before, later)).as("four killed, and the challenger's").isEqualTo(5);
    assertThat(upkeep.remove(later, later)).as("the retired one's").isEqualTo(1);

    assertThat(lake.tree("models/test/model"))
        .containsExactly(
            "challenger/record.json",
            "champion/record.json",
            "champion/saved/metadata/part",
            "retired/record.json");
  }

  @Test
  void leavesWhatMayBeBeingSaved() {
    assertThat(upkeep.remove(later, before)).isZero();
  }
}
