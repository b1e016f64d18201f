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
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.SparkSession;
import org.duckdb.DuckDBDriver;

/**
 * Advertising events of three days, one in twenty of them dirty, from their files to the marts of
 * performance, reach, sessions and attribution: by Assay, each table audited and published, against
 * DuckDB, which computes the same tables by the SQL that tests compare them with, and writes each
 * as Parquet. The first round is cold: Spark starts in it.
 *
 * <p>{@code ROWS}, the events, and {@code ROUNDS} are environment variables.
 */
public final class RawToGold {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final int DAYS = 3;
  private static final LocalDate LAST = FIRST.plusDays(DAYS - 1L);
  private static final int ROWS = Integer.parseInt(System.getenv().getOrDefault("ROWS", "3000000"));
  private static final int ROUNDS = Integer.parseInt(System.getenv().getOrDefault("ROUNDS", "2"));
  private static final double WARM_BUDGET = 3.5;
  private static final double COLD_BUDGET = 6;

  /** In the order in which each is made from those before it, and from the events. */
  private static final List<String> MARTS =
      List.of(
          "campaign_performance",
          "campaign_reach",
          "user_behaviour",
          "conversion_paths",
          "campaign_attribution");

  private final Path home;
  private final Path folder;

  private RawToGold(Path home, Path folder) {
    this.home = home;
    this.folder = folder;
  }

  public static void main(String[] args) throws Exception {
    Path home = Path.of(Objects.requireNonNull(System.getenv("ASSAY_HOME")));
    RawToGold bench = new RawToGold(home, Files.createTempDirectory("assay-bench"));
    Rounds rounds = new Rounds();
    bench.land();
    for (int round = 0; round <= ROUNDS; round++) {
      String how = round == 0 ? "cold" : "warm";
      int number = round;
      rounds.measure("DuckDB, " + how, round, bench::byDuckDb);
      rounds.measure("Assay, " + how, round, () -> bench.byAssay(number));
    }
    rounds.printTimes();
    rounds.printRatio("raw to gold, cold", "Assay, cold", "DuckDB, cold", COLD_BUDGET);
    rounds.printRatio("raw to gold, warm", "Assay, warm", "DuckDB, warm", WARM_BUDGET);
  }

  private void land() throws IOException {
    Samples.write(
        new SampleOrder(
            Domain.ADS,
            ROWS,
            DAYS,
            42,
            0.05,
            Format.CSV,
            Compression.NONE,
            folder.resolve("landing/ads"),
            FIRST,
            null),
        2);
  }

  private void byAssay(int round) {
    AssayConfig config =
        ConfigLoader.load(
            new ConfigSource(
                home.resolve("conf"),
                "embedded",
                "ads",
                Map.of(
                    "lake", folder.resolve("lake-" + round).toString(),
                    "landing", folder.resolve("landing").toString(),
                    "session.master", "local[2]"),
                Map.of()));
    SparkSession spark = SparkSessions.start(config, StageSize.LARGE, "bench");
    AtomicLong published = new AtomicLong();
    for (Stage stage : EnumSet.of(Stage.BRONZE, Stage.SILVER, Stage.GOLD)) {
      Set<String> only = stage == Stage.GOLD ? Set.copyOf(MARTS) : Set.of();
      Scope scope = new Scope(FIRST, LAST, EnumSet.of(stage), only, false);
      new PlanRun(new StageRunner(spark, config), false, "bench")
          .run(
              Planning.plan(Planning.planner(config, scope), scope),
              (batch, result) -> published.addAndGet(result.published().size()));
    }
    if (published.get() != (2L + MARTS.size()) * DAYS) {
      throw new IllegalStateException("published " + published + " table-days");
    }
  }

  private void byDuckDb() throws SQLException, IOException {
    Path out = Files.createTempDirectory(folder, "duckdb");
    Path recomputed = home.resolve("cli/src/test/resources/recomputed");
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement duck = connection.createStatement()) {
      duck.execute("SET threads = 2");
      duck.execute("SET temp_directory = '" + out + "'");
      duck.execute(landed());
      keep(duck, "ad_events_raw", out);
      duck.execute(Files.readString(recomputed.resolve("macros.sql")));
      make(duck, "ad_events", recomputed, out);
      for (String table : MARTS) {
        make(duck, table, recomputed, out);
      }
    }
  }

  private static void make(Statement duck, String table, Path recomputed, Path out)
      throws SQLException, IOException {
    String sql = Files.readString(recomputed.resolve("ads/" + table + ".sql"));
    duck.execute("CREATE TABLE " + table + " AS " + sql);
    keep(duck, table, out);
  }

  private static void keep(Statement duck, String table, Path out) throws SQLException {
    duck.execute(
        "COPY %s TO '%s/%s.parquet' (FORMAT parquet, COMPRESSION zstd)"
            .formatted(table, out, table));
  }

  /** What the recomputations see: landed rows as text, their hashes, and the days of the run. */
  private String landed() {
    return """
        CREATE TABLE ad_events_raw AS
        SELECT
          row_number() OVER () AS row_id,
          * EXCLUDE (filename),
          CAST(regexp_extract(filename, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AS DATE) AS landing_date
        FROM read_csv(
          '%1$s/landing/ads/ad_events/*/*.csv',
          all_varchar = true, header = true, nullstr = '', ignore_errors = true, filename = true);
        CREATE VIEW hashes AS
        SELECT
          row_id,
          hash(
            user_id, campaign_id, ad_id, "timestamp", event_type, device_type, os, browser, country,
            city, age_group, gender, bid_price, cost, revenue) AS hash
        FROM ad_events_raw;
        CREATE TABLE business_days AS SELECT DISTINCT landing_date AS day FROM ad_events_raw;
        CREATE TABLE reads(mart VARCHAR, days INTEGER);
        INSERT INTO reads VALUES ('user_behaviour', 30);
        """
        .formatted(folder);
  }
}
