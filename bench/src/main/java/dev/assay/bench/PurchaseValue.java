package dev.assay.bench;

import dev.assay.cli.PlanRun;
import dev.assay.cli.Planning;
import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import dev.assay.config.Stage;
import dev.assay.config.StageSize;
import dev.assay.job.StageRunner;
import dev.assay.model.ModelStore;
import dev.assay.plan.Scope;
import dev.assay.samples.Compression;
import dev.assay.samples.Domain;
import dev.assay.samples.Format;
import dev.assay.samples.SampleOrder;
import dev.assay.samples.Samples;
import dev.assay.session.SparkSessions;
import dev.assay.store.LakeStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a purchase comes to, learned from as many purchases as the whole Black Friday data set has:
 * from silver to the published scores, all learners but the tuned forest, whose grid is for whoever
 * has hours; and scikit-learn's on the same rows, parted in the same way.
 *
 * <p>{@code ROWS}, the purchases, is an environment variable.
 */
public final class PurchaseValue {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
  private static final int ROWS = Integer.parseInt(System.getenv().getOrDefault("ROWS", "550000"));
  private static final double SECONDS = 300;
  private static final double BUDGET = 1.02;
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
    bench.run(Stage.BRONZE, Set.of());
    bench.run(Stage.SILVER, Set.of());
    Rounds rounds = new Rounds();
    rounds.measure("from silver to the scores", 0, () -> bench.run(Stage.ML, TABLES));
    rounds.add("of it, learning", 0, bench.learning());
    Map<String, Double> theirs = bench.theirs(rounds);
    rounds.printTimes();
    rounds.printTime("learned, judged and scored", "from silver to the scores", SECONDS);
    bench.compare(bench.ours(), theirs);
  }

  /** How many seconds the learning alone took, of all learners, by the model's record. */
  private double learning() {
    LakeStore lake = new LakeStore(config().lake().root(), spark().sessionState().newHadoopConf());
    return new ModelStore(lake, "purchases").versions("purchase_value").get(0).trainingSeconds();
  }

  /** The errors of Assay's learners on the rows held back, by learner. */
  private Map<String, Double> ours() {
    Map<String, Double> ours = new TreeMap<>();
    for (Row row :
        table("ml/purchases/purchase_value_training")
            .where("metric = 'rmse'")
            .select("learner", "value")
            .collectAsList()) {
      ours.put(row.getString(0), row.getDouble(1));
    }
    return ours;
  }

  /** Those of scikit-learn's, and how long each took. */
  private Map<String, Double> theirs(Rounds rounds) throws IOException, InterruptedException {
    table("silver/purchases/purchases").createOrReplaceTempView("purchases");
    String query = Files.readString(home.resolve("conf/purchases/purchase_value.sql"));
    Path rows = folder.resolve("rows.parquet");
    spark()
        .sql(query.replace("{purchases}", "purchases"))
        .selectExpr("*", "pmod(xxhash64(purchase_id, 42), 10000) < 2000 AS held_out")
        .coalesce(1)
        .write()
        .parquet(rows.toString());
    Process process =
        new ProcessBuilder(
                home.resolve(".runtime/mlflow/bin/python").toString(),
                home.resolve("bench/purchase_value.py").toString(),
                rows.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("bench/purchase_value.py ended with " + process.exitValue());
    }
    Map<String, Double> theirs = new TreeMap<>();
    for (String line : said.lines().toList()) {
      String[] words = line.split(" ", -1);
      rounds.add("scikit-learn " + words[0], 0, Double.parseDouble(words[1]));
      if (words.length > 2) {
        theirs.put(words[0], Double.valueOf(words[2]));
      }
    }
    return theirs;
  }

  private void compare(Map<String, Double> ours, Map<String, Double> theirs) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    theirs.forEach(
        (learner, rmse) ->
            out.printf(
                Locale.ROOT, "%s: rmse %.1f, theirs %.1f%n", learner, ours.get(learner), rmse));
    double mean = Objects.requireNonNull(ours.remove("mean"), "it is the baseline");
    out.printf(
        Locale.ROOT,
        "the best against their best: %.4f (budget %.2f); the mean of all: rmse %.1f%n",
        Collections.min(ours.values()) / Collections.min(theirs.values()),
        BUDGET,
        mean);
  }

  private Dataset<Row> table(String path) {
    return spark().read().format("delta").load(folder.resolve("lake").resolve(path).toString());
  }

  private static SparkSession spark() {
    return SparkSession.active();
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

  private AssayConfig config() {
    Map<String, String> overrides =
        Map.of(
            "lake", folder.resolve("lake").toString(),
            "landing", folder.resolve("landing").toString(),
            "session.master", "local[2]");
    return ConfigLoader.load(
        new ConfigSource(home.resolve("conf"), "embedded", "purchases", overrides, Map.of()));
  }

  private void run(Stage stage, Set<String> tables) {
    AssayConfig config = config();
    SparkSession spark = SparkSessions.start(config, StageSize.LARGE, "bench");
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
