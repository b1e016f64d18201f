package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.ModelStore;
import dev.assay.model.PromotionLog;
import dev.assay.release.ReleaseLog;
import dev.assay.store.LakeStore;
import dev.assay.testing.JavaProcess;
import dev.assay.testing.Lakes;
import dev.assay.testing.ReleasedRows;
import dev.assay.testing.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a training while it saves, after it decided, and while it scores. */
@Tag("soak")
class ModelKillTest {
  private static final LocalDate DAY = LocalDate.of(2013, 8, 5);
  private static final String MODEL = "house_price";

  @TempDir private Path folder;
  @TempDir private Path undisturbed;

  @Test
  void whatWasChampionStaysAndTheNextRunCompletesTheDay() throws Exception {
    run(undisturbed);
    LakeStore lake = Lakes.lake(folder.toString());
    Path saves = folder.resolve("models/housing/house_price");
    PromotionLog log = new PromotionLog(lake, "housing", MODEL);

    kill(() -> Files.isDirectory(saves), "while it saves");
    assertThat(new ModelStore(lake, "housing").versions(MODEL)).as("none is whole").isEmpty();
    kill(() -> !log.champions().promotions().isEmpty(), "after it decided");
    String champion = log.champions().at(DAY).orElseThrow();
    assertThat(new ModelStore(lake, "housing").find(MODEL, champion)).isPresent();
    kill(() -> decided(lake), "before it is sealed");

    run(folder);

    assertThat(log.champions().promotions()).hasSize(1);
    assertThat(log.champions().at(DAY)).contains(champion);
    assertThat(rows(folder)).isNotEmpty().isEqualTo(rows(undisturbed));
  }

  private void kill(BooleanSupplier when, String what) throws Exception {
    JavaProcess process = tool(folder).start(command());
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (!when.getAsBoolean()) {
      assertThat(process.process().waitFor(2, TimeUnit.MILLISECONDS)).as(what).isFalse();
      assertThat(System.nanoTime()).as(what).isLessThan(until);
    }
    process.process().destroyForcibly().waitFor();
  }

  /** Whether an ml release of the lake was decided and is not sealed. */
  private static boolean decided(LakeStore lake) {
    return lake.exists("_assay/releases/housing/0000000003-intent.json");
  }

  private void run(Path lake) throws Exception {
    JavaProcess process = tool(lake).run(command());
    assertThat(process.exitCode()).as(process.said()).isZero();
  }

  private static String[] command() {
    return new String[] {"run", "--pipeline", "housing", "--date", DAY.toString()};
  }

  private static AssayProcess tool(Path lake) throws Exception {
    Path landing = Files.createDirectories(lake.resolve("landing/housing/valuations"));
    Path file = landing.resolve(DAY + ".csv");
    if (!Files.exists(file)) {
      Files.copy(SharedData.file("taipei-real-estate/real_estate_valuation.csv"), file);
    }
    return AssayProcess.on(
        lake.toString(),
        lake.resolve("landing").toString(),
        "-D",
        "pipeline.models.house_price.parameters.folds=0",
        "-D",
        "pipeline.models.house_price.parameters.learners.boosting.iterations=3");
  }

  private static List<String> rows(Path lake) {
    return ReleasedRows.of(
            lake.toString(),
            new ReleaseLog(Lakes.lake(lake.toString()), "housing").latest().orElseThrow())
        .get(MODEL);
  }
}
