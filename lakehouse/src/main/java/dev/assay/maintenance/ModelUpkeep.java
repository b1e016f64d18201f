package dev.assay.maintenance;

import dev.assay.model.Champions;
import dev.assay.model.ModelRecord;
import dev.assay.model.ModelStore;
import dev.assay.model.PromotionLog;
import dev.assay.store.LakeStore;
import dev.assay.store.StoredFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /** The versions whose save, and what they were learned from, are kept. */
  List<ModelRecord> kept(Instant since) {
    List<ModelRecord> kept = new ArrayList<>();
    for (String model : store.models()) {
      Champions champions = champions(model);
      store.versions(model).stream()
          .filter(one -> isKept(champions, one, since))
          .forEach(kept::add);
    }
    return kept;
  }

  /**
   * Removes saves that nothing loads: what killed trainings left, and those of versions that are
   * not {@link #kept}.
   *
   * @param savedBefore younger files stay: one may be saving them
   * @return how many saves went
   */
  int remove(Instant since, Instant savedBefore) {
    int removed = 0;
    for (String model : store.models()) {
      Champions champions = champions(model);
      for (String version : store.folders(model)) {
        Optional<ModelRecord> kept =
            store.find(model, version).filter(one -> isKept(champions, one, since));
        for (String place : store.places(model, version)) {
          boolean isKept = kept.filter(one -> one.path().equals(place)).isPresent();
          if (!isKept && lake.files(place).stream().allMatch(file -> isOlder(file, savedBefore))) {
            lake.deleteTree(place);
            removed++;
          }
        }
      }
    }
    return removed;
  }

  /** Whether it is champion on some day, or was trained or decided about by a person since. */
  private static boolean isKept(Champions champions, ModelRecord one, Instant since) {
    return champions.all().contains(one.version())
        || !one.trainedAt().isBefore(since)
        || champions.promotions().stream()
            .filter(promotion -> promotion.act().isByHand())
            .filter(promotion -> one.version().equals(promotion.challenger()))
            .anyMatch(promotion -> !promotion.at().isBefore(since));
  }

  private static boolean isOlder(StoredFile file, Instant than) {
    return file.modified() < than.toEpochMilli();
  }

  private Champions champions(String model) {
    return new PromotionLog(lake, pipeline, model).champions();
  }
}
