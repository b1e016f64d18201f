package dev.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.table.Draft;
import dev.assay.testing.Audited;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** What conf/ads.conf says of events. */
class AdEventsTest {
  private static final LocalDate DAY = LocalDate.of(2024, 3, 10);

  private final SparkSession spark = TestSpark.session();
  private final PipelineConfig pipeline =
      ConfigLoader.load(
              new ConfigSource(
                  Path.of(System.getProperty("assay.home"), "conf"),
                  "embedded",
                  "ads",
                  Map.of(),
                  Map.of()))
          .pipeline();
  private final TableContract contract = pipeline.table("ad_events");
  private final Cleansing cleansing =
      new Cleansing(contract, pipeline.feed("ad_events"), "landing_date");

  @Test
  void typesAnEvent() {
    List<Row> events = published(event());

    assertThat(events).hasSize(1);
    Row event = events.get(0);
    assertThat(
            IntStream.range(2, event.size())
                .mapToObj(i -> String.valueOf(event.get(i)))
                .collect(Collectors.joining(" ")))
        .isEqualTo(
            "u1 c1 a1 2024-03-10 09:00:00.5 click mobile iOS Safari KR Seoul 18-24 F 1.2500 0.1000"
                + " 0.0000");
    assertThat(event.getDate(0)).isEqualTo("2024-03-10");
    assertThat(event.getString(1)).matches("[0-9a-f]{1,16}");
  }

  @Test
  void readsTimesAsJsonHasThem() {
    List<Row> events =
        published(with("timestamp", "2024-03-10T09:00:00Z"), with("timestamp", "2024-03-10 09:00"));

    assertThat(events)
        .extracting(event -> event.getTimestamp(event.fieldIndex("occurred_at")).toString())
        .containsExactly("2024-03-10 09:00:00.0", "2024-03-10 09:00:00.0");
  }

  @Test
  void readsNumbersAsJsonHasThem() {
    List<Row> events =
        published(
            with("bid_price", "5.0E-4"), with("bid_price", "1.25e1"), with("bid_price", "2E+0"));

    assertThat(events)
        .extracting(event -> event.getDecimal(event.fieldIndex("bid_price")).toPlainString())
        .containsExactlyInAnyOrder("0.0005", "12.5000", "2.0000");
    assertThat(reasons(with("bid_price", "1.23456E-3"), with("bid_price", "1E9")))
        .containsExactly(List.of("unparsable:bid_price"), List.of("unparsable:bid_price"));
  }

  @Test
  void rejectsWhatIsOfNoKnownKind() {
    assertThat(
            reasons(
                with("event_type", "view"),
                with("device_type", "tv"),
                with("os", "BeOS"),
                with("browser", "Mosaic"),
                with("country", "kr"),
                with("age_group", "17"),
                with("gender", "X")))
        .containsExactly(
            List.of("event_type_known"),
            List.of("device_type_known"),
            List.of("os_known"),
            List.of("browser_known"),
            List.of("country_known"),
            List.of("age_group_known"),
            List.of("gender_known"));
  }

  @Test
  void rejectsWhatLacksAValue() {
    assertThat(
            reasons(
                with("user_id", null),
                with("campaign_id", null),
                with("ad_id", null),
                with("timestamp", null),
                with("event_type", null),
                with("gender", null),
                with("cost", null)))
        .containsExactly(
            List.of("missing:user_id"),
            List.of("missing:campaign_id"),
            List.of("missing:ad_id"),
            List.of("missing:occurred_at", "no-date"),
            List.of("missing:event_type"),
            List.of("missing:gender"),
            List.of("missing:cost"));
  }

  @Test
  void rejectsMoneyOutOfBounds() {
    assertThat(
            reasons(
                with("bid_price", "100.0001"),
                with("bid_price", "-0.0001"),
                with("cost", "-1"),
                with("revenue", "-1"),
                with("cost", "free")))
        .containsExactly(
            List.of("bid_price_plausible"),
            List.of("bid_price_plausible"),
            List.of("cost_not_negative"),
            List.of("revenue_not_negative"),
            List.of("unparsable:cost"));
  }

