package dev.assay.bench;

import com.typesafe.config.ConfigFactory;
import dev.assay.audit.AuditReport;
import dev.assay.audit.RowAccount;
import dev.assay.config.AssayConfig;
import dev.assay.config.Cadence;
import dev.assay.config.ColumnContract;
import dev.assay.config.Derivation;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.StageSize;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.config.Transform;
import dev.assay.config.Upkeep;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageJob;
import dev.assay.job.StageRun;
import dev.assay.job.StageRunner;
import dev.assay.ledger.Attempt;
import dev.assay.ledger.Basis;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.OutcomeKind;
import dev.assay.release.Intent;
import dev.assay.release.ReleaseLog;
import dev.assay.release.ReleasePublisher;
import dev.assay.session.SparkSessions;
import dev.assay.store.LakeStore;
import dev.assay.store.StoredFile;
import dev.assay.table.DeltaTables;
import dev.assay.table.Draft;
import dev.assay.table.TableCommits;
import dev.assay.table.TableLayout;
import dev.assay.table.TableProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * The publication of a day in a table of a thousand days, each published by a release of its own,
 * against one of ten days. Of what was tried, both have the ledger that nightly maintenance leaves:
 * what releases in retention need to be told of.
 */
public final class LongHistory {
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
  private static final List<Integer> DAYS = List.of(10, 1000);
  private static final int ROUNDS = Integer.parseInt(System.getenv().getOrDefault("ROUNDS", "15"));
  private static final double BUDGET = 1.10;

  /** Releases are kept for a month. */
  private static final int RELEASES_KEPT = 30;

  /** How many days are published before the ledger's state is kept, as runs keep it. */
  private static final int DAYS_A_STATE = 25;

  private final SparkSession spark;
  private final AssayConfig config;
  private final LakeStore lake;

  private LongHistory(SparkSession spark, AssayConfig config) {
    this.spark = spark;
    this.config = config;
    this.lake = new LakeStore(config.lake().root(), spark.sessionState().newHadoopConf());
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("assay-bench");
    try (SparkSession spark =
        SparkSessions.start(BenchConfig.of(folder.toString()), StageSize.SMALL, "bench")) {
      Map<Integer, LongHistory> lakes = new LinkedHashMap<>();
      for (int days : DAYS) {
        LongHistory lake = new LongHistory(spark, config(folder.resolve("of-" + days)));
        lake.publishAll(days);
        lakes.put(days, lake);
      }
      Rounds rounds = new Rounds();
      for (int round = -3; round < ROUNDS; round++) {
        for (int days : DAYS) {
          LocalDate day = FIRST.plusDays(days + round + 3L);
          LongHistory lake = Objects.requireNonNull(lakes.get(days));
          rounds.measure(way(days), round, () -> lake.publish(day));
        }
      }
      rounds.printTimes();
      rounds.printRatio("a day's publication at 1,000 days / at 10", way(1000), way(10), BUDGET);
    }
  }

  private static String way(int days) {
    return days + " days";
  }

  private static AssayConfig config(Path root) {
    AssayConfig plain = BenchConfig.of(root.toString());
    TableContract contract = contract();
    return new AssayConfig(
        plain.environment(),
        plain.lake(),
        plain.store(),
        plain.session(),
        plain.tracking(),
        new PipelineConfig(
            "bench",
            "A table of many days.",
            "bench",
            FIRST,
            Map.of(),
            Map.of("lines", contract),
            Map.of(),
            Map.of(),
            Map.of()),
        plain.text());
  }

  private static TableContract contract() {
    return new TableContract(
        new TableName("bench", "lines"),
        Stage.GOLD,
        "A line.",
        "day",
        List.of("id"),
        List.of(
            ColumnContract.plain("day", "date", false, "d"),
            ColumnContract.plain("id", "bigint", true, "i"),
            ColumnContract.plain("amount", "double", true, "a")),
        new Derivation.Computed(
            List.of(), new Transform.InClass("none"), new Cadence.Daily(0), ConfigFactory.empty()),
        List.of(),
        Map.of("amount", "sum(amount)"),
        List.of(),
        Upkeep.PLAIN,
        null);
  }

