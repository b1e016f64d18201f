package dev.assay.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.audit.Provenance;
import dev.assay.audit.Repeats;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.ledger.Outcome;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.store.Json;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.Draft;
import dev.assay.table.TableLayout;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A lake in a folder, and stages that publish on it what a test says. */
public final class StageLake {
  private static final StructType SALE =
      StructType.fromDDL("id string, amount decimal(12,2), _again boolean");

  private final SparkSession spark = TestSpark.session();
  private final Path folder;
  private final LakeStore lake;

  /** A lake in this folder. */
  public StageLake(Path folder) {
    this.folder = folder;
    this.lake = new LakeStore(folder.toString(), spark.sessionState().newHadoopConf());
  }

  /** Publishes these drafts in one run of a stage. */
  public StageResult publish(LocalDate day, Draft... drafts) {
    return runner(pipelineOf(drafts))
        .run(new FakeStage(Stage.GOLD, run -> List.of(drafts)), day, Set.of(), false, "run-1");
  }

  /** The refusal of a run with these drafts. */
  public AssayException refused(LocalDate day, Draft... drafts) {
    return catchThrowableOfType(AssayException.class, () -> publish(day, drafts));
  }

  private static PipelineConfig pipelineOf(Draft... drafts) {
    return Contracts.pipeline(
        List.of(drafts).stream().map(Draft::contract).toArray(TableContract[]::new));
  }

  /** A runner on this lake. */
  public StageRunner runner(PipelineConfig pipeline) {
    return new StageRunner(spark, TestSpark.config(folder.toString(), pipeline));
  }

  /** A day's draft of these sales. */
  public Draft draft(TableContract contract, LocalDate day, Row... sales) {
    Dataset<Row> rows = data(sales).withColumn("day", lit(day));
    Repeats repeats =
        new Repeats(List.of(col("id"), col("amount")), List.of(col("_again")), col("_again"));
    return new Draft(
        contract, day, rows, new Provenance(List.of(), lit(true), Optional.of(repeats), List.of()));
  }

  /** Sales without their day. */
  public Dataset<Row> data(Row... sales) {
    return spark.createDataFrame(List.of(sales), SALE);
  }

  /** A sale. */
  public static Row sale(@org.jspecify.annotations.Nullable String id, String amount) {
    return RowFactory.create(id, new BigDecimal(amount), false);
  }

  /** A sale that came again. */
  public static Row duplicate(String id, String amount) {
    return RowFactory.create(id, new BigDecimal(amount), true);
  }

  /** The rows of a table at a release, by day and id, as text. */
  public List<String> rows(TableContract contract, Release release) {
    Release.TableVersion version = release.tables().get(contract.name().table());
    return texts(
        new DeltaTables(spark, lake)
            .read(TableLayout.of(contract), version == null ? -1 : version.version())
            .orderBy("day", "id"));
  }

  /** The rows that a table rejected, the last record first, as text. */
  public List<String> quarantine(TableContract contract) {
    return texts(
        spark
            .read()
            .format("delta")
            .load(folder + "/quarantine/test/" + contract.name().table())
            .orderBy(col("record").desc()));
  }

  private static List<String> texts(Dataset<Row> rows) {
    List<String> texts = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      texts.add(
          IntStream.range(0, row.size())
              .mapToObj(i -> text(row.get(i)))
              .collect(Collectors.joining(" ")));
    }
    return texts;
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof scala.collection.Iterable<?> values
        ? scala.jdk.javaapi.CollectionConverters.asJava(values).toString()
        : String.valueOf(value);
  }

  /** The lake's releases. */
  public ReleaseLog log() {
    return new ReleaseLog(lake, "test");
  }

  /** Of every table-day of every attempt that ended, oldest first: its table, token and outcome. */
  public List<String> outcomes() {
    List<String> outcomes = new ArrayList<>();
    for (String name : lake.names("_assay/ledger/test")) {
      if (name.endsWith("-ended.json") || name.endsWith("-published.json")) {
        Outcome outcome =
            Json.read(lake.read("_assay/ledger/test/" + name).orElseThrow(), Outcome.class, name);
        outcome
            .tableDays()
            .forEach(
                became ->
                    outcomes.add(
                        became.tableDay().table().table()
                            + " "
                            + outcome.token()
                            + " "
                            + became.kind().id()));
      }
    }
    return outcomes;
  }
}
