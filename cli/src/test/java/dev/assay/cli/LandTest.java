package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import dev.assay.config.Stage;
import dev.assay.job.StageRunner;
import dev.assay.plan.Scope;
import dev.assay.release.ReleaseLog;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableLayout;
import dev.assay.testing.PostgresServer;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a real PostgreSQL, from the database to bronze and silver rows. */
class LandTest {
  @TempDir private Path folder;
  private DatabaseShop shop;

  @BeforeEach
  void makeShop() {
    shop = DatabaseShop.in(folder);
  }

  @Test
  void everyValueIsInBronzeAsTextAndInSilverAsItself() throws IOException {
    for (String feed : List.of("users_csv", "users_json", "users_parquet")) {
      shop.land(0, feed);
    }

    AssayConfig config = shop.conf().load(Map.of("lake", shop.lake().toString()));
    publish(config, Set.of());

    List<String> texts =
        List.of(
            "1|O'Neil, \"Ann\"|1999-12-31|2024-03-09 23:02:03.04|2024-03-10 01:02:03|12345678.90|true"
                + "|0.1|{a,\"b c\"}|{\"a\": [1, null]}",
            "2||null|null|null|0.00000001|false|1e+20|{}|null",
            "3|null|null|1969-12-31 23:59:59|null|-5|null|null|null|null",
            "4|Žofie 測試 🦊|null|null|2024-02-29 00:00:00.000001|null|null|null|null|null");
    String[] columns = {
      "id", "name", "born", "seen_at", "left_at", "credit", "active", "rate", "tags", "facts"
    };
    assertThat(rows(config, "users_csv_raw", columns)).isEqualTo(texts);
    assertThat(rows(config, "users_json_raw", columns)).isEqualTo(texts);
    assertThat(rows(config, "users_parquet_raw", columns)).isEqualTo(texts);
    assertThat(rows(config, "users", "as_of", "id", "name", "born", "seen_at", "credit", "active"))
        .containsExactly(
            shop.today()
                + "|1|O'Neil, \"Ann\"|1999-12-31|2024-03-09 23:02:03.04|12345678.90000000|true",
            shop.today() + "|2|null|null|null|1E-8|false",
            shop.today() + "|3|null|null|1969-12-31 23:59:59.0|-5.00000000|null",
            shop.today() + "|4|Žofie 測試 🦊|null|null|null|null");
  }

  @Test
  void theProfilesOfTheWebAreThoseOfItsDatabase() {
    DatabaseShop.server()
        .run(
            "CREATE TABLE user_profiles (user_id text PRIMARY KEY, signed_up_at timestamptz NOT NULL,"
                + " country char(2), age_group text, gender char(1), plan text NOT NULL, email text,"
                + " newsletter boolean)",
            "INSERT INTO user_profiles VALUES"
                + " ('u1', '2024-03-09 10:00+01', 'DE', '18-24', 'F', 'free', 'u1@example.com', true),"
                + " ('u2', '2024-03-10 23:30Z', NULL, NULL, NULL, 'pro', NULL, NULL),"
                + " ('u3', '2024-03-10 23:30Z', 'US', '45+', 'M', 'gold', '', false)");
    Path ours = Path.of(System.getProperty("assay.home"), "conf");
    Map<String, String> overrides =
        Map.of(
            "lake", shop.lake().toString(),
            "pipeline.feeds.user_profiles.jdbc.url", DatabaseShop.server().url(),
            "pipeline.feeds.user_profiles.jdbc.credentials-file",
                shop.credentials(PostgresServer.USER, PostgresServer.SECRET).toString());
    List<String> command =
        new ArrayList<>(List.of("land", "--pipeline", "web", "--feed", "user_profiles"));
    command.addAll(List.of("--date", shop.today().toString(), "--conf-dir", ours.toString()));
    overrides.forEach((key, value) -> command.add("-D" + key + "=" + value));

    DatabaseShop.execute(0, command);
    AssayConfig config =
        ConfigLoader.load(new ConfigSource(ours, "embedded", "web", overrides, Map.of()));
    publish(config, Set.of("user_profiles_raw", "user_profiles"));

    assertThat(rows(config, "user_profiles_raw", "user_id", "_rescued"))
        .containsExactly(
            "u1|{\"newsletter\":\"true\"}", "u2|null", "u3|{\"newsletter\":\"false\"}");
    assertThat(rows(config, "user_profiles", "*"))
        .containsExactly(
            shop.today() + "|u1|2024-03-09 09:00:00.0|DE|18-24|F|free|u1@example.com",
            shop.today() + "|u2|2024-03-10 23:30:00.0|null|null|null|pro|null");
  }

  @Test
  void aLandingThatIsThereStaysUnlessToldOtherwise() throws IOException {
    Path landing = shop.landing("users", shop.today() + ".csv");
    Files.createDirectories(landing.getParent());
    Files.writeString(landing, "as it was");

    shop.land(0, "users_csv");
    assertThat(landing).hasContent("as it was");

    shop.land(0, "users_csv", "--again");
    assertThat(Files.readAllLines(landing)).hasSize(5).element(0).asString().startsWith("id,name,");
  }

  @Test
  void aStateThatIsGoneIsLandedOnlyWhereThatOfNowWillDo() {
    LocalDate gone = shop.today().minusDays(2);

    assertThat(shop.land(7, "users_csv", gone))
        .startsWith("no data: the state that feed users_csv had on " + gone + " is gone")
        .contains("say --state-of-now");
    assertThat(shop.landing("users", gone + ".csv")).doesNotExist();

    shop.land(0, "users_csv", gone, "--state-of-now");
    assertThat(shop.landing("users", gone + ".csv")).isNotEmptyFile();
    assertThat(shop.land(2, "users_csv", shop.today().plusDays(2), "--state-of-now"))
        .contains("has not begun");
  }

  @Test
  void onlyAFeedOfADatabaseIsLanded() {
    assertThat(shop.land(2, "visits")).contains("feed visits is delivered by others");
    assertThat(shop.land(2, "nothing")).contains("shop has no feed 'nothing'; it has [users_csv,");
  }

  private void publish(AssayConfig config, Set<String> tables) {
    Scope scope =
        new Scope(
            shop.today(), shop.today(), EnumSet.of(Stage.BRONZE, Stage.SILVER), tables, false);
    new PlanRun(new StageRunner(TestSpark.session(), config), false, "test")
        .run(Planning.plan(Planning.planner(config, scope), scope), (batch, result) -> {});
  }

  /** The rows of a table's newest release, their values between bars, in order. */
  private List<String> rows(AssayConfig config, String table, String... columns) {
    LakeStore lake = new LakeStore(shop.lake().toString(), new Configuration());
    long version =
        Objects.requireNonNull(
                new ReleaseLog(lake, config.pipeline().name())
                    .latest()
                    .orElseThrow()
                    .tables()
                    .get(table))
            .version();
    return new DeltaTables(TestSpark.session(), lake)
            .read(TableLayout.of(config.pipeline().table(table)), version)
            .selectExpr(columns)
            .collectAsList()
            .stream()
            .map(LandTest::text)
            .sorted()
            .toList();
  }

  private static String text(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> String.valueOf(row.get(i)))
        .collect(Collectors.joining("|"));
  }
}
