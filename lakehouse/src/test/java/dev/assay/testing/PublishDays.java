package dev.assay.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.StoreConfig;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.Failures;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageJob;
import dev.assay.job.StageResult;
import dev.assay.job.StageRun;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.store.LakeStore;
import dev.assay.store.StoreSettings;
import dev.assay.table.CommitNote;
import dev.assay.table.DeltaTables;
import dev.assay.table.Draft;
import dev.assay.table.TableCommits;
import dev.assay.table.TableLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.s3a.impl.AWSClientConfig;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that changes days of {@code test.sales}, as a stage's process does, but more than one.
 * It is told, and answers with the exit code that a stage's process would end with, and more:
 *
 * <ul>
 *   <li>{@code publish <lake> <run> <day> [<gate>]}: the day then has one sale, whose id is the
 *       run's. {@code 0 published <release> <version>}, {@code 0 current}, or why not. With a gate,
 *       rows wait while they are written until the file {@code <gate>.open} exists; {@code
 *       <gate>.waiting} says that they do.
 *   <li>{@code commit <lake> <run> <day>}: Delta's log alone, outside of releases; the day then has
 *       a file by the run's name, which nobody wrote. {@code 0 committed <version>}, or why not.
 *   <li>{@code rows <lake>}: {@code 0 <day> <id>,<day> <id>}..., as the newest release has them.
 * </ul>
 *
 * <p>Arguments: the folder for answers, the store's endpoint, a file with its credentials, how many
 * milliseconds to wait for the store.
 */
public final class PublishDays {
  private static final Logger LOG = LoggerFactory.getLogger(PublishDays.class);
  private static final long PAUSE_NANOS = 20_000_000L;

  private final TableContract contract = Contracts.sales("sales");
  private final StoreConfig store;

  private PublishDays(StoreConfig store) {
    this.store = store;
  }

  public static void main(String[] args) throws IOException {
    // Hadoop takes less for a mistake, and waits 15 seconds.
    AWSClientConfig.setMinimumOperationDuration(Duration.ofSeconds(1));
    StoreConfig store = Lakes.store(args[1], args[2], Duration.ofMillis(Long.parseLong(args[3])));
    TestSpark.session();
    PublishDays worker = new PublishDays(store);
    WorkerProcess.serve(Path.of(args[0]), worker::follow);
  }

  private String follow(String order) {
    String[] words = order.split(" ", -1);
    try {
      return switch (words[0]) {
        case "publish" ->
            publish(
                words[1], words[2], LocalDate.parse(words[3]), words.length > 4 ? words[4] : "");
        case "commit" -> commit(words[1], words[2], LocalDate.parse(words[3]));
        case "rows" -> "0 " + String.join(",", rows(words[1]));
        default -> throw new IllegalArgumentException(order);
      };
    } catch (Exception thrown) {
      // As the command line says it.
      AssayException failure = Failures.explain(thrown);
      LOG.info("{} failed", order, thrown);
      return failure.exitCode().code() + " " + failure.message();
    }
  }

  private String publish(String lake, String run, LocalDate day, String gate) {
    StageResult result =
        Sales.runner(lake, store, contract)
            .run(new OneSale(contract, run, gate), day, Set.of(), false, run);
    String code = result.exitCode().code() + " ";
    if (result.newRelease().isEmpty()) {
      return code + "current";
    }
    Release release = result.release();
    return code
        + "published "
        + release.number()
        + " "
        + release.tables().get(contract.name().table()).version();
  }

  private String commit(String lake, String run, LocalDate day) {
    DeltaTables tables = tables(lake);
    TableLayout layout = TableLayout.of(contract);
    tables.ensure(layout, Map.of(), "{}");
    String file =
        "{\"add\":{\"path\":\"day=%s/%s\",\"partitionValues\":{\"day\":\"%s\"},\"size\":1,\"modificationTime\":1,\"dataChange\":true}}"
            .formatted(day, run, day);
    CommitNote note = CommitNote.outsideReleases(run, "test", 1);
    long version =
        new TableCommits(new LakeStore(lake, StoreSettings.configuration(store)))
            .commit(layout, Map.of(day.toString(), List.of(file)), 1, note.json())
            .orElseThrow(() -> new IllegalStateException("fenced, though each day is tried once"));
    return "0 committed " + version;
  }

  private List<String> rows(String lake) {
    DeltaTables tables = tables(lake);
    long version =
        new ReleaseLog(new LakeStore(lake, StoreSettings.configuration(store)), "test")
            .latest()
            .orElseThrow()
            .tables()
            .get("sales")
            .version();
    return tables.read(TableLayout.of(contract), version).orderBy("day").collectAsList().stream()
        .map(row -> row.getDate(0) + " " + row.getString(1))
        .toList();
  }

  private DeltaTables tables(String lake) {
    Sales.runner(lake, store, contract);
    SparkSession spark = TestSpark.session();
    return new DeltaTables(spark, new LakeStore(lake, spark.sessionState().newHadoopConf()));
  }

  /** A day with one sale, which is current once it is published. */
  private record OneSale(TableContract contract, String id, String gate) implements StageJob {
    @Override
    public Stage stage() {
      return Stage.GOLD;
    }

    @Override
    public String transform(PipelineConfig pipeline, TableContract of) {
      return "one sale";
    }

    @Override
    public DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables) {
      SparkSession spark = run.spark();
      Draft draft = Sales.draft(spark, contract, day, Map.of(id, "1.00"));
      String file = gate;
      UDF1<String, String> waiting = value -> passed(value, file);
      return new DayDrafts(
          List.of(
              new Draft(
                  contract,
                  day,
                  draft
                      .rows()
                      .withColumn(
                          "id",
                          udf(waiting, DataTypes.StringType)
                              .asNondeterministic()
                              .apply(col("id"))))),
          Map.of());
    }
  }

  private static String passed(String value, String gate) throws IOException {
    if (!gate.isEmpty()) {
      Files.writeString(Path.of(gate + ".waiting"), "");
      while (!Files.exists(Path.of(gate + ".open"))) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return value;
  }
}
