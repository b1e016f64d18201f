package dev.assay.config;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.checks.RowCheck;
import dev.assay.checks.Severity;
import dev.assay.checks.TableDayCheck;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.testing.TestConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  private static final Path CONF = Path.of(System.getProperty("assay.home"), "conf");

  private static final String SHOP =
      """
      pipeline {
        name = shop
        description = "A shop."
        owner = us
        start = 2020-01-01
        feeds.orders {
          files = ${landing}"/shop/{date}.csv"
          columns = [Id, Price]
        }
        tables {
          orders_raw { stage = bronze, description = "As received.", feed = orders }
          orders {
            stage = silver
            description = "An order."
            source = orders_raw
            event-time = at
            columns = [
              { name = at, type = timestamp, from = Id, comment = "When." }
              { name = price, type = "decimal(12,4)", from = Price, comment = "Pounds." }
            ]
            checks {
              some { check = row-count, min = 1, severity = fail }
            }
          }
        }
      }
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeConf() {
    TestConf.in(folder.resolve("conf"), "shop", SHOP);
  }

  @Test
  void statesEveryDefault() {
    AssayConfig config = load(Map.of(), Map.of());

    assertThat(config.environment()).isEqualTo("embedded");
    String home = real(folder).toString();
    assertThat(config.lake())
        .isEqualTo(
            new LakeConfig(
                home + "/.lake", home + "/.lake/landing", Duration.ofDays(30), Duration.ofDays(7)));
    assertThat(config.store())
        .isEqualTo(
            new StoreConfig(
                null, "us-east-1", true, Duration.ofSeconds(5), Duration.ofSeconds(60), 4, null));
    assertThat(config.session().master()).isEqualTo("local[*]");
    assertThat(config.session().sizes()).containsOnlyKeys(StageSize.SMALL, StageSize.LARGE);
    FeedConfig feed = config.pipeline().feed("orders");
    assertThat(feed.files()).isEqualTo(config.lake().landing() + "/shop/{date}.csv");
    assertThat(feed.delimiter()).isEqualTo(',');
    assertThat(feed.quote()).isEqualTo('"');
    assertThat(feed.finalNewline()).isTrue();
    assertThat(feed.allowedLatenessDays()).isZero();
    assertThat(feed.requiredOn()).isEmpty();
    assertThat(feed.arrivesWithin()).isEqualTo(Duration.ofHours(6));
    assertThat(config.pipeline().stages().get(Stage.GOLD))
        .isEqualTo(new StageConfig(StageSize.SMALL, Duration.ofHours(1), 2));
  }

  @Test
  void givesABronzeTableTheFeedsColumnsAndWhereEachRowCameFrom() {
    TableContract contract = load(Map.of(), Map.of()).pipeline().table("orders_raw");

    assertThat(contract.columns())
        .extracting(column -> column.name() + " " + column.type())
        .containsExactly(
            "landing_date date",
            "Id string",
            "Price string",
            "_file string",
            "_checksum string",
            "_position bigint",
            "_malformed string",
            "_raw binary");
  }

  @Test
  void readsEveryKeyOfAFeedAndAStage() {
    AssayConfig config =
        load(
            Map.of(
                "pipeline.feeds.orders.delimiter", ";",
                "pipeline.feeds.orders.quote", "'",
                "pipeline.feeds.orders.final-newline", "false",
                "pipeline.feeds.orders.allowed-lateness-days", "3",
                "pipeline.feeds.orders.required-on", "[monday, friday]",
                "pipeline.feeds.orders.arrives-within", "90 minutes",
                "pipeline.stages.silver", "{ size = large, timeout = 2 hours, retries = 5 }"),
            Map.of());

    FeedConfig feed = config.pipeline().feed("orders");
    assertThat(feed.delimiter()).isEqualTo(';');
    assertThat(feed.quote()).isEqualTo('\'');
    assertThat(feed.finalNewline()).isFalse();
    assertThat(feed.allowedLatenessDays()).isEqualTo(3);
    assertThat(feed.requiredOn()).containsExactly(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    assertThat(feed.arrivesWithin()).isEqualTo(Duration.ofMinutes(90));
    assertThat(config.pipeline().stages().get(Stage.SILVER))
        .isEqualTo(new StageConfig(StageSize.LARGE, Duration.ofHours(2), 5));
  }

  @Test
  void readsByWhenATableMustBePublished() {
    PipelineConfig pipeline =
        load(Map.of("pipeline.tables.orders.deadline", "90 minutes"), Map.of()).pipeline();

    assertThat(pipeline.table("orders").deadline()).isEqualTo(Duration.ofMinutes(90));
    assertThat(pipeline.table("orders_raw").deadline()).isNull();
  }

  @Test
  void letsTheCommandLineOverrideTheEnvironmentAndThatTheFiles() {
    AssayConfig config =
        load(
            Map.of("lake", "/from/flag"),
            Map.of("ASSAY_LAKE", "s3a://from/variable", "ASSAY_LANDING", "/inbox"));

    assertThat(config.lake().root()).isEqualTo("/from/flag");
    assertThat(config.lake().landing()).isEqualTo("/inbox");
    assertThat(load(Map.of(), Map.of("ASSAY_LAKE", "s3a://lake/x")).lake().landing())
        .isEqualTo("s3a://lake/x/landing");
  }

  @Test
  void reportsEveryProblemAtOnceWithFileAndLine() throws IOException {
    Files.writeString(
        folder.resolve("conf/shop.conf"),
        SHOP.replace("owner = us", "ownr = us")
            .replace("decimal(12,4)", "money")
            .replace("min = 1, severity = fail", "min = 1, severity = quarantine")
            .replace("event-time = at", "event-time = when"));

    AssayException refusal = refusal(Map.of());

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal.message())
        .startsWith("the configuration has 5 problems:")
        .contains("conf/shop.conf:4: pipeline.ownr: is not a known key; did you mean 'owner'?")
        .contains("pipeline.owner: is missing")
        .contains("conf/shop.conf:19: pipeline.tables.orders.columns[1].type: 'money' is no type")
        .contains("conf/shop.conf:22: pipeline.tables.orders.checks.some.severity:")
        .contains("conf/shop.conf:16: pipeline.tables.orders.event-time: 'when' is not there");
  }

  @Test
  void refusesToForgetRowsBeforeTheyAreRead() {
    assertThat(
            refusal(
                Map.of(
                    "pipeline.tables.orders_raw.retention", "2 days",
                    "pipeline.feeds.orders.allowed-lateness-days", "2")))
        .hasMessageContaining("2 days is less than the 3 that shop.orders is made from");
  }

  @Test
  void saysWhereADeadlineIsWrong() throws IOException {
    Files.writeString(
        folder.resolve("conf/shop.conf"),
        SHOP.replace("event-time = at", "event-time = at, deadline = 6"));

    assertThat(refusal(Map.of()))
        .hasMessageContaining(
            "conf/shop.conf:16: pipeline.tables.orders.deadline: a duration needs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pipeline.feeds.orders.arrives-within|6|a duration needs a unit",
        "pipeline.feeds.orders.allowed-lateness-days|-1|is negative",
        "pipeline.feeds.orders.files|/x.csv|has no {date}",
        "pipeline.feeds.orders.format|xml|'xml' is none of [by-name, csv, json, parquet]",
        "pipeline.feeds.orders.drift|ignore|'ignore' is none of [refuse, add, rescue]",
        "pipeline.tables.orders.deadline|8|a duration needs a unit; write it as '6 hours'",
        "pipeline.tables.orders.deadline|-1 hour|is negative",
        "pipeline.tables.orders.deadline|soon|is not a duration as '6 hours' or '30 days' (soon)",
        "pipeline.tables.orders.dead-line|8 hours|did you mean 'deadline'?",
        "pipeline.feeds.orders.required-on|[someday]|is no week day",
        "pipeline.tables.orders.source|nothing|is not there; there are [orders_raw]",
        "pipeline.tables.orders.stage|tin|is none of [bronze, silver, gold, ml]",
        "pipeline.tables.orders.checks.c|{check = regex, column = at, pattern = \"[\"}|is no regular",
        "pipeline.tables.orders.checks.c|{check = tidy}|is none of not-null",
        "pipeline.tables.orders.checks.c|{check = range, column = price}|needs min, max or both",
        "pipeline.start|yesterday|is no date",
        "retention.releases|1|a duration needs a unit",
        "pipeline.tables.orders.retention|36 hours|is no number of whole days",
        "pipeline.tables.orders.z-order|[colour]|is not there",
        "pipeline.tables.orders.z-order|[day]|a table-day has one day; leave it out",
        "session.sizes.small.memry|1g|did you mean 'memory'?",
        "store.path-style|maybe|is not true or false",
      })
  void refusesWhatCannotBe(String key, String value, String expected) {
    assertThat(refusal(Map.of(key, value))).hasMessageContaining(expected);
  }

  @Test
  void saysWhichPipelinesThereAre() {
    AssayException refusal =
        catchThrowableOfType(
            AssayException.class,
            () ->
                ConfigLoader.load(
                    new ConfigSource(
                        folder.resolve("conf"), "embedded", "shp", Map.of(), Map.of())));

    assertThat(refusal).hasMessageContaining("no pipeline 'shp'").hasMessageContaining("[shop]");
  }

  @Test
  void loadsRetail() {
    AssayConfig config =
        ConfigLoader.load(new ConfigSource(CONF, "minio", "retail", Map.of(), Map.of()));

    assertThat(config.lake().root()).isEqualTo("s3a://lake");
    assertThat(config.pipeline().start()).isEqualTo(LocalDate.of(2010, 12, 1));
    assertThat(config.pipeline().table("daily_sales").deadline()).isEqualTo(Duration.ofHours(8));
    TableContract lines = config.pipeline().table("order_lines");
    assertThat(lines.checks())
        .contains(
            new TableDayCheck.RowCount("some_rows", Severity.FAIL, 1L, null),
            new RowCheck.Range(
                "quantity_given", Severity.QUARANTINE, "quantity", "-1000000", "1000000"));
    assertThat(config.pipeline().tablesOf(Stage.GOLD))
        .extracting(contract -> contract.name().table())
        .contains("daily_sales", "product_daily", "customer_rfm");
  }

  @Test
  void refusesToPublishTwoRowsOfAKey() throws IOException {
    Files.writeString(
        folder.resolve("conf/shop.conf"), "pipeline.tables.orders.key = [price]", APPEND);

    assertThat(load(Map.of(), Map.of()).pipeline().table("orders").checks())
        .contains(new RowCheck.UniqueKey("one_row_a_key", Severity.FAIL, List.of("price")));
  }

  private AssayConfig load(Map<String, String> overrides, Map<String, String> variables) {
    return ConfigLoader.load(
        new ConfigSource(folder.resolve("conf"), "embedded", "shop", overrides, variables));
  }

  private AssayException refusal(Map<String, String> overrides) {
    return catchThrowableOfType(AssayException.class, () -> load(overrides, Map.of()));
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
