package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.ModelStore;
import dev.assay.model.PromotionLog;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.store.LakeStore;
import dev.assay.testing.JavaProcess;
import dev.assay.testing.Lakes;
import dev.assay.testing.ReleasedRows;
import dev.assay.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the training of a better model while it saves, after it decided, and while it
 * scores: the days before go on being scored by the champion.
 */
@Tag("soak")
class ModelKillTest {
  private static final LocalDate DAY = LocalDate.of(2013, 8, 5);
  private static final LocalDate NEXT_WEEK = DAY.plusDays(7);
  private static final String MODEL = "house_price";
  private static final String PARAMETERS = "pipeline.models.house_price.parameters.";
  private static final List<String> WORSE =
      List.of("linear.regularization=5", "forest.enabled=false", "boosting.enabled=false");
  private static final List<String> BETTER =
      List.of("linear.enabled=false", "forest.trees=20", "boosting.enabled=false");

  @TempDir private Path folder;
  @TempDir private Path undisturbed;

  @Test
  void theChampionScoresOnAndTheNextRunCompletesTheDay() throws Exception {
    run(undisturbed, WORSE, DAY);
    run(undisturbed, BETTER, NEXT_WEEK);
    run(folder, WORSE, DAY);
    LakeStore lake = Lakes.lake(folder.toString());
    ModelStore models = new ModelStore(lake, "housing");
    PromotionLog log = new PromotionLog(lake, "housing", MODEL);
    String champion = log.champions().at(DAY).orElseThrow();
    Path saves = folder.resolve("models/housing/house_price");

    kill(() -> names(saves).size() > 1, "while it saves");
    assertThat(models.versions(MODEL)).as("no other is whole").hasSize(1);
    assertThat(log.champions().at(NEXT_WEEK)).contains(champion);
    assertThatItIsScoredBy(champion, DAY.plusDays(1));

    kill(() -> log.champions().promotions().size() > 1, "after it decided");
    String better = log.champions().at(NEXT_WEEK).orElseThrow();
    assertThat(better).isNotEqualTo(champion);
    assertThat(models.find(MODEL, better)).isPresent();
    assertThatItIsScoredBy(champion, DAY.plusDays(2));

    Path scores = folder.resolve("ml/housing/house_price/as_of=" + NEXT_WEEK);
    kill(() -> !names(scores).isEmpty(), "while it scores");
    assertThatItIsScoredBy(champion, DAY.plusDays(3));

    long release = latest(folder).number();
    kill(() -> lake.exists(intent(release + 1)), "before it is sealed");
    assertThatItIsScoredBy(champion, DAY.plusDays(4));

    run(folder, BETTER, NEXT_WEEK);

    assertThat(log.champions().promotions()).hasSize(2);
    assertThat(log.champions().at(NEXT_WEEK)).contains(better);
    assertThat(rows(folder, NEXT_WEEK)).isNotEmpty().isEqualTo(rows(undisturbed, NEXT_WEEK));
  }

  private void assertThatItIsScoredBy(String champion, LocalDate day) throws Exception {
    run(folder, WORSE, day);
    assertThat(rows(folder, day)).isNotEmpty().allMatch(row -> row.contains(champion));
  }

  private void kill(BooleanSupplier when, String what) throws Exception {
    JavaProcess process = tool(folder, BETTER, NEXT_WEEK).start(command(NEXT_WEEK));
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (!when.getAsBoolean()) {
      assertThat(process.process().waitFor(2, TimeUnit.MILLISECONDS))
          .as(() -> what + ": " + process.said())
          .isFalse();
      assertThat(System.nanoTime()).as(what).isLessThan(until);
    }
    process.process().destroyForcibly().waitFor();
  }

  private static String intent(long release) {
    return "_assay/releases/housing/%010d-intent.json".formatted(release);
  }

  private static Set<String> names(Path directory) {
    try (Stream<Path> inside = Files.list(directory)) {
      return inside.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
    } catch (IOException notThereYet) {
      return Set.of();
    }
  }

  private static void run(Path lake, List<String> learners, LocalDate day) throws Exception {
    JavaProcess process = tool(lake, learners, day).run(command(day));
    assertThat(process.exitCode()).as(process.said()).isZero();
  }

  private static String[] command(LocalDate day) {
    return new String[] {"run", "--pipeline", "housing", "--date", day.toString()};
  }

  private static AssayProcess tool(Path lake, List<String> learners, LocalDate day)
      throws Exception {
    Path landing = Files.createDirectories(lake.resolve("landing/housing/valuations"));
    Path file = landing.resolve(day + ".csv");
    if (!Files.exists(file)) {
      Files.copy(SharedData.file("taipei-real-estate/real_estate_valuation.csv"), file);
    }
    List<String> conf = new ArrayList<>(List.of("-D", PARAMETERS + "folds=0"));
    learners.forEach(learner -> conf.addAll(List.of("-D", PARAMETERS + "learners." + learner)));
    return AssayProcess.on(
        lake.toString(), lake.resolve("landing").toString(), conf.toArray(String[]::new));
  }

  private static Release latest(Path lake) {
    return new ReleaseLog(Lakes.lake(lake.toString()), "housing").latest().orElseThrow();
  }

  private static List<String> rows(Path lake, LocalDate day) {
    return ReleasedRows.of(lake.toString(), latest(lake)).getOrDefault(MODEL, List.of()).stream()
        .filter(row -> row.contains(day.toString()))
        .toList();
  }
}
