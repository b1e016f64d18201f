package dev.assay.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.ExportFormat;
import dev.assay.config.FeedConfig;
import dev.assay.config.JdbcConfig;
import dev.assay.testing.Feeds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of which date the state of now is; what lands is tried on a real PostgreSQL, by cli's tests. */
class TableLandingTest {
  private static final FeedConfig FEED = Feeds.of("/shop/{date}.csv", "id").snapshots().feed();
  private static final JdbcConfig JDBC =
      new JdbcConfig(
          "jdbc:none:x",
          "SELECT 1",
          ExportFormat.CSV,
          null,
          "U",
          "P",
          1,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  @ParameterizedTest
  @CsvSource({
    "2024-03-10T23:59:59Z, 2024-03-09",
    "2024-03-11T00:00:00Z, 2024-03-10",
    "2024-03-11T23:59:59Z, 2024-03-10",
    "2024-03-12T00:00:00Z, 2024-03-11"
  })
  void theStateOfNowIsOfTheLastDayThatIsOver(String now, String date) {
    Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);

    TableLanding landing = new TableLanding(FEED, JDBC, new Configuration(), Map.of(), clock);

    assertThat(landing.date()).isEqualTo(date);
  }
}
