package dev.assay.gold.purchases;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.TableContract;
import dev.assay.gold.GoldStage;
import dev.assay.job.StageRun;
import dev.assay.table.TableLayout;
import dev.assay.testing.BlackFriday;
import dev.assay.testing.FakeInputs;
import dev.assay.testing.TestSpark;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The marts of a day as the real conf declares them, made one from another as a stage does. */
final class PurchaseMarts {
  static final LocalDate DAY = LocalDate.of(2017, 11, 24);

  private final SparkSession spark = TestSpark.session();
  private final FakeInputs inputs;
  private final AssayConfig config;

  PurchaseMarts(Dataset<Row> purchases) {
    this(purchases, Map.of());
  }

  PurchaseMarts(Dataset<Row> purchases, Map<String, String> overrides) {
    this.inputs = new FakeInputs().with("purchases", "as_of", purchases);
    this.config = BlackFriday.config(overrides);
  }

  /** The rows of a mart, in the columns of its contract. */
  Dataset<Row> rows(String table) {
    TableContract contract = config.pipeline().table(table);
    Dataset<Row> made =
        new GoldStage()
            .drafts(new StageRun("run", spark, config, inputs), DAY, List.of(contract))
            .drafts()
            .get(0)
            .rows()
            .select(contract.columns().stream().map(c -> col(c.name())).toArray(Column[]::new));
    assertThat(TableLayout.of(contract).sameColumns(made.schema()))
        .as(made.schema().simpleString())
        .isTrue();
    return made;
  }

  /** Makes a mart, for others to be made from. */
  PurchaseMarts with(String table) {
    return with(table, rows(table));
  }

  /** Gives a mart's rows, for others to be made from. */
  PurchaseMarts with(String table, Dataset<Row> rows) {
    inputs.with(table, "as_of", rows.cache());
    return this;
  }

  /** The rows of a mart as texts, without their date; doubles in seven digits. */
  List<String> texts(String table) {
    return texts(rows(table).drop("as_of"));
  }

  static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> text(row.get(i)))
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private static String text(Object value) {
    if (!(value instanceof Double number)) {
      return String.valueOf(value);
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(7)).stripTrailingZeros();
    return rounded.toPlainString();
  }
}
