package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.testing.TestConf;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What conf says of a feed, and what follows for its tables. */
class FeedConfigTest {
  private static final String SHOP =
      """
      pipeline {
        name = shop
        description = "A shop."
        owner = us
        start = 2020-01-01
        feeds.orders {
          files = ${landing}"/shop/{date}.csv"
          columns = [Id, "Price (pounds)"]
        }
        tables {
          orders_raw { stage = bronze, description = "As received.", feed = orders }
          orders {
            stage = silver
            description = "An order."
            source = orders_raw
            columns = [{ name = at, type = date, from = Id, comment = "When." }]
          }
        }
      }
      """;

  private static final Map<String, String> DATED =
      Map.of("pipeline.tables.orders.event-time", "at");

  @TempDir private Path folder;

  @Test
  void statesTheDefaults() {
    FeedConfig feed = conf().load(DATED).pipeline().feed("orders");

    assertThat(feed.format()).isEqualTo(FeedFormat.BY_NAME);
    assertThat(feed.header()).isTrue();
    assertThat(feed.drift()).isEqualTo(Drift.REFUSE);
    assertThat(feed.snapshot()).isFalse();
  }

  @Test
  void readsHowFilesAreWritten() {
    FeedConfig feed =
        conf()
            .load(
                Map.of(
                    "pipeline.tables.orders.event-time", "at",
                    "pipeline.feeds.orders.format", "json",
                    "pipeline.feeds.orders.header", "false",
                    "pipeline.feeds.orders.drift", "add"))
            .pipeline()
            .feed("orders");

    assertThat(feed.format()).isEqualTo(FeedFormat.JSON);
    assertThat(feed.header()).isFalse();
    assertThat(feed.drift()).isEqualTo(Drift.ADD);
  }

  @Test
  void callsAColumnAsATableCan() {
    PipelineConfig pipeline = conf().load(DATED).pipeline();

    assertThat(pipeline.feed("orders").columns()).containsExactly("Id", "Price__pounds_");
    assertThat(pipeline.table("orders_raw").columns())
        .extracting(ColumnContract::name)
        .contains("Price__pounds_");
  }

  @Test
  void givesTheTableAColumnForWhatIsSetAside() {
    TableContract contract =
        conf()
            .load(
                Map.of(
                    "pipeline.tables.orders.event-time", "at",
                    "pipeline.feeds.orders.drift", "rescue"))
            .pipeline()
            .table("orders_raw");

    assertThat(contract.columns())
        .extracting(ColumnContract::name)
        .endsWith("_malformed", "_raw", "_rescued");
  }

  @Test
  void partitionsTheSilverTableOfASnapshotByItsDay() {
    PipelineConfig pipeline =
        conf().load(Map.of("pipeline.feeds.orders.snapshot", "true")).pipeline();

    assertThat(pipeline.feed("orders").snapshot()).isTrue();
    assertThat(pipeline.table("orders").partition()).isEqualTo("as_of");
    assertThat(pipeline.table("orders").columns().get(0).name()).isEqualTo("as_of");
  }

  @Test
  void refusesASnapshotWithEventsAndAnyOtherFeedWithoutThem() {
    TestConf conf = conf();

    assertThat(
            refusal(
                conf,
                Map.of(
                    "pipeline.feeds.orders.snapshot", "true",
                    "pipeline.feeds.orders.allowed-lateness-days", "1",
                    "pipeline.tables.orders.event-time", "at")))
        .hasMessageContaining("a snapshot is of the day it lands on; leave it out, or 0")
        .hasMessageContaining("feed orders is a snapshot, whose rows are of its day; leave it out");
    assertThat(refusal(conf, Map.of()))
        .hasMessageContaining("orders.event-time: is missing; name the column whose day a row is");
  }

  private TestConf conf() {
    return TestConf.in(folder, "shop", SHOP);
  }

  private static AssayException refusal(TestConf conf, Map<String, String> overrides) {
    return catchThrowableOfType(AssayException.class, () -> conf.load(overrides));
  }
}
