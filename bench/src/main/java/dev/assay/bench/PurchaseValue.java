package dev.assay.bench;

import dev.assay.cli.PlanRun;
import dev.assay.cli.Planning;
import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import dev.assay.config.Stage;
import dev.assay.config.StageSize;
import dev.assay.job.StageRunner;
import dev.assay.plan.Scope;
import dev.assay.samples.Compression;
import dev.assay.samples.Domain;
import dev.assay.samples.Format;
import dev.assay.samples.SampleOrder;
import dev.assay.samples.Samples;
import dev.assay.session.SparkSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.SparkSession;

/**
 * What a purchase comes to, learned from as many purchases as the whole Black Friday data set has:
 * from silver to the published scores, each learner alone and all of them, but for the tuned
 * forest, whose grid is for whoever has hours.
 *
 * <p>{@code ROWS}, the purchases, is an environment variable.
 */
public final class PurchaseValue {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
  private static final int ROWS = Integer.parseInt(System.getenv().getOrDefault("ROWS", "550000"));
  private static final String LEARNERS = "pipeline.models.purchase_value.parameters.learners.";
  private static final Set<String> TABLES =
      Set.of("purchase_value", "purchase_value_training", "purchase_value_importances");

  private final Path home;
  private final Path folder;

  private PurchaseValue(Path home, Path folder) {
    this.home = home;
    this.folder = folder;
  }

  public static void main(String[] args) throws Exception {
    Path home = Path.of(Objects.requireNonNull(System.getenv("ASSAY_HOME")));
    PurchaseValue bench = new PurchaseValue(home, Files.createTempDirectory("assay-bench"));
    bench.land();
    bench.run(bench.config(Map.of()), Stage.BRONZE, Set.of());
    bench.run(bench.config(Map.of()), Stage.SILVER, Set.of());
    Rounds rounds = new Rounds();
    for (String learner : new String[] {"linear", "forest", "boosting"}) {
      AssayConfig only =
          bench.config(
              Map.of(
                  LEARNERS + "linear.enabled", Boolean.toString(learner.equals("linear")),
                  LEARNERS + "forest.enabled", Boolean.toString(learner.equals("forest")),
                  LEARNERS + "boosting.enabled", Boolean.toString(learner.equals("boosting"))));
      rounds.measure(learner, 0, () -> bench.run(only, Stage.ML, TABLES));
    }
    rounds.measure("all", 0, () -> bench.run(bench.config(Map.of()), Stage.ML, TABLES));
    rounds.printTimes();
  }

  private void land() throws IOException {
    Samples.write(
        new SampleOrder(
            Domain.PURCHASES,
            ROWS,
            1,
            42,
            0,
            Format.CSV,
            Compression.NONE,
            folder.resolve("landing/purchases"),
            DAY,
            null),
        2);
  }

  private AssayConfig config(Map<String, String> learners) {
    Map<String, String> overrides = new java.util.HashMap<>(learners);
    overrides.put("lake", folder.resolve("lake").toString());
    overrides.put("landing", folder.resolve("landing").toString());
    overrides.put("session.master", "local[2]");
    return ConfigLoader.load(
        new ConfigSource(home.resolve("conf"), "embedded", "purchases", overrides, Map.of()));
  }

  private void run(AssayConfig config, Stage stage, Set<String> tables) {
    SparkSession spark = SparkSessions.start(config, StageSize.SMALL, "bench");
    Scope scope = new Scope(DAY, DAY, EnumSet.of(stage), tables, true);
    AtomicLong published = new AtomicLong();
    new PlanRun(new StageRunner(spark, config), false, "bench")
        .run(
            Planning.plan(Planning.planner(config, scope), scope),
            (batch, result) -> published.addAndGet(result.published().size()));
    if (published.get() != (tables.isEmpty() ? 1 : tables.size())) {
      throw new IllegalStateException("published " + published + " table-days of " + stage);
    }
  }
}
