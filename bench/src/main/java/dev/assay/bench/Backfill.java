package dev.assay.bench;

import dev.assay.cli.PlanRun;
import dev.assay.cli.Planning;
import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import dev.assay.config.Stage;
import dev.assay.config.StageSize;
import dev.assay.job.StageRunner;
import dev.assay.plan.Plan;
import dev.assay.plan.Scope;
import dev.assay.session.SparkSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/**
 * The back-fill of eight days of retail, all stages, side by side as {@code assay run} does it,
 * against eight runs of a day one after another in the same JVM.
 */
public final class Backfill {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final int DAYS = 8;
  private static final LocalDate LAST = FIRST.plusDays(DAYS - 1L);
  private static final int ROUNDS = Integer.parseInt(System.getenv().getOrDefault("ROUNDS", "3"));
  private static final double BUDGET = 0.45;

  /** Real days that the eight are made from; the data set has no Saturday. */
  private static final List<LocalDate> REAL =
      List.of(FIRST, FIRST.plusDays(1), FIRST.plusDays(2), FIRST.plusDays(4), FIRST.plusDays(6));

  private final Path home;
  private final SparkSession spark;

  private Backfill(Path home, SparkSession spark) {
    this.home = home;
    this.spark = spark;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("assay-bench");
    Path home = Path.of(Objects.requireNonNull(System.getenv("ASSAY_HOME")));
    AssayConfig config = config(home, folder);
    try (SparkSession spark = SparkSessions.start(config, StageSize.SMALL, "bench")) {
      Backfill bench = new Backfill(home, spark);
      Rounds rounds = new Rounds();
      for (int round = -1; round < ROUNDS; round++) {
        for (int atOnce : new int[] {1, DAYS}) {
          Path lake = bench.landed(folder.resolve(atOnce + "-" + round));
          rounds.measure(way(atOnce), round, () -> bench.run(lake, atOnce));
        }
      }
      rounds.printTimes();
      rounds.printRatio("a back-fill of 8 days / 8 runs of a day", way(DAYS), way(1), BUDGET);
    }
  }

  private static String way(int atOnce) {
    return atOnce == 1 ? "one day after another" : "side by side";
  }

  private static AssayConfig config(Path home, Path lake) {
    return ConfigLoader.load(
        new ConfigSource(
            home.resolve("conf"),
            "embedded",
            "retail",
            Map.of("lake", lake.toString(), "session.master", "local[2]"),
            Map.of()));
  }

  /** A lake on which eight days landed: real ones, with their dates rewritten. */
  private Path landed(Path lake) throws IOException {
    Path orders = Files.createDirectories(lake.resolve("landing/retail/orders"));
    for (int day = 0; day < DAYS; day++) {
      LocalDate real = REAL.get(day % REAL.size());
      LocalDate date = FIRST.plusDays(day);
      String file =
          Files.readString(home.resolve("infra/demo/data/retail/orders/" + real + ".csv"));
      Files.writeString(
          orders.resolve(date + ".csv"), file.replace(real.toString(), date.toString()));
    }
    return lake;
  }

  private void run(Path lake, int atOnce) {
    AssayConfig config = config(home, lake);
    PlanRun run = new PlanRun(new StageRunner(spark, config), false, "bench");
    for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(atOnce)) {
      run.run(plan(config, day, day.plusDays(atOnce - 1L)), (batch, result) -> {});
    }
    Plan left = plan(config, FIRST, LAST);
    if (!left.steps().isEmpty()) {
      throw new IllegalStateException("it left to do: " + left.steps());
    }
  }

  private static Plan plan(AssayConfig config, LocalDate from, LocalDate to) {
    Scope scope = new Scope(from, to, EnumSet.allOf(Stage.class), Set.of(), false);
    return Planning.plan(Planning.planner(config, scope), scope);
  }
}
