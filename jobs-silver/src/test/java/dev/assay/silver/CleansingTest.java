package dev.assay.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.FeedConfig;
import dev.assay.config.TableContract;
import dev.assay.table.Draft;
import dev.assay.testing.Audited;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.TestSpark;
import dev.assay.typed.TypedRows;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class CleansingTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);
  private static final String NOON = "2010-12-01 12:00:00";
  private static final StructType RAW =
      StructType.fromDDL(
          "landing_date date, InvoiceNo string, StockCode string, Description string,"
              + " Quantity string, InvoiceDate string, UnitPrice string, CustomerID string,"
              + " Country string, _file string, _checksum string, _position bigint,"
              + " _malformed string, _raw binary");

  private final SparkSession spark = TestSpark.session();
  private long position = 1;

  @Test
  void typesALine() {
    Row line = only(raw("536365", "85123A", "LAMP", "6", NOON, "2.55", "17850.0", "France"));

    assertThat(line.getString(line.fieldIndex("kind"))).isEqualTo("sale");
    assertThat(line.getInt(line.fieldIndex("quantity"))).isEqualTo(6);
    assertThat(line.getDecimal(line.fieldIndex("unit_price"))).isEqualByComparingTo("2.55");
    assertThat(line.getDecimal(line.fieldIndex("amount"))).isEqualByComparingTo("15.30");
    assertThat(line.getLong(line.fieldIndex("customer_id"))).isEqualTo(17850);
    assertThat(line.getDate(line.fieldIndex("day"))).isEqualTo("2010-12-01");
    assertThat(line.getList(line.fieldIndex("flags"))).isEmpty();
  }

  @Test
  void keepsAdjustmentsWithANegativePriceAndPricesOfFourDecimals() {
    List<Row> lines =
        published(
            raw("A563186", "B", "Adjust bad debt", "1", NOON, "-11062.06", "", "United Kingdom"),
            raw("C536379", "D", "Discount", "-1", NOON, "27.5001", "14527.0", "United Kingdom"));

    assertThat(lines)
        .extracting(
            line ->
                line.getString(line.fieldIndex("kind"))
                    + " "
                    + line.getDecimal(line.fieldIndex("amount")).toPlainString())
        .containsExactlyInAnyOrder("adjustment -11062.0600", "cancellation -27.5001");
  }

  @Test
  void flagsStockCorrectionsAndFreeLines() {
    List<Row> lines =
        published(
            raw("536589", "21777", "", "-10", NOON, "0.0", "", "United Kingdom"),
            raw("536590", "21778", "GIFT", "3", NOON, "0.0", "", "United Kingdom"));

    assertThat(lines)
        .extracting(line -> line.getList(line.fieldIndex("flags")).toString())
        .containsExactlyInAnyOrder("[stock_correction]", "[free]");
  }

  @Test
  void rejectsEachBadRowWithEveryReasonAndKeepsItWhole() {
    assertThat(reasons(raw("536365", "a", "x", "six", NOON, "2.55", "1.0", "France")))
        .containsExactly("unparsable:quantity");
    assertThat(reasons(raw("536365", "a", "x", "1", NOON, "2.55555", "1.0", "France")))
        .containsExactly("unparsable:unit_price");
    assertThat(reasons(raw("536365", "a", "x", "", NOON, "", "x", "France")))
        .containsExactlyInAnyOrder(
            "missing:quantity", "missing:unit_price", "unparsable:customer_id");
    assertThat(reasons(raw("536365", "a", "x", "-1", NOON, "2.55", "1.0", "France")))
        .containsExactly("priced_sale_is_positive");
    assertThat(reasons(raw("536365", "a", "x", "1", "2010-11-30 12:00:00", "1", "1.0", "France")))
        .containsExactly("too-late");
    assertThat(reasons(raw("536365", "a", "x", "1", "2010-12-02 12:00:00", "1", "1.0", "France")))
        .containsExactly("future");
    assertThat(reasons(raw("536365", "a", "x", "1", "yesterday", "1", "1.0", "France")))
        .containsExactlyInAnyOrder("unparsable:invoiced_at", "no-date");
    assertThat(reasons(malformed("a quote is not closed"))).containsExactly("malformed");
  }

  @Test
  void countsALineThatRepeatsAnotherAndKeepsTheFirst() {
    Row line = raw("536365", "a", "x", "1", NOON, "2.55", "1.0", "France");
    Row again = raw("536365", "a", "x", "1", NOON, "2.55", "1.0", "France");
    Row other = raw("536365", "a", "x", "1", NOON, "2.56", "1.0", "France");

    Draft draft = draft(line, again, other);

    assertThat(
            draft
                .audit()
                .mark(draft.rows())
                .where("_duplicate")
                .select("_source._position")
                .collectAsList()
                .stream()
                .map(row -> row.getLong(0)))
        .containsExactly(2L);
    assertThat(published(line, again, other)).hasSize(2);
  }

  @Test
  void takesLateRowsIntoTheDayOfTheirEvent() {
    Row onTime = raw("536365", "a", "x", "1", NOON, "1", "1.0", "France");
    Row late = landedOn(2, "536366", NOON);
    Row tooLate = landedOn(4, "536367", NOON);
    Row ofItsOwnDay = landedOn(2, "536368", "2010-12-03 12:00:00");
    Dataset<Row> landed = bronze(onTime, late, tooLate, ofItsOwnDay);
    Cleansing cleansing = cleansing(2);

    assertThat(invoices(rows(cleansing, landed, DAY))).containsExactly("536365", "536366");
    LocalDate third = DAY.plusDays(2);
    assertThat(invoices(rows(cleansing, landed, third))).containsExactly("536368");
    LocalDate fifth = DAY.plusDays(4);
    assertThat(invoices(rows(cleansing, landed, fifth)))
        .as("what comes too late is rejected by the day it landed on")
        .containsExactly("536367");
    assertThat(
            typed(2).withDay(landed, "_day").orderBy("InvoiceNo").collectAsList().stream()
                .map(row -> row.getDate(row.fieldIndex("_day")).toLocalDate()))
        .as("what bronze counts for each day")
        .containsExactly(DAY, DAY, fifth, third);
  }

  @Test
  void takesForADayWhatBronzeCountsForIt() {
    List<Row> rows = new ArrayList<>();
    for (int landing = 0; landing < 5; landing++) {
      rows.add(landedOn(landing, "none " + landing, "no date"));
      for (int event = -4; event < 9; event++) {
        String day = DAY.plusDays(event).toString();
        rows.add(landedOn(landing, event + " on " + landing, day + " 12:00:00"));
      }
    }
    Dataset<Row> landed = bronze(rows.toArray(Row[]::new));
    for (int lateness = 0; lateness < 4; lateness++) {
      TypedRows typed = typed(lateness);
      Dataset<Row> counted = typed.withDay(landed, "_day");
      for (int day = -4; day < 9; day++) {
        LocalDate date = DAY.plusDays(day);
        assertThat(invoices(typed.of(landed, date)))
            .as("%s, up to %s days late", date, lateness)
            .isEqualTo(invoices(counted.where(col("_day").equalTo(lit(date))), "InvoiceNo"));
      }
    }
  }

  private static List<String> invoices(Dataset<Row> rows, String column) {
    return invoices(rows.select(col(column).as("invoice_no")));
  }

  private static List<String> invoices(Dataset<Row> rows) {
    return rows.select("invoice_no").orderBy("invoice_no").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static Dataset<Row> rows(Cleansing cleansing, Dataset<Row> landed, LocalDate day) {
    Column ofDay = col("landing_date").between(lit(day), lit(day.plusDays(2)));
    return cleansing.draft(landed.where(ofDay), day, List.of()).rows();
  }

  private Draft draft(Row... raw) {
    return cleansing(0).draft(bronze(raw), DAY, List.of());
  }

  private Row only(Row raw) {
    List<Row> published = published(raw);
    assertThat(published).hasSize(1);
    return published.get(0);
  }

  private List<Row> published(Row... raw) {
    return Audited.of(draft(raw)).published();
  }

  private List<String> reasons(Row raw) {
    List<Audited.Rejected> rejected = Audited.of(draft(raw)).rejected();
    assertThat(rejected).hasSize(1);
    return rejected.get(0).reasons();
  }

  private static TypedRows typed(int lateness) {
    return new TypedRows(contract(), feed(lateness), "landing_date");
  }

  private static Cleansing cleansing(int lateness) {
    return new Cleansing(contract(), feed(lateness), "landing_date");
  }

  private static FeedConfig feed(int lateness) {
    AssayConfig config =
        OnlineRetail.config(
            Map.of("pipeline.feeds.orders.allowed-lateness-days", Integer.toString(lateness)));
    return config.pipeline().feed("orders");
  }

  private static TableContract contract() {
    return OnlineRetail.config(Map.of()).pipeline().table("order_lines");
  }

  private Dataset<Row> bronze(Row... rows) {
    return spark.createDataFrame(new ArrayList<>(List.of(rows)), RAW);
  }

  private Row raw(String... fields) {
    return row(0, null, fields);
  }

  private Row landedOn(int days, String invoice, String at) {
    return row(days, null, invoice, "a", "x", "1", at, "1", "1.0", "France");
  }

  private Row malformed(String why) {
    return row(0, why, null, null, null, null, null, null, null, null);
  }

  private Row row(int days, String malformed, String... fields) {
    Object[] values = new Object[14];
    values[0] = java.sql.Date.valueOf(DAY.plusDays(days));
    System.arraycopy(fields, 0, values, 1, fields.length);
    values[9] = "f.csv";
    values[10] = "c";
    values[11] = position++;
    values[12] = malformed;
    return RowFactory.create(values);
  }
}
