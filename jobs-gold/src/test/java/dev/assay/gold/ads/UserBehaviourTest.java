package dev.assay.gold.ads;

import static dev.assay.gold.ads.AdEvent.click;
import static dev.assay.gold.ads.AdEvent.conversion;
import static dev.assay.gold.ads.AdEvent.impression;
import static dev.assay.gold.ads.AdsPipeline.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class UserBehaviourTest {
  private static final String MORNING = "2024-03-10T09:00:00";

  private final AdsPipeline ads = new AdsPipeline(Map.of());

  @Test
  void aUserIsSummedUpOverTheWindow() {
    Dataset<Row> users =
        ads.mart(
            "user_behaviour",
            impression("u1", "c1", MORNING).costing("0.1"),
            impression("u1", "c2", "2024-02-10T00:00:00").ofAd("a2").costing("0.2"),
            click("u1", "c1", MORNING).costing("0.5").earning("9"),
            conversion("u1", "c1", MORNING).costing("0.0001").earning("20.5"),
            impression("u1", "c3", "2024-02-09T23:59:59").ofAd("a3").costing("9"));

    assertThat(
            texts(
                users,
                "as_of",
                "user_id",
                "sessions",
                "total_events",
                "impressions",
                "clicks",
                "conversions",
                "campaigns",
                "ads",
                "cost",
                "revenue"))
        .containsExactly("2024-03-10 u1 2 4 2 1 1 2 2 0.8001 20.5000");
  }

  @Test
  void exactlyThirtyMinutesAreStillTheSameSession() {
    assertThat(sessions(MORNING, "2024-03-10T09:30:00")).isEqualTo(1);
    assertThat(sessions(MORNING, "2024-03-10T09:30:00.000001")).isEqualTo(2);
  }

  @Test
  void aGapCountsFromTheEventBeforeAndNotFromTheSessionsFirst() {
    assertThat(sessions(MORNING, "2024-03-10T09:20:00", "2024-03-10T09:40:00")).isEqualTo(1);
  }

  @Test
  void aSessionGoesOnAcrossMidnight() {
    assertThat(sessions("2024-03-09T23:50:00", "2024-03-10T00:10:00")).isEqualTo(1);
    assertThat(sessions("2024-03-09T23:50:00", "2024-03-10T00:21:00")).isEqualTo(2);
  }

  @Test
  void oneEventIsASession() {
    assertThat(sessions(MORNING)).isEqualTo(1);
  }

  @Test
  void eventsOfOneInstantAreOneSession() {
    assertThat(sessions(MORNING, MORNING, MORNING)).isEqualTo(1);
  }

  @Test
  void anEventThatCameLateJoinsTheSessionsThatItLiesBetween() {
    assertThat(sessions(MORNING, "2024-03-10T09:50:00")).isEqualTo(2);
    assertThat(sessions(MORNING, "2024-03-10T09:50:00", "2024-03-10T09:25:00")).isEqualTo(1);
  }

  @Test
  void usersHaveSessionsOfTheirOwn() {
    Dataset<Row> users =
        ads.mart(
            "user_behaviour",
            impression("u1", "c1", MORNING),
            impression("u2", "c1", "2024-03-10T09:40:00"),
            impression("u1", "c1", "2024-03-10T09:20:00"));

    assertThat(texts(users, "user_id", "sessions")).containsExactlyInAnyOrder("u1 1", "u2 1");
  }

  @Test
  void whatAUserIsMostOftenCountsAndTiesGoByName() {
    Dataset<Row> users =
        ads.mart(
            "user_behaviour",
            impression("u1", "c1", MORNING).by("tablet", "US", "45+", "M"),
            impression("u1", "c1", MORNING).by("desktop", "US", "45+", "F"),
            impression("u1", "c1", MORNING).by("mobile", "CN", "18-24", "M"),
            impression("u1", "c1", MORNING).by("tablet", "CN", "35-44", "F"),
            impression("u1", "c1", MORNING).by("mobile", "JP", "25-34", "M"));

    assertThat(texts(users, "device_type", "country", "age_group", "gender"))
        .containsExactly("mobile CN 45+ M");
  }

  @Test
  void theFirstSegmentThatHoldsNamesAUser() {
    assertThat(segment(0, 11, 6, "100.0001")).isEqualTo("High Value");
    assertThat(segment(0, 11, 6, "100")).isEqualTo("Active Converter");
    assertThat(segment(0, 11, 5, "500")).isEqualTo("Active Converter");
    assertThat(segment(0, 10, 5, "500")).isEqualTo("Low Engagement");
    assertThat(segment(51, 21, 1, "1")).isEqualTo("Active Converter");
    assertThat(segment(51, 21, 0, "0")).isEqualTo("Active Clicker");
    assertThat(segment(51, 20, 0, "0")).isEqualTo("Viewer");
    assertThat(segment(50, 20, 0, "0")).isEqualTo("Low Engagement");
  }

  @Test
  void segmentsThatLeaveAUserWithoutOneAreRefused() {
    assertThat(refusal("segments", "[{ name = Viewer, over { impressions = 50 } }]"))
        .hasMessageContaining("the last of the segments of ads.user_behaviour must hold");
  }

  @Test
  void aSegmentOfAFigureThatThereIsNotIsRefused() {
    assertThat(refusal("segments", "[{ name = Viewer, over { views = 50 } }, { name = Other }]"))
        .hasMessageContaining("views")
        .hasMessageContaining("impressions");
  }

  @Test
  void aSessionGapThatIsNoDurationIsRefused() {
    assertThat(refusal("session-gap", "soon"))
        .hasMessageContaining("session-gap of ads.user_behaviour is no duration");
    assertThat(refusal("session-gap", "0 minutes"))
        .hasMessageContaining("is not more than nothing");
  }

  private static AssayException refusal(String parameter, String value) {
    AdsPipeline changed =
        new AdsPipeline(Map.of("pipeline.tables.user_behaviour.parameters." + parameter, value));
    AssayException refusal =
        catchThrowableOfType(
            AssayException.class,
            () -> changed.mart("user_behaviour", impression("u1", "c1", MORNING)));
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    return refusal;
  }

  private long sessions(String... times) {
    AdEvent[] events =
        Stream.of(times).map(at -> impression("u1", "c1", at)).toArray(AdEvent[]::new);
    List<Row> users = ads.mart("user_behaviour", events).select("sessions").collectAsList();
    assertThat(users).hasSize(1);
    return users.get(0).getLong(0);
  }

  private String segment(int impressions, int clicks, int conversions, String revenue) {
    Stream<AdEvent> events =
        Stream.of(
                times(impressions, () -> impression("u1", "c1", MORNING)),
                times(clicks, () -> click("u1", "c1", MORNING)),
                times(Math.max(conversions - 1, 0), () -> conversion("u1", "c1", MORNING)),
                times(
                    Math.min(conversions, 1),
                    () -> conversion("u1", "c1", MORNING).earning(revenue)))
            .flatMap(each -> each);
    return ads.mart("user_behaviour", events.toArray(AdEvent[]::new))
        .select("segment")
        .first()
        .getString(0);
  }

  private static Stream<AdEvent> times(int count, Supplier<AdEvent> event) {
    return Stream.generate(event).limit(count);
  }
}