  @Test
  void keepsBidsThatOnlyFraudMakes() {
    assertThat(published(with("bid_price", "10.5"), with("bid_price", "100"))).hasSize(2);
  }

  @Test
  void keepsAnEventWithoutACity() {
    assertThat(published(with("city", null))).hasSize(1);
  }

  @Test
  void takesEventsThatAreTwoDaysLateAndNoLater() {
    assertThat(
            reasons(
                with("timestamp", "2024-03-07T23:59:59Z"),
                with("timestamp", "2024-03-11T00:00:00Z")))
        .containsExactly(List.of("too-late"), List.of("future"));
    assertThat(draft(DAY.minusDays(2), with("timestamp", "2024-03-08T00:00:00Z")).rows().count())
        .isEqualTo(1);
  }

  @Test
  void countsAnEventThatRepeatsAnother() {
    Draft draft = draft(DAY, event(), event(), with("ad_id", "a2"));
    Dataset<Row> rows = draft.audit().mark(draft.rows());

    assertThat(rows.where("_duplicate").count()).isEqualTo(1);
    assertThat(rows.where("NOT _duplicate").select("event_id").distinct().count()).isEqualTo(2);
  }

  @Test
  void identifiesAnEventByWhatWasReceivedEachTimeTheSame() {
    Dataset<Row> once = draft(DAY, event()).rows();
    Dataset<Row> again = draft(DAY, with("ad_id", "a2"), event()).rows();

    assertThat(again.select("event_id").collectAsList()).contains(once.select("event_id").first());
  }

  private static Map<String, String> event() {
    Map<String, String> event = new LinkedHashMap<>();
    event.put("user_id", "u1");
    event.put("campaign_id", "c1");
    event.put("ad_id", "a1");
    event.put("timestamp", "2024-03-10 09:00:00.5");
    event.put("event_type", "click");
    event.put("device_type", "mobile");
    event.put("os", "iOS");
    event.put("browser", "Safari");
    event.put("country", "KR");
    event.put("city", "Seoul");
    event.put("age_group", "18-24");
    event.put("gender", "F");
    event.put("bid_price", "1.25");
    event.put("cost", "0.1");
    event.put("revenue", "0.0");
    return event;
  }

  private static Map<String, String> with(String column, String value) {
    Map<String, String> event = event();
    event.put(column, value);
    return event;
  }

  @SafeVarargs
  private List<Row> published(Map<String, String>... events) {
    Draft draft = draft(DAY, events);
    return Audited.of(draft).published();
  }

  /** Why each event was rejected. */
  @SafeVarargs
  private List<List<String>> reasons(Map<String, String>... events) {
    Draft draft = draft(DAY, events);
    List<List<String>> reasons =
        Audited.of(draft).rejected().stream().map(Audited.Rejected::reasons).toList();
    assertThat(reasons).hasSize(events.length);
    return reasons;
  }

  @SafeVarargs
  private Draft draft(LocalDate day, Map<String, String>... events) {
    return cleansing.draft(bronze(events), day, List.of());
  }

  @SafeVarargs
  private Dataset<Row> bronze(Map<String, String>... events) {
    String columns =
        event().keySet().stream()
            .map(name -> "`" + name + "` string, ")
            .collect(Collectors.joining());
    StructType raw =
        StructType.fromDDL(
            "landing_date date, "
                + columns
                + "_file string, _checksum string, _position bigint, _malformed string, _raw binary");
    List<Row> rows =
        IntStream.range(0, events.length)
            .mapToObj(
                i ->
                    RowFactory.create(
                        Stream.of(
                                Stream.<Object>of(Date.valueOf(DAY)),
                                events[i].values().stream().map(Object.class::cast),
                                Stream.<Object>of("f.json", "c", i + 1L, null, null))
                            .flatMap(each -> each)
                            .toArray()))
            .toList();
    return spark.createDataFrame(rows, raw);
  }
}
