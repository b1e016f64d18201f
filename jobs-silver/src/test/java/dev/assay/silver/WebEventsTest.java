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
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What conf/web.conf says of visitors' events. */
class WebEventsTest {
  private static final LocalDate DAY = LocalDate.of(2024, 3, 10);

  private final SparkSession spark = TestSpark.session();
  private final PipelineConfig pipeline =
      ConfigLoader.load(
              new ConfigSource(
                  Path.of(System.getProperty("assay.home"), "conf"),
                  "embedded",
                  "web",
                  Map.of(),
                  Map.of()))
          .pipeline();
  private final TableContract contract = pipeline.table("web_events");
  private final Cleansing cleansing =
      new Cleansing(contract, pipeline.feed("user_events"), "landing_date");

  @Test
  void typesAnEvent() {
    assertThat(published(event()))
        .containsExactly(
            "2024-03-10 e1 u1 2024-03-10 09:00:00.5 purchase /thanks https://a.example/ crm email"
                + " spring mobile 9.9900 0.1000 search");
  }

  @Test
  void whatAnEventNeedNotHaveIsNullAndMoneyIsNothing() {
    Map<String, @Nullable String> event = event();
    List.of("page", "referrer", "utm_source", "utm_medium", "utm_campaign", "feature")
        .forEach(column -> event.put(column, ""));
    event.put("revenue", null);
    event.put("cost", "");

    assertThat(published(event))
        .containsExactly(
            "2024-03-10 e1 u1 2024-03-10 09:00:00.5 purchase null null null null null mobile"
                + " 0.0000 0.0000 null");
  }

  @Test
  void rejectsWhatIsOfNoKnownKindOrOutOfBounds() {
    assertThat(
            reasons(
                List.of(
                    with("event_type", "look"),
                    with("device_type", "watch"),
                    with("revenue", "-0.01"),
                    with("cost", "-1"),
                    with("cost", "free"),
                    with("user_id", null),
                    with("timestamp", "n/a"))))
        .containsExactly(
            List.of("event_type_known", "revenue_of_conversions"),
            List.of("device_type_known"),
            List.of("revenue_not_negative"),
            List.of("cost_not_negative"),
            List.of("unparsable:cost"),
            List.of("missing:user_id"),
            List.of("unparsable:occurred_at", "no-date"));
  }

  @Test
  void takesEventsThatAreTwoDaysLateAndNoLater() {
    assertThat(
            reasons(
                List.of(
                    with("timestamp", "2024-03-07 23:59:59"),
                    with("timestamp", "2024-03-11 00:00:00"))))
        .containsExactly(List.of("too-late"), List.of("future"));
  }

  @Test
  void anEventThatRepeatsAnotherIsCountedAndOneThatContradictsItIsRejected() {
    Draft draft = draft(List.of(event(), event(), with("page", "/other")));
    Audited audited = Audited.of(draft);

    assertThat(audited.report().rows().duplicates()).isEqualTo(1);
    assertThat(audited.published()).hasSize(1);
    assertThat(audited.rejected()).hasSize(1);
    assertThat(audited.rejected().get(0).reasons()).containsExactly("event_once");
  }

  @Test
  void anEventDoesNotRepeatOneThatHasTheSameTextInAnotherColumn() {
    Map<String, @Nullable String> event = event();
    event.put("page", "/thanks");
    event.put("referrer", null);
    Map<String, @Nullable String> other = event();
    other.put("page", null);
    other.put("referrer", "/thanks");

    Audited audited = Audited.of(draft(List.of(event, other)));

    assertThat(audited.report().rows().duplicates()).isZero();
    assertThat(audited.rejected()).hasSize(1);
    assertThat(audited.rejected().get(0).reasons()).containsExactly("event_once");
  }

  private static Map<String, @Nullable String> event() {
    Map<String, @Nullable String> event = new LinkedHashMap<>();
    event.put("event_id", "e1");
    event.put("user_id", "u1");
    event.put("event_type", "purchase");
    event.put("page", "/thanks");
    event.put("referrer", "https://a.example/");
    event.put("utm_source", "crm");
    event.put("utm_medium", "email");
    event.put("utm_campaign", "spring");
    event.put("device_type", "mobile");
    event.put("timestamp", "2024-03-10 09:00:00.5");
    event.put("revenue", "9.99");
    event.put("cost", "0.1");
    event.put("feature", "search");
    return event;
  }

  private static Map<String, @Nullable String> with(String column, @Nullable String value) {
    Map<String, @Nullable String> event = event();
    event.put("event_id", column + value);
    event.put(column, value);
    if (column.equals("page")) {
      event.put("event_id", "e1");
    }
    return event;
  }

  private List<String> published(Map<String, @Nullable String> event) {
    Draft draft = draft(List.of(event));
    return Audited.of(draft).published().stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> String.valueOf(row.get(i)))
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  /** Why each event was rejected. */
  private List<List<String>> reasons(List<Map<String, @Nullable String>> events) {
    Draft draft = draft(events);
    List<List<String>> reasons =
        Audited.of(draft).rejected().stream().map(Audited.Rejected::reasons).toList();
    assertThat(reasons).hasSize(events.size());
    return reasons;
  }

  private Draft draft(List<Map<String, @Nullable String>> events) {
    return cleansing.draft(bronze(events), DAY, List.of());
  }

  private Dataset<Row> bronze(List<Map<String, @Nullable String>> events) {
    String columns =
        event().keySet().stream()
            .map(name -> "`" + name + "` string, ")
            .collect(Collectors.joining());
    StructType raw =
        StructType.fromDDL(
            "landing_date date, "
                + columns
                + "_file string, _checksum string, _position bigint, _malformed string, _raw binary");
    List<Row> rows = new ArrayList<>();
    for (Map<String, @Nullable String> event : events) {
      List<@Nullable Object> values = new ArrayList<>();
      values.add(Date.valueOf(DAY));
      values.addAll(event.values());
      Collections.addAll(values, "f.csv", "c", rows.size() + 1L, null, null);
      rows.add(RowFactory.create(values.toArray()));
    }
    return spark.createDataFrame(rows, raw);
  }
}
