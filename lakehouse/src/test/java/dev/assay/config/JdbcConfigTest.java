package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.testing.TestConf;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What conf says of a feed that is a table of a database. */
class JdbcConfigTest {
  private static final String FEED = "pipeline.feeds.users.";
  private static final String SHOP =
      """
      pipeline {
        name = shop
        description = "A shop."
        owner = us
        start = 2020-01-01
        feeds.users {
          files = ${landing}"/shop/{date}.csv"
          columns = [id]
          snapshot = true
          jdbc { url = "jdbc:postgresql://db.example.com/shop?sslmode=require", table = users }
        }
        tables.users_raw { stage = bronze, description = "As landed.", feed = users }
      }
      """;

  @TempDir private Path folder;

  @Test
  void statesTheDefaults() {
    assertThat(load(Map.of()))
        .isEqualTo(
            new JdbcConfig(
                "jdbc:postgresql://db.example.com/shop?sslmode=require",
                "SELECT * FROM users",
                ExportFormat.CSV,
                null,
                "ASSAY_JDBC_USER",
                "ASSAY_JDBC_PASSWORD",
                5000,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10)));
    assertThat(load(Map.of()).place()).isEqualTo("jdbc:postgresql://db.example.com/shop");
  }

  @ParameterizedTest
  @CsvSource({"txt,CSV", "jsonl,JSON", "parquet,PARQUET"})
  void aLandingIsWrittenAsItsNameSays(String ending, ExportFormat format) {
    assertThat(load(Map.of(FEED + "files", "/shop/{date}." + ending)).format()).isEqualTo(format);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://h/shop?user=u&password=hidden",
        "jdbc:postgresql://u:hidden@h/shop",
        "jdbc:sqlserver://h;databaseName=shop;Password=hidden",
        "jdbc:oracle:thin:u/hidden@h:1521/shop"
      })
  void refusesAPasswordInTheAddressAndDoesNotSayIt(String url) {
    assertThat(refusal(Map.of(FEED + "jdbc.url", url)))
        .hasMessageContaining("feeds.users.jdbc.url: has a user or a password in it")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    assertThat(
            refusal(
                Map.of(
                    FEED + "snapshot", "false",
                    FEED + "files", "/shop/{date}*.csv.gz",
                    FEED + "delimiter", ";",
                    FEED + "jdbc.url", "postgresql://h/shop",
                    FEED + "jdbc.query", "SELECT 1",
                    FEED + "jdbc.password", "hidden",
                    FEED + "jdbc.password-variable", "hidden",
                    FEED + "jdbc.fetch-size", "-1",
                    FEED + "jdbc.answer-timeout", "10")))
        .hasMessageContaining("users.snapshot: is false; a database has only its state of now")
        .hasMessageContaining("may be several files; a table lands as one, so name it")
        .hasMessageContaining("is packed, and a table does not land so")
        .hasMessageContaining("a table lands as CSV with a header, commas and double quotes")
        .hasMessageContaining("jdbc.url: does not begin with jdbc:")
        .hasMessageContaining("jdbc.table: give either table, of which all columns are read, or")
        .hasMessageContaining("jdbc.password: is not a known key")
        .hasMessageContaining("jdbc.password-variable: is not the name of an environment variable")
        .hasMessageContaining("jdbc.fetch-size: -1 is negative")
        .hasMessageContaining("jdbc.answer-timeout: a duration needs a unit")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void tellsATableFromSql() {
    assertThat(load(Map.of(FEED + "jdbc.table", "shop.\"All users\"")).query())
        .isEqualTo("SELECT * FROM shop.\"All users\"");
    assertThat(refusal(Map.of(FEED + "jdbc.table", "users WHERE id > 5")))
        .hasMessageContaining("'users WHERE id > 5' is no table's name");
  }

  private JdbcConfig load(Map<String, String> overrides) {
    return conf().load(overrides).pipeline().feed("users").database().orElseThrow();
  }

  private AssayException refusal(Map<String, String> overrides) {
    return catchThrowableOfType(AssayException.class, () -> conf().load(overrides));
  }

  private TestConf conf() {
    return TestConf.in(folder.resolve("conf-" + System.nanoTime()), "shop", SHOP);
  }
}
