package dev.assay.gold.ads;

import static dev.assay.gold.ads.AdEvent.click;
import static dev.assay.gold.ads.AdsPipeline.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.Derivation;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuspiciousActivityTest {
  private static final String[] COLUMNS = {
    "minute", "user_id", "campaign_id", "events", "distinct_ads", "avg_bid_price", "fraud_score"
  };

  private final SparkSession spark = TestSpark.session();
  private final AdsPipeline ads = new AdsPipeline(Map.of());
  @TempDir private Path folder;

  @Test
  void moreThanAHundredEventsAMinuteAreSuspicious() {
    assertThat(found(times(101, i -> at("09:00:30").ofAd("a" + i))))
        .containsExactly("2024-03-10 09:00:00.0 u1 c1 101 101 1.00000000 0.9");
    assertThat(found(times(100, i -> at("09:00:30").ofAd("a" + i)))).isEmpty();
  }

  @Test
  void oneAdAgainAndAgainIsSuspiciousFromTenEventsOn() {
    assertThat(found(times(10, i -> at("09:00:30"))))
        .containsExactly("2024-03-10 09:00:00.0 u1 c1 10 1 1.00000000 0.7");
    assertThat(found(times(9, i -> at("09:00:30")))).isEmpty();
    assertThat(found(times(10, i -> at("09:00:30").ofAd("a" + i % 2)))).isEmpty();
  }

  @Test
  void aMeanBidOverTenIsSuspicious() {
    assertThat(found(at("09:00:30").bidding("10.5"), at("09:00:31").bidding("9.5001")))
        .containsExactly("2024-03-10 09:00:00.0 u1 c1 2 1 10.00005000 0.6");
    assertThat(found(at("09:00:30").bidding("10.5"), at("09:00:31").bidding("9.5"))).isEmpty();
  }

  @Test
  void theFirstKindThatHoldsScores() {
    assertThat(scores(times(101, i -> at("09:00:30").bidding("20")))).containsExactly("0.9");
    assertThat(scores(times(10, i -> at("09:00:30").bidding("20")))).containsExactly("0.7");
    assertThat(scores(times(9, i -> at("09:00:30").bidding("20")))).containsExactly("0.6");
  }

  @Test
  void minutesUsersAndCampaignsAreLookedAtApart() {
    AdEvent[] events =
        Stream.of(
                times(5, i -> at("09:00:59.999999")),
                times(5, i -> at("09:01:00")),
                times(5, i -> click("u2", "c1", "2024-03-10T09:00:00")),
                times(5, i -> click("u1", "c2", "2024-03-10T09:00:00")))
            .flatMap(Stream::of)
            .toArray(AdEvent[]::new);

    assertThat(found(events)).isEmpty();
  }

  @Test
  void aStreamMakesTheSameRows() throws Exception {
    AdEvent[] events =
        Stream.of(
                times(101, i -> at("09:00:30").ofAd("a" + i)),
                times(10, i -> at("09:05:00")),
                times(2, i -> at("09:06:00").bidding("11")),
                times(2, i -> at("09:07:00")))
            .flatMap(Stream::of)
            .toArray(AdEvent[]::new);
    ads.rows(events).write().parquet(folder.resolve("events/1").toString());
    // What is over by the watermark is told when later events have come.
    ads.rows(at("10:00:00")).write().parquet(folder.resolve("events/2").toString());
    Dataset<Row> stream =
        spark
            .readStream()
            .schema(AdEvent.SILVER)
            .option("maxFilesPerTrigger", 1)
            .option("recursiveFileLookup", true)
            .parquet(folder.resolve("events").toString())
            .withWatermark("occurred_at", "5 minutes");

    StreamingQuery query =
        SuspiciousActivity.suspicious(stream, scores())
            .writeStream()
            .format("memory")
            .queryName("suspicious")
            .option("checkpointLocation", folder.resolve("checkpoint").toString())
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();

    assertThat(texts(spark.table("suspicious"), COLUMNS))
        .containsExactlyInAnyOrderElementsOf(found(events))
        .hasSize(3);
  }

  @Test
  void scoresWithoutALimitAreRefused() {
    AdsPipeline changed =
        new AdsPipeline(Map.of("pipeline.tables.suspicious_activity.parameters.kept-over", "most"));

    AssayException refusal =
        catchThrowableOfType(
            AssayException.class, () -> changed.mart("suspicious_activity", at("09:00:00")));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal).hasMessageContaining("kept-over of ads.suspicious_activity is no number");
  }

  private FraudScores scores() {
    Derivation.Computed computed =
        (Derivation.Computed) ads.contract("suspicious_activity").derivation();
    return FraudScores.from(ads.contract("suspicious_activity").name(), computed.parameters());
  }

  private List<String> found(AdEvent... events) {
    return texts(ads.mart("suspicious_activity", events), COLUMNS);
  }

  private List<String> scores(AdEvent... events) {
    return texts(ads.mart("suspicious_activity", events), "fraud_score");
  }

  private static AdEvent at(String time) {
    return click("u1", "c1", "2024-03-10T" + time);
  }

  private static AdEvent[] times(int count, IntFunction<AdEvent> event) {
    return IntStream.range(0, count).mapToObj(event).toArray(AdEvent[]::new);
  }
}
