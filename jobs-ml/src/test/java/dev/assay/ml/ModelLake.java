package dev.assay.ml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.Derivation;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageRun;
import dev.assay.model.Champions;
import dev.assay.model.ModelRecord;
import dev.assay.model.ModelStore;
import dev.assay.model.Promotion;
import dev.assay.model.PromotionLog;
import dev.assay.store.LakeStore;
import dev.assay.testing.FakeInputs;
import dev.assay.testing.SharedData;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** A pipeline's models on a lake of their own, with inputs that a test holds in memory. */
public final class ModelLake {
  private static final SparkSession SPARK = TestSpark.session();

  static {
    // As every stage does to count in the pass; what holds a session that did cannot be sent.
    SPARK.range(1).observe(new Observation(), functions.count(functions.lit(1))).count();
  }

  private final Path folder;
  private final AssayConfig config;
  private final FakeInputs inputs = new FakeInputs();
  private final LakeStore lake;
  private Map<String, String> without = Map.of();

  /** Models of a pipeline. */
  public ModelLake(Path folder, String pipeline, Map<String, String> overrides) {
    Map<String, String> all = new LinkedHashMap<>(overrides);
    all.put("lake", folder.toString());
    this.folder = folder;
    this.config = SharedData.config(pipeline, all);
    this.lake = new LakeStore(folder.toString(), SPARK.sessionState().newHadoopConf());
    inputs.withChampions(this::champions);
  }

  /** Gives a table its rows. */
  public ModelLake with(String table, String partition, Dataset<Row> rows) {
    inputs.with(table, partition, rows);
    return this;
  }

  /** What a model has for its tables on a day, by their names; those of the day then are there. */
  public Map<String, Dataset<Row>> run(String model, LocalDate day) {
    return run(model, day, Set.of());
  }

  /**
   * The same of some of its tables.
   *
   * @param only their names; empty for all
   */
  public Map<String, Dataset<Row>> run(String model, LocalDate day, Set<String> only) {
    List<TableContract> tables =
        config.pipeline().tablesOf(Stage.ML, only).stream()
            .filter(contract -> contract.derivation().equals(new Derivation.Modelled(model)))
            .toList();
    DayDrafts made = new MlStage().drafts(new StageRun("run", SPARK, config, inputs), day, tables);
    without = made.without();
    Map<String, Dataset<Row>> products = new TreeMap<>();
    made.drafts()
        .forEach(
            draft -> {
              List<Row> rows = draft.rows().collectAsList();
              assertEveryValue(draft.contract(), rows);
              products.put(
                  draft.contract().name().table(),
                  SPARK.createDataFrame(rows, draft.rows().schema()));
            });
    return products;
  }

  /** As the check that a stage adds to every contract. */
  private static void assertEveryValue(TableContract contract, List<Row> rows) {
    contract.columns().stream()
        .filter(column -> !column.nullable())
        .forEach(
            column ->
                assertThat(rows)
                    .as("%s of %s", column.name(), contract.name())
                    .allMatch(row -> row.getAs(column.name()) != null));
  }

  /** The rows that a model learns from on a day. */
  public Dataset<Row> examples(String model, LocalDate day) {
    return of(model, day).examples();
  }

  /** The rows that it says something of. */
  public Dataset<Row> subjects(String model, LocalDate day) {
    return of(model, day).subjects();
  }

  private ModelDay of(String model, LocalDate day) {
    return new ModelDay(
        new StageRun("run", SPARK, config, inputs), config.pipeline().model(model), day);
  }

  /**
   * Gives this lake the models that another learned and what it published: learning takes longest.
   */
  public ModelLake after(ModelLake other, Map<String, Dataset<Row>> products, LocalDate day) {
    try {
      FileUtils.copyDirectory(other.folder.toFile(), folder.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    publish(products, day);
    return this;
  }

  /** Publishes what a run had. */
  public void publish(Map<String, Dataset<Row>> products, LocalDate day) {
    products.forEach(
        (table, rows) -> inputs.with(table, "as_of", rows.withColumn("as_of", functions.lit(day))));
  }

  /** Why tables had nothing in the last run. */
  public Map<String, String> without() {
    return without;
  }

  /** The champions of a model. */
  public Champions champions(String model) {
    return log(model).champions();
  }

  /** What was decided about a model. */
  public PromotionLog log(String model) {
    return new PromotionLog(lake, config.pipeline().name(), model);
  }

  /** The last decision about a model. */
  public Promotion last(String model) {
    List<Promotion> all = champions(model).promotions();
    return all.stream()
        .max((one, other) -> Long.compare(one.number(), other.number()))
        .orElseThrow();
  }

  /** The record of a version. */
  public ModelRecord record(String model, String version) {
    return new ModelStore(lake, config.pipeline().name()).existing(model, version);
  }

  /** Asserts that what another lake learned last is the same version with the same figures. */
  public void assertLearnedTheSame(String model, ModelLake other) {
    String version = last(model).challenger();
    assertThat(other.last(model).challenger()).isEqualTo(version);
    assertThat(other.record(model, version).metrics()).isEqualTo(record(model, version).metrics());
  }

  /** The lake's objects. */
  public LakeStore lake() {
    return lake;
  }
}
