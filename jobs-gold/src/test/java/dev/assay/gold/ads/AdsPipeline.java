package dev.assay.gold.ads;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.ColumnContract;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import dev.assay.config.TableContract;
import dev.assay.gold.GoldStage;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageRun;
import dev.assay.table.TableLayout;
import dev.assay.testing.FakeInputs;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The marts of conf/ads.conf, as the gold stage makes them on one day. */
final class AdsPipeline {
  static final LocalDate DAY = LocalDate.of(2024, 3, 10);

  private final SparkSession spark = TestSpark.session();
  private final AssayConfig config;

  /** The pipeline with these overrides of its conf. */
  AdsPipeline(Map<String, String> overrides) {
    this.config =
        ConfigLoader.load(
            new ConfigSource(
                Path.of(System.getProperty("assay.home"), "conf"),
                "embedded",
                "ads",
                overrides,
                Map.of()));
  }

  TableContract contract(String table) {
    return config.pipeline().table(table);
  }

  Dataset<Row> rows(AdEvent... events) {
    return spark.createDataFrame(Arrays.stream(events).map(AdEvent::row).toList(), AdEvent.SILVER);
  }

  /** A mart of silver: every column of its contract in that order, and of its types. */
  Dataset<Row> mart(String table, AdEvent... events) {
    return mart(table, "ad_events", rows(events));
  }

  /** A mart of an input. */
  Dataset<Row> mart(String table, String input, Dataset<Row> rows) {
    TableContract contract = contract(table);
    FakeInputs inputs =
        new FakeInputs().with(input, config.pipeline().table(input).partition(), rows);
    DayDrafts drafts =
        new GoldStage().drafts(new StageRun("run", spark, config, inputs), DAY, List.of(contract));
    Column[] columns =
        contract.columns().stream()
            .map(ColumnContract::name)
            .map(n -> col(n))
            .toArray(Column[]::new);
    Dataset<Row> made = drafts.drafts().get(0).rows().select(columns);
    assertThat(TableLayout.of(contract).sameColumns(made.schema()))
        .as(made.schema().simpleString())
        .isTrue();
    return made;
  }

  /** Some columns of rows, a row a text. */
  static List<String> texts(Dataset<Row> rows, String... columns) {
    Column[] selected = Arrays.stream(columns).map(name -> col(name)).toArray(Column[]::new);
    return rows.select(selected).collectAsList().stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> String.valueOf(row.get(i)))
                    .collect(Collectors.joining(" ")))
        .toList();
  }
}