  /** Publishes days one after another whose files Spark wrote all at once. */
  private void publishAll(int days) {
    TableLayout layout = TableLayout.of(contract());
    TableProperties properties = TableProperties.of(config.lake());
    new DeltaTables(spark, lake).ensure(layout, properties.of(contract()), "{}");
    spark
        .range(0, days * 100L)
        .selectExpr(
            "date_add(DATE'" + FIRST + "', CAST(id % " + days + " AS INT)) AS day",
            "id",
            "CAST(id AS DOUBLE) AS amount")
        .repartition(2, org.apache.spark.sql.functions.col("day"))
        .write()
        .partitionBy("day")
        .mode("append")
        .parquet(lake.path(layout.folder()).toString());
    Ledger ledger = Ledger.ensured(lake, "bench");
    ReleasePublisher publisher =
        new ReleasePublisher(
            new ReleaseLog(lake, "bench"), new TableCommits(lake), ledger, "bench");
    int published = 0;
    for (StoredFile file : lake.files(layout.folder())) {
      if (file.path().startsWith("day=") && file.path().endsWith(".parquet")) {
        publish(
            publisher,
            ledger,
            LocalDate.parse(file.path().substring("day=".length(), "day=".length() + 10)),
            file);
        if (++published % DAYS_A_STATE == 0) {
          ledger.keep(ledger.state());
        }
      }
    }
    ledger.compact(Math.max(1, days - RELEASES_KEPT));
  }

  private static void publish(
      ReleasePublisher publisher, Ledger ledger, LocalDate day, StoredFile file) {
    TableDay tableDay = new TableDay(new TableName("bench", "lines"), day);
    Attempt attempt =
        ledger.open(
            0, token -> Attempt.here(token, Stage.GOLD, List.of(tableDay), "history", "bench"));
    String add =
        ("{\"add\":{\"path\":\"%s\",\"partitionValues\":{\"day\":\"%s\"},\"size\":%d,"
                + "\"modificationTime\":%d,\"dataChange\":true,"
                + "\"stats\":\"{\\\"numRecords\\\":100}\"}}")
            .formatted(file.path(), day, file.length(), file.modified());
    AuditReport audit =
        new AuditReport(
            new RowAccount(100, 100, 0, 0, Map.of()),
            List.of(),
            Map.of(),
            day.toString(),
            Map.of());
    publisher.publish(
        number ->
            new Intent(
                number,
                "bench",
                Stage.GOLD,
                null,
                attempt.runId(),
                attempt.token(),
                attempt.code(),
                Instant.now(),
                List.of(
                    new Intent.Replacement(
                        Stage.GOLD,
                        "lines",
                        day,
                        List.of(add),
                        OutcomeKind.PUBLISHED,
                        "published",
                        audit,
                        Map.of(),
                        new Basis("", new TreeMap<>()),
                        null)),
                List.of(),
                List.of()));
  }

  /** Publishes a day as a stage does, by a process that has looked at nothing yet. */
  private void publish(LocalDate day) {
    new StageRunner(spark, config).run(new Lines(), day, Set.of(), false, "bench");
  }

  /** A hundred lines a day. */
  private record Lines() implements StageJob {
    @Override
    public Stage stage() {
      return Stage.GOLD;
    }

    @Override
    public String transform(PipelineConfig pipeline, TableContract contract) {
      return "lines";
    }

    @Override
    public DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables) {
      return new DayDrafts(
          List.of(
              new Draft(
                  tables.get(0),
                  day,
                  run.spark()
                      .range(0, 100, 1, 1)
                      .selectExpr(
                          "DATE'" + day + "' AS day", "id", "CAST(id AS DOUBLE) AS amount"))),
          Map.of());
    }
  }
}
