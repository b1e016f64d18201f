package dev.assay.cli;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.audit.RowAccount;
import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.release.ReleaseLog;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableLayout;
import dev.assay.testing.TestConf;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds of each kind through bronze and silver. */
class FeedsTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);

  private static final String SHOP =
      """
      pipeline {
        name = shop
        description = "A shop."
        owner = tests
        start = 2010-12-01
        feeds {
          visits {
            files = ${landing}"/visits/{date}*"
            columns = [Id, At, Amount]
          }
          customers {
            files = ${landing}"/customers/{date}.csv"
            columns = [Id, Name]
            snapshot = true
          }
        }
        tables {
          visits_raw { stage = bronze, description = "As received.", feed = visits }
          customers_raw { stage = bronze, description = "As received.", feed = customers }
          visits {
            stage = silver
            description = "A visit."
            source = visits_raw
            event-time = at
            columns = [
              { name = id, type = string, from = Id, comment = "The visit." }
              { name = at, type = timestamp, from = At, format = "yyyy-MM-dd HH:mm", comment = "When, UTC." }
              { name = amount, type = int, from = Amount, nullable = true, comment = "Pence." }
            ]
          }
          customers {
            stage = silver
            description = "A customer."
            source = customers_raw
            columns = [
              { name = id, type = bigint, from = Id, comment = "The customer." }
              { name = name, type = string, from = Name, nullable = true, comment = "Who." }
            ]
            key = [id]
          }
        }
      }
      """;

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path folder;
  private TestConf conf;

  @BeforeEach
  void makeConf() throws IOException {
    conf = TestConf.in(folder.resolve("conf"), "shop", SHOP);
    Files.createDirectories(landing("visits"));
    Files.createDirectories(landing("customers"));
  }

  @Test
  void everyBadJsonLineIsQuarantinedWholeAndTheOthersArePublished() throws IOException {
    Files.writeString(
        landing("visits").resolve(DAY + ".json"),
        """
        {"Id":"1","At":"2010-12-01 08:00","Amount":5}
        {"Id":"1","At":"2010-12-01 08:00","Amount":5}
        {"Id":"2","At":"2010-12-01 08:00","Amount":null}
        {"Id":"2","At":"2010-12-01 08:00","Amount":""}
        {"Id":"3","At":"2010-12-01 08:00","Amount":"five"}
        {"Id":"4","At":"2010-12-01 08:00","Amount":{"pence":5}}
        {"Id":"5","At":"soon"}
        {"Id":"6","Id":"7","At":"2010-12-01 08:00"}
        [8]
        {"Id":"9","At":"2010-12-01 08:0\
        """);

    RowAccount rows = run(Map.of()).published().get(of("visits")).rows();

    assertThat(List.of(rows.received(), rows.published(), rows.quarantined(), rows.duplicates()))
        .containsExactly(10L, 3L, 6L, 1L);
    assertThat(table("visits", "id", "amount")).containsExactly("[1,5]", "[2,null]", "[2,null]");
    assertThat(quarantined("visits"))
        .containsExactly(
            "[3, [unparsable:amount]]",
            "[4, [unparsable:amount]]",
            "[5, [unparsable:at, no-date]]",
            "[null, [malformed]]",
            "[null, [malformed]]",
            "[null, [malformed]]");
  }

  @Test
  void rowsOfFilesOfEveryFormatAreOneDay() throws IOException {
    Files.writeString(
        landing("visits").resolve(DAY + "-a.csv"), "Amount,Id,At\n5,1,2010-12-01 08:00\n");
    Files.writeString(
        landing("visits").resolve(DAY + "-b.json"),
        "{\"Id\":1,\"At\":\"2010-12-01 08:00\",\"Amount\":5}\n");

    RowAccount rows = run(Map.of()).published().get(of("visits")).rows();

    assertThat(List.of(rows.received(), rows.published(), rows.duplicates()))
        .as("the same record of two formats is received twice, and published once")
        .containsExactly(2L, 1L, 1L);
  }

  @Test
  void rowsThatDifferInWhatDriftedAreNoDuplicatesAndSilverMayReadIt() throws IOException {
    Files.writeString(
        landing("visits").resolve(DAY + ".csv"),
        "Id,At,Amount,Till\n1,2010-12-01 08:00,5,a\n1,2010-12-01 08:00,5,b\n");
    String read = "[{ name = till, type = string, from = Till, comment = \"Where.\" }";

    StageResult result =
        run(
            Map.of(
                "pipeline.feeds.visits.drift",
                "add",
                "pipeline.tables.visits.columns",
                read
                    + ", { name = at, type = timestamp, from = At, format = \"yyyy-MM-dd"
                    + " HH:mm\", comment = \"When.\" }]"));

    assertThat(result.published().get(of("visits")).rows().published()).isEqualTo(2);
  }

  @Test
  void aSnapshotHoldsUntilTheNextAndIsMadeAgainOnlyWhenItChanges() throws IOException {
    Files.writeString(landing("customers").resolve(DAY + ".csv"), "Id,Name\n1,Ann\n2,\n");
    LocalDate third = DAY.plusDays(2);

    run(Map.of(), DAY);
    StageResult later = run(Map.of(), third);

    assertThat(later.published()).containsOnlyKeys(of("customers", third));
    assertThat(table("customers", "as_of", "id", "name"))
        .containsExactly(
            "[2010-12-01,1,Ann]",
            "[2010-12-01,2,null]",
            "[2010-12-03,1,Ann]",
            "[2010-12-03,2,null]");
    assertThat(run(Map.of(), third).unchanged()).containsKey(of("customers", third));

    Files.writeString(landing("customers").resolve(third + ".csv"), "Id,Name\n1,Ann\n1,Eve\n3,\n");
    assertThat(run(Map.of("pipeline.tables.customers.key", "[]"), third).published())
        .as("its own landing came after all")
        .containsOnlyKeys(of("customers", third));
  }

  private StageResult run(Map<String, String> overrides) {
    return run(overrides, DAY);
  }

  /** Runs both stages, and gives what silver came to. */
  private StageResult run(Map<String, String> overrides, LocalDate day) {
    String of = Files.exists(landing("customers").resolve(DAY + ".csv")) ? "customers" : "visits";
    StageRunner runner = new StageRunner(spark, config(overrides));
    runner.run(StageJobs.of(Stage.BRONZE), day, Set.of(of + "_raw"), false, "test");
    return runner.run(StageJobs.of(Stage.SILVER), day, Set.of(of), false, "test");
  }

  private AssayConfig config(Map<String, String> overrides) {
    Map<String, String> all = new HashMap<>(overrides);
    all.put("lake", folder.resolve("lake").toString());
    return conf.load(all);
  }

  private Path landing(String feed) {
    return folder.resolve("lake/landing").resolve(feed);
  }

  private static TableDay of(String table) {
    return of(table, DAY);
  }

  private static TableDay of(String table, LocalDate day) {
    return new TableDay(new TableName("shop", table), day);
  }

  private List<String> table(String name, String first, String... columns) {
    LakeStore lake =
        new LakeStore(folder.resolve("lake").toString(), spark.sessionState().newHadoopConf());
    long version =
        Objects.requireNonNull(
                new ReleaseLog(lake, "shop").latest().orElseThrow().tables().get(name))
            .version();
    TableLayout layout = TableLayout.of(config(Map.of()).pipeline().table(name));
    Dataset<Row> rows = new DeltaTables(spark, lake).read(layout, version);
    return texts(rows.select(first, columns).orderBy(first, columns));
  }

  private List<String> quarantined(String table) {
    Dataset<Row> rejected =
        spark.read().format("delta").load(folder + "/lake/quarantine/shop/" + table);
    return rejected
        .selectExpr("get_json_object(record, '$.Id') AS id", "reasons")
        .orderBy(col("id").asc_nulls_last())
        .collectAsList()
        .stream()
        .map(row -> "[" + row.get(0) + ", " + row.getList(1) + "]")
        .toList();
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).toList();
  }
}
