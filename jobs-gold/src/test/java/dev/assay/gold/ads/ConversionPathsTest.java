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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ConversionPathsTest {
  private static final String NOON = "2024-03-10T12:00:00";

  private final AdsPipeline ads = new AdsPipeline(Map.of());

  @Test
  void aConversionHasItsUsersTouchpointsInTheOrderOfTime() {
    Dataset<Row> paths =
        ads.mart(
            "conversion_paths",
            click("u1", "c1", "2024-03-10T11:30:00").ofAd("a2"),
            impression("u1", "c1", "2024-03-10T10:30:00").ofAd("a2"),
            impression("u2", "c1", "2024-03-10T10:30:00"),
            conversion("u1", "c1", NOON).named("k").ofAd("a2").earning("20.5"));

    assertThat(
            texts(
                paths.orderBy("position"),
                "day",
                "conversion_id",
                "user_id",
                "converted_at",
                "revenue",
                "position",
                "touchpoints",
                "campaign_id",
                "ad_id",
                "type",
                "touched_at",
                "hours_before_conversion"))
        .containsExactly(
            "2024-03-10 k u1 2024-03-10 12:00:00.0 20.5000 1 2 c1 a2 impression"
                + " 2024-03-10 10:30:00.0 1.5",
            "2024-03-10 k u1 2024-03-10 12:00:00.0 20.5000 2 2 c1 a2 click"
                + " 2024-03-10 11:30:00.0 0.5");
  }

  @Test
  void aConversionWithoutTouchpointsHasOneRowOfPositionZero() {
    Dataset<Row> paths =
        ads.mart("conversion_paths", conversion("u1", "c1", NOON).named("k").earning("7"));

    assertThat(
            texts(
                paths,
                "conversion_id",
                "revenue",
                "position",
                "touchpoints",
                "campaign_id",
                "ad_id",
                "type",
                "touched_at",
                "hours_before_conversion"))
        .containsExactly("k 7.0000 0 0 null null null null null");
  }

  @Test
  void aPathGoesBackAcrossMidnightExactlyTwentyFourHours() {
    assertThat(
            path(
                impression("u1", "exactly", "2024-03-09T12:00:00"),
                impression("u1", "longer", "2024-03-09T11:59:59.999999"),
                conversion("u1", "c1", NOON).named("k")))
        .containsExactly("k 1 1 exactly 24.0");
  }

  @Test
  void touchpointsOfTheConversionsInstantCountAndOneAfterItDoesNot() {
    assertThat(
            path(
                click("u1", "at once", NOON),
                click("u1", "after", "2024-03-10T12:00:00.000001"),
                conversion("u1", "c1", NOON).named("k")))
        .containsExactly("k 1 1 at once 0.0");
  }

  @Test
  void touchpointsOfOneInstantAreOrderedByEvent() {
    assertThat(
            path(
                click("u1", "second", "2024-03-10T11:00:00").named("e2"),
                click("u1", "first", "2024-03-10T11:00:00").named("e1"),
                conversion("u1", "c1", NOON).named("k")))
        .containsExactly("k 1 2 first 1.0", "k 2 2 second 1.0");
  }

  @Test
  void conversionsOfOneInstantHaveAPathEach() {
    assertThat(
            path(
                click("u1", "c1", "2024-03-10T11:00:00"),
                conversion("u1", "c1", NOON).named("k1"),
                conversion("u1", "c2", NOON).named("k2")))
        .containsExactly("k1 1 1 c1 1.0", "k2 1 1 c1 1.0");
  }

  @Test
  void anotherConversionIsNoTouchpointAndEndsNoPath() {
    assertThat(
            path(
                click("u1", "c1", "2024-03-10T10:00:00"),
                conversion("u1", "c1", "2024-03-10T11:00:00").named("k1"),
                click("u1", "c2", "2024-03-10T11:30:00"),
                conversion("u1", "c2", NOON).named("k2")))
        .containsExactly("k1 1 1 c1 1.0", "k2 1 2 c1 2.0", "k2 2 2 c2 0.5");
  }

  @Test
  void aCampaignThatTouchesAgainIsThereAgain() {
    assertThat(
            path(
                impression("u1", "c1", "2024-03-10T10:00:00"),
                impression("u1", "c2", "2024-03-10T10:30:00"),
                click("u1", "c1", "2024-03-10T11:00:00"),
                conversion("u1", "c1", NOON).named("k")))
        .containsExactly("k 1 3 c1 2.0", "k 2 3 c2 1.5", "k 3 3 c1 1.0");
  }

  @Test
  void conversionsOfTheDayBeforeAreItsOwn() {
    assertThat(
            path(
                click("u1", "c1", "2024-03-09T22:00:00"),
                conversion("u1", "c1", "2024-03-09T23:00:00").named("before"),
                conversion("u1", "c1", "2024-03-10T00:00:00").named("k")))
        .containsExactly("k 1 1 c1 2.0");
  }

  @Test
  void aLookBackOverMoreDaysThanAreReadIsRefused() {
    AdsPipeline changed =
        new AdsPipeline(
            Map.of("pipeline.tables.conversion_paths.parameters.look-back", "25 hours"));

    AssayException refusal =
        catchThrowableOfType(
            AssayException.class,
            () -> changed.mart("conversion_paths", conversion("u1", "c1", NOON)));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("raise look-back-days");
  }

  private List<String> path(AdEvent... events) {
    return texts(
        ads.mart("conversion_paths", events).orderBy("conversion_id", "position"),
        "conversion_id",
        "position",
        "touchpoints",
        "campaign_id",
        "hours_before_conversion");
  }
}
