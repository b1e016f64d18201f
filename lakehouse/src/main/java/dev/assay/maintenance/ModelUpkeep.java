package dev.assay.maintenance;

import dev.assay.model.Champions;
import dev.assay.model.ModelRecord;
import dev.assay.model.ModelStore;
import dev.assay.model.Promotion;
import dev.assay.model.PromotionLog;
import dev.assay.store.LakeStore;
import dev.assay.store.StoredFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The models of a pipeline, as maintenance sees them: which are needed still, and what can go. A
 * record never goes: it tells what was learned from whom.
 */
final class ModelUpkeep {
  private final LakeStore lake;
  private final String pipeline;
  private final ModelStore store;

  ModelUpkeep(LakeStore lake, String pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
    this.store = new ModelStore(lake, pipeline);
  }

  /** The models that are champion on some day, or were trained since, and are not retired. */
  List<ModelRecord> needed(Instant since) {
    List<ModelRecord> needed = new ArrayList<>();
    for (String model : store.models()) {
      Champions champions = champions(model);
      Set<String> ofSomeDay = Set.copyOf(champions.all());
      Set<String> retired = champions.retired();
      store.versions(model).stream()
          .filter(one -> !retired.contains(one.version()))
          .filter(one -> ofSomeDay.contains(one.version()) || !one.trainedAt().isBefore(since))
          .forEach(needed::add);
    }
    return needed;
  }

  /**
   * Removes saves that nothing loads: what killed trainings left, and those of versions that are
   * champion of no day and were retired before a time.
   *
   * @param retiredBefore versions that were retired since keep theirs
   * @param savedBefore of what killed trainings left, younger files stay: one may be saving them
   * @return how many saves went
   */
  int remove(Instant retiredBefore, Instant savedBefore) {
    int removed = 0;
    for (String model : store.models()) {
      Champions champions = champions(model);
      for (String version : store.folders(model)) {
        Optional<ModelRecord> record = store.find(model, version);
        for (String place : store.places(model, version)) {
          boolean isSave = record.filter(one -> one.path().equals(place)).isPresent();
          if (isSave
              ? isGone(champions, version, retiredBefore)
              : lake.files(place).stream().allMatch(file -> isOlder(file, savedBefore))) {
            lake.deleteTree(place);
            removed++;
          }
        }
      }
    }
    return removed;
  }

  private static boolean isOlder(StoredFile file, Instant than) {
    return file.modified() < than.toEpochMilli();
  }

  private static boolean isGone(Champions champions, String version, Instant retiredBefore) {
    return !champions.all().contains(version)
        && champions.promotions().stream()
            .filter(promotion -> promotion.act() == Promotion.Act.RETIRE)
            .filter(promotion -> version.equals(promotion.challenger()))
            .anyMatch(promotion -> promotion.at().isBefore(retiredBefore));
  }

  private Champions champions(String model) {
    return new PromotionLog(lake, pipeline, model).champions();
  }
}
