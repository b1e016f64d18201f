package dev.assay.gold.web;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.ColumnContract;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import dev.assay.config.Derivation;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.gold.GoldStage;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageRun;
import dev.assay.table.TableLayout;
import dev.assay.testing.FakeInputs;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The marts of conf/web.conf, as the gold stage makes them from some events: a mart of others after
 * these, which are there for every day that has events.
 */
final class WebPipeline {
  static final LocalDate DAY = LocalDate.of(2024, 3, 10);

  private final SparkSession spark = TestSpark.session();
  private final AssayConfig config;
  private final Dataset<Row> events;
  private final SortedSet<LocalDate> days = new TreeSet<>();
  private final Map<TableDay, Dataset<Row>> made = new HashMap<>();

  private WebPipeline(Map<String, String> overrides, WebEvent... events) {
    this.config =
        ConfigLoader.load(
            new ConfigSource(
                Path.of(System.getProperty("assay.home"), "conf"),
                "embedded",
                "web",
                overrides,
                Map.of()));
    this.events =
        spark.createDataFrame(Arrays.stream(events).map(WebEvent::row).toList(), WebEvent.SILVER);
    Arrays.stream(events).forEach(one -> days.add(LocalDateTime.parse(one.at()).toLocalDate()));
  }

  /** The pipeline after these events. */
  static WebPipeline after(WebEvent... events) {
    return new WebPipeline(Map.of(), events);
  }

  /** The same, with overrides of its conf. */
  static WebPipeline after(Map<String, String> overrides, WebEvent... events) {
    return new WebPipeline(overrides, events);
  }

  /** A mart's rows of {@link #DAY}, or as of it. */
  Dataset<Row> mart(String table) {
    return mart(table, DAY);
  }

  /** A mart's rows of a day: every column of its contract in that order, and of its types. */
  Dataset<Row> mart(String table, LocalDate day) {
    TableContract contract = config.pipeline().table(table);
    FakeInputs inputs = new FakeInputs();
    Derivation.Computed computed = (Derivation.Computed) contract.derivation();
    LocalDate first = day.minusDays(computed.cadence().daysRead() - 1L);
    for (String input : computed.inputs()) {
      Dataset<Row> rows = input(input, days.subSet(first, day.plusDays(1)));
      inputs.with(input, config.pipeline().table(input).partition(), rows, days);
    }
    DayDrafts drafts =
        new GoldStage().drafts(new StageRun("run", spark, config, inputs), day, List.of(contract));
    assertThat(drafts.without()).isEmpty();
    Column[] columns =
        contract.columns().stream()
            .map(ColumnContract::name)
            .map(name -> col(name))
            .toArray(Column[]::new);
    Dataset<Row> rows = drafts.drafts().get(0).rows().select(columns);
    assertThat(TableLayout.of(contract).sameColumns(rows.schema()))
        .as(rows.schema().simpleString())
        .isTrue();
    return rows;
  }

  private Dataset<Row> input(String table, SortedSet<LocalDate> ofDays) {
    if (config.pipeline().table(table).stage() == Stage.SILVER) {
      return events;
    }
    return everyDay(table, ofDays);
  }

  /** A mart's rows of some days, each computed once. */
  private Dataset<Row> everyDay(String table, SortedSet<LocalDate> ofDays) {
    List<Row> rows = new ArrayList<>();
    StructType schema = new StructType();
    for (LocalDate day : ofDays) {
      TableDay tableDay = new TableDay(config.pipeline().table(table).name(), day);
      Dataset<Row> ofDay = made.get(tableDay);
      if (ofDay == null) {
        Dataset<Row> computed = mart(table, day);
        ofDay = spark.createDataFrame(computed.collectAsList(), computed.schema());
        made.put(tableDay, ofDay);
      }
      schema = ofDay.schema();
      rows.addAll(ofDay.collectAsList());
    }
    return spark.createDataFrame(rows, schema);
  }

  /** Some columns of rows, a row a text, in order. */
  static List<String> texts(Dataset<Row> rows, String... columns) {
    Column[] selected = Arrays.stream(columns).map(name -> col(name)).toArray(Column[]::new);
    return rows.select(selected).collectAsList().stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> String.valueOf(row.get(i)))
                    .collect(Collectors.joining(" ")))
        .sorted()
        .toList();
  }
}
