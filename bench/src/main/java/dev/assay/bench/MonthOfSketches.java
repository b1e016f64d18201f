package dev.assay.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.assay.config.StageSize;
import dev.assay.session.SparkSessions;
import dev.assay.sketches.SketchFile;
import dev.assay.sketches.SketchUnion;
import dev.assay.sketches.StoredSketch;
import dev.assay.table.TableProperties;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The users of a month from thirty daily sketches, of the precision that web keeps and in files as
 * it keeps them, read as {@code assay uniques} reads them, against Spark's exact count of three
 * million events of 400,000 users.
 */
public final class MonthOfSketches {
  private static final long EVENTS = 3_000_000L;
  private static final long USERS = 400_000L;
  private static final int DAYS = 30;
  private static final int PRECISION = 16;
  private static final int ROUNDS = Integer.parseInt(System.getenv().getOrDefault("ROUNDS", "9"));
  private static final double BUDGET = 0.05;
  private static final Configuration CONF = new Configuration();

  /** Of an HLL sketch with 2^precision registers, by Flajolet and others, "HyperLogLog", 2007. */
  private static final double STANDARD_ERROR = 1.04 / Math.sqrt(1 << PRECISION);

  private static final double MOST_ERRORS = 3;

  private MonthOfSketches() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("assay-bench");
    try (SparkSession spark =
        SparkSessions.start(BenchConfig.of(folder.toString()), StageSize.LARGE, "bench")) {
      Dataset<Row> events = events(spark, folder.resolve("events"));
      List<SketchFile> sketches = sketches(events, folder.resolve("sketches"));
      sayHowGood(events, sketches);
      Rounds rounds = new Rounds();
      for (int round = -1; round < ROUNDS; round++) {
        rounds.measure("exact count", round, () -> exact(events));
        rounds.measure("union of sketches", round, () -> estimated(sketches));
      }
      rounds.printTimes();
      rounds.printRatio(
          "a month's users by sketches / counted", "union of sketches", "exact count", BUDGET);
    }
  }

  private static long exact(Dataset<Row> events) {
    return events.selectExpr("count(DISTINCT user_id)").first().getLong(0);
  }

  private static long estimated(List<SketchFile> sketches) {
    SketchUnion union = new SketchUnion();
    for (StoredSketch sketch : stored(sketches)) {
      union.add(sketch.bytes());
    }
    return union.estimate();
  }

  private static List<StoredSketch> stored(List<SketchFile> files) {
    SketchFile.Wanted wanted = new SketchFile.Wanted("total", null, "day");
    Queue<StoredSketch> stored = new ConcurrentLinkedQueue<>();
    SketchFile.forEach(files, CONF, file -> wanted, stored::add);
    return List.copyOf(stored);
  }

  private static void sayHowGood(Dataset<Row> events, List<SketchFile> sketches) {
    long exact = exact(events);
    double errors = Math.abs(estimated(sketches) - exact) / (exact * STANDARD_ERROR);
    new PrintWriter(System.out, true, StandardCharsets.UTF_8)
        .printf(
            Locale.ROOT,
            "%d users; the union is %.2f standard errors (%.2f %%) off; a sketch has %d bytes%n",
            exact,
            errors,
            100 * errors * STANDARD_ERROR,
            stored(sketches).stream().mapToInt(sketch -> sketch.bytes().length).max().orElse(0));
    if (errors > MOST_ERRORS) {
      throw new IllegalStateException("the estimate is " + errors + " standard errors off");
    }
  }

  private static Dataset<Row> events(SparkSession spark, Path path) {
    spark
        .range(0, EVENTS, 1, 4)
        .selectExpr(
            "date_add(DATE'2024-04-01', CAST(id % " + DAYS + " AS INT)) AS day",
            "concat('user-', pmod(xxhash64(id), " + USERS + ")) AS user_id")
        .write()
        .parquet(path.toString());
    return spark.read().parquet(path.toString());
  }

  /** A file a day, with the sketches of the day and of each of its hours. */
  private static List<SketchFile> sketches(Dataset<Row> events, Path folder) throws IOException {
    String hour = "CAST(day AS TIMESTAMP) + make_interval(0, 0, 0, 0, pmod(xxhash64(user_id), 24))";
    events
        .selectExpr(
            "*",
            "stack(2, 'hour', " + hour + ", 'day', CAST(day AS TIMESTAMP)) AS (grain, starts_at)")
        .groupBy("day", "grain", "starts_at")
        .agg(expr("hll_sketch_agg(user_id, " + PRECISION + ") AS sketch"))
        .selectExpr(
            "day",
            "grain",
            "starts_at",
            "'total' AS dimension",
            "'all' AS value",
            PRECISION + " AS precision",
            "sketch")
        .repartition(DAYS, col("day"))
        .sortWithinPartitions("grain", "starts_at")
        .write()
        .options(TableProperties.ofRowsWithBytes())
        .partitionBy("day")
        .parquet(folder.toString());
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .map(file -> new org.apache.hadoop.fs.Path(file.toUri()))
          .map(file -> new SketchFile(file, Set.of(), null))
          .toList();
    }
  }
}
