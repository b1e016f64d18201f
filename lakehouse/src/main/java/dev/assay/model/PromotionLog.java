package dev.assay.model;

import dev.assay.concurrent.Concurrently;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.Json;
import dev.assay.store.LakeStore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a model's champions, {@code
 * _assay/models/<pipeline>/<model>/<number>.json}, created conditionally and numbered without gaps:
 * of two that decide at once, the second sees what the first decided before it decides.
 */
public final class PromotionLog {
  private static final int READS_AT_ONCE = 16;
  private static final String SUFFIX = ".json";

  private final LakeStore lake;
  private final String folder;
  private final String model;
  private final ModelStore store;
  private final String pipeline;

  public PromotionLog(LakeStore lake, String pipeline, String model) {
    this.lake = lake;
    this.pipeline = pipeline;
    this.model = model;
    this.folder = "_assay/models/" + pipeline + "/" + model + "/";
    this.store = new ModelStore(lake, pipeline);
  }

  /** The champions now. */
  public Champions champions() {
    List<String> paths =
        lake.names(folder).stream()
            .filter(name -> name.endsWith(SUFFIX))
            .map(name -> folder + name)
            .toList();
    return Champions.of(
        Concurrently.map(
            paths,
            READS_AT_ONCE,
            path ->
                lake.read(path)
                    .map(json -> Json.read(json, Promotion.class, path))
                    .orElseThrow(() -> new IllegalStateException(path + " is gone"))));
  }

  /**
   * Records what a training decided, if that is new.
   *
   * @param judgedBy the champions that it decided by
   * @return the champion of the day then: what a person decided about just that day stays
   * @throws AssayException with FENCED if a person decided about the model meanwhile
   */
  public Optional<String> trained(Promotion decision, Champions judgedBy) {
    LocalDate day = decision.from();
    decide(
        champions -> {
          if (champions.lastByHand() != judgedBy.lastByHand()) {
            throw new AssayException(
                ExitCode.FENCED,
                "somebody decided about "
                    + model
                    + " of "
                    + pipeline
                    + " while it was trained for "
                    + day
                    + "; nothing is decided by what was so before, run it again");
          }
          boolean isKnown =
              champions
                  .training(day)
                  .filter(last -> Objects.equals(last.challenger(), decision.challenger()))
                  .filter(last -> Objects.equals(last.champion(), decision.champion()))
                  .isPresent();
          return isKnown ? Optional.empty() : Optional.of(decision);
        });
    return champions().at(day);
  }

  /**
   * Makes a version champion by hand.
   *
   * @param from the first business date
   * @throws AssayException with USAGE if there is no such version, it is retired, or its save is
   *     gone
   */
  public Promotion promote(String version, LocalDate from, String why) {
    ModelRecord record = store.existing(model, version);
    if (record.asOf().isAfter(from)) {
      throw wrong(
          version
              + " was trained for "
              + record.asOf()
              + ", which is after "
              + from
              + "; no day is scored by a model of its future");
    }
    if (!store.isSaved(record)) {
      throw wrong(
          version
              + " of "
              + model
              + " was champion of no day for so long that its save and what it was learned from went;"
              + " run "
              + record.asOf()
              + " again to train it, or promote another");
    }
    return byHand(
        champions -> {
          requireNotRetired(champions, version);
          return new Promotion(
              0, Promotion.Act.PROMOTE, from, version, version, Instant.now(), why, null);
        });
  }

  /**
   * Goes back to the champion before the one of now, from its first day on, so that what it scored
   * becomes stale. Where there was none before there is none again.
   *
   * @throws AssayException with USAGE if there is no champion
   */
  public Promotion rollback(String why) {
    return byHand(
        champions -> {
          String now =
              champions
                  .at(LocalDate.MAX)
                  .orElseThrow(() -> wrong(model + " of " + pipeline + " has no champion"));
          LocalDate from = champions.changes().lastKey();
          @Nullable String before =
              champions.decisions().stream()
                  .filter(made -> !made.from().isAfter(from))
                  .map(Promotion::champion)
                  .filter(Objects::nonNull)
                  .filter(version -> !version.equals(now))
                  .filter(version -> store.find(model, version).filter(store::isSaved).isPresent())
                  .reduce((one, other) -> other)
                  .orElse(null);
          return new Promotion(
              0, Promotion.Act.ROLLBACK, from, before, now, Instant.now(), why, null);
        });
  }

  /**
   * Rules that a version is never used again, so that what it scored becomes stale.
   *
   * @throws AssayException with USAGE if there is no such version, or it is the champion
   */
  public Promotion retire(String version, String why) {
    LocalDate asOf = store.existing(model, version).asOf();
    return byHand(
        champions -> {
          requireNotRetired(champions, version);
          if (champions.at(LocalDate.MAX).filter(version::equals).isPresent()) {
            throw wrong(
                version + " is the champion of " + model + "; roll back or promote another first");
          }
          return new Promotion(
              0, Promotion.Act.RETIRE, asOf, null, version, Instant.now(), why, null);
        });
  }

  private void requireNotRetired(Champions champions, String version) {
    if (champions.retired().contains(version)) {
      throw wrong(version + " of " + model + " is retired; train or choose another");
    }
  }

  private Promotion byHand(Function<Champions, Promotion> decision) {
    return decide(champions -> Optional.of(decision.apply(champions))).orElseThrow();
  }

  /** Decides by what was decided before, again where somebody else decided meanwhile. */
  private Optional<Promotion> decide(Function<Champions, Optional<Promotion>> decision) {
    while (true) {
      Champions champions = champions();
      Optional<Promotion> next = decision.apply(champions);
      if (next.isEmpty()) {
        return next;
      }
      long number =
          champions.promotions().stream().mapToLong(Promotion::number).max().orElse(0) + 1;
      Promotion numbered = next.get().numbered(number);
      String path = folder + String.format(Locale.ROOT, "%010d", number) + SUFFIX;
      if (lake.createIfAbsent(path, Json.bytes(numbered))) {
        return Optional.of(numbered);
      }
    }
  }

  private static AssayException wrong(String problem) {
    return new AssayException(ExitCode.USAGE, problem);
  }
}
