package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import dev.assay.config.Stage;
import dev.assay.job.Commands;
import dev.assay.job.StageRunner;
import dev.assay.plan.Scope;
import dev.assay.release.ReleaseLog;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableLayout;
import dev.assay.testing.JavaProcess;
import dev.assay.testing.PostgresServer;
import dev.assay.testing.TestConf;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Tables of a real PostgreSQL, from the database to bronze and silver rows. */
class LandTest {
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  private static final String SHOP =
      """
      pipeline {
        name = shop
        description = "A shop."
        owner = tests
        start = 2020-01-01
        feeds {
          users_csv {
            files = ${landing}"/users/{date}.csv"
            columns = [id, name, born, seen_at, left_at, credit, active, rate, tags, facts]
            snapshot = true
            jdbc { url = "URL", table = "shop.users", credentials-file = "CREDENTIALS" }
          }
          users_json {
            files = ${landing}"/users/{date}.json"
            columns = ${pipeline.feeds.users_csv.columns}
            snapshot = true
            jdbc = ${pipeline.feeds.users_csv.jdbc}
          }
          users_parquet {
            files = ${landing}"/users/{date}.parquet"
            columns = ${pipeline.feeds.users_csv.columns}
            snapshot = true
            jdbc = ${pipeline.feeds.users_csv.jdbc}
          }
          many {
            files = ${landing}"/many/{date}.csv"
            columns = [id, text]
            snapshot = true
            jdbc {
              url = "URL"
              query = "SELECT id, repeat('x', 1000) AS text FROM generate_series(1, 5000000) AS id"
              credentials-file = "CREDENTIALS"
              fetch-size = 100
            }
          }
          visits { files = ${landing}"/visits/{date}.csv", columns = [id], snapshot = true }
        }
        tables {
          users_csv_raw { stage = bronze, description = "As landed.", feed = users_csv }
          users_json_raw { stage = bronze, description = "As landed.", feed = users_json }
          users_parquet_raw { stage = bronze, description = "As landed.", feed = users_parquet }
          users {
            stage = silver
            description = "A user."
            source = users_parquet_raw
            key = [id]
            columns = [
              { name = id, type = bigint, from = id, comment = "The user." }
              { name = name, type = string, nullable = true, from = name, comment = "Who." }
              { name = born, type = date, nullable = true, from = born, comment = "When." }
              { name = seen_at, type = timestamp, nullable = true, from = seen_at, comment = "When, UTC." }
              { name = credit, type = "decimal(18,8)", nullable = true, from = credit, comment = "Euro." }
              { name = active, type = boolean, nullable = true, from = active, comment = "Whether." }
            ]
          }
        }
      }
      """;

  private static PostgresServer server;

  @TempDir private Path folder;
  private Path credentials;
  private TestConf conf;

  @BeforeAll
  static void startServer() {
    server = PostgresServer.start();
    server.run(
        "CREATE SCHEMA shop",
        "CREATE TABLE shop.users (id bigint PRIMARY KEY, name text, born date, seen_at timestamptz,"
            + " left_at timestamp, credit numeric, active boolean, rate double precision,"
            + " tags text[], facts jsonb)",
        "INSERT INTO shop.users VALUES"
            + " (1, 'O''Neil, \"Ann\"', '1999-12-31', '2024-03-10 01:02:03.04+02', '2024-03-10"
            + " 01:02:03', 12345678.90, true, 0.1, '{a,\"b c\"}', '{\"a\": [1, null]}'),"
            + " (2, '', NULL, NULL, NULL, 0.00000001, false, 1e20, '{}', NULL),"
            + " (3, NULL, NULL, '1969-12-31 23:59:59Z', NULL, -5, NULL, NULL, NULL, 'null'),"
            + " (4, 'Žofie 測試 🦊', NULL, NULL, '2024-02-29 00:00:00.000001', NULL, NULL, NULL, NULL,"
            + " NULL)",
        "CREATE ROLE reader LOGIN PASSWORD 'r3ader'");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void makeConf() throws IOException {
    credentials = credentials(PostgresServer.USER, PostgresServer.SECRET);
    conf =
        TestConf.in(
            folder.resolve("conf"),
            "shop",
            SHOP.replace("URL", server.url()).replace("CREDENTIALS", credentials.toString()));
  }

  @Test
  void everyValueIsInBronzeAsTextAndInSilverAsItself() throws IOException {
    for (String feed : List.of("users_csv", "users_json", "users_parquet")) {
      assertThat(land(feed)).isEqualTo(new Said(0, ""));
    }

    AssayConfig config = conf.load(Map.of("lake", lake().toString()));
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
            today + "|1|O'Neil, \"Ann\"|1999-12-31|2024-03-09 23:02:03.04|12345678.90000000|true",
            today + "|2|null|null|null|1E-8|false",
            today + "|3|null|null|1969-12-31 23:59:59.0|-5.00000000|null",
            today + "|4|Žofie 測試 🦊|null|null|null|null");
  }

  @Test
  void theProfilesOfTheWebAreThoseOfItsDatabase() {
    server.run(
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
            "lake", lake().toString(),
            "pipeline.feeds.user_profiles.jdbc.url", server.url(),
            "pipeline.feeds.user_profiles.jdbc.credentials-file", credentials.toString());
    List<String> command =
        new ArrayList<>(List.of("land", "--pipeline", "web", "--feed", "user_profiles"));
    command.addAll(List.of("--date", today.toString(), "--conf-dir", ours.toString()));
    overrides.forEach((key, value) -> command.add("-D" + key + "=" + value));

    assertThat(execute(command)).isEqualTo(new Said(0, ""));
    AssayConfig config =
        ConfigLoader.load(new ConfigSource(ours, "embedded", "web", overrides, Map.of()));
    publish(config, Set.of("user_profiles_raw", "user_profiles"));

    assertThat(rows(config, "user_profiles_raw", "user_id", "_rescued"))
        .containsExactly(
            "u1|{\"newsletter\":\"true\"}", "u2|null", "u3|{\"newsletter\":\"false\"}");
    assertThat(rows(config, "user_profiles", "*"))
        .containsExactly(
            today + "|u1|2024-03-09 09:00:00.0|DE|18-24|F|free|u1@example.com",
            today + "|u2|2024-03-10 23:30:00.0|null|null|null|pro|null");
  }

  @Test
  void aLandingThatIsThereStaysUnlessToldOtherwise() throws IOException {
    Path landing = landing("users", today + ".csv");
    Files.createDirectories(landing.getParent());
    Files.writeString(landing, "as it was");

    assertThat(land("users_csv")).isEqualTo(new Said(0, ""));
    assertThat(landing).hasContent("as it was");

    assertThat(land("users_csv", "--again")).isEqualTo(new Said(0, ""));
    assertThat(Files.readAllLines(landing)).hasSize(5).element(0).asString().startsWith("id,name,");
  }

  @Test
  void aStateThatIsGoneIsLandedOnlyWhereThatOfNowWillDo() {
    LocalDate gone = today.minusDays(2);

    assertThat(land(7, "users_csv", "--date", gone.toString()))
        .startsWith("no data: the state that feed users_csv had on " + gone + " is gone")
        .contains("say --state-of-now");
    assertThat(landing("users", gone + ".csv")).doesNotExist();

    land(0, "users_csv", "--date", gone.toString(), "--state-of-now");
    assertThat(landing("users", gone + ".csv")).isNotEmptyFile();
    assertThat(land(2, "users_csv", "--date", today.plusDays(2).toString(), "--state-of-now"))
        .contains("has not begun");
  }

  @Test
  void aConnectionThatIsCutLeavesNoFile() throws Exception {
    FutureTask<String> landing = new FutureTask<>(() -> land(6, "many"));
    new Thread(landing).start();
    awaitDraft();

    server.cutConnections();

    assertThat(landing.get())
        .contains("the database " + server.url() + " of feed many")
        .contains("Nothing landed");
    assertThat(filesOf("many")).isEmpty();
  }

  @Test
  void aProcessThatIsKilledLeavesNoFileOfTheNameNorItsPassword() throws IOException {
    List<String> command = new ArrayList<>(words("many"));
    command.addAll(List.of("-D", "pipeline.feeds.many.jdbc.credentials-file=null"));
    Map<String, String> environment =
        Map.of(
            "ASSAY_JDBC_USER", PostgresServer.USER, "ASSAY_JDBC_PASSWORD", PostgresServer.SECRET);
    JavaProcess process =
        JavaProcess.start(List.of(), environment, Assay.class, command.toArray(String[]::new));
    awaitDraft();

    process.process().destroyForcibly();
    process.exitCode();

    assertThat(landing("many", today + ".csv")).doesNotExist();
    assertThat(process.said()).doesNotContain(PostgresServer.SECRET);
    assertThat(filesOf("many")).singleElement().asString().startsWith(".").endsWith(".tmp");
  }

  @Test
  void aDatabaseThatDoesNotAnswerOrNotToUsIsAStoreThatDoesNot() throws IOException {
    assertThat(land(6, "many", jdbc("url", "jdbc:postgresql://localhost:1/postgres?ssl=false")))
        .contains(
            "the database jdbc:postgresql://localhost:1/postgres of feed many does not answer")
        .contains("start it, or correct jdbc.url");

    Path wrong = credentials(PostgresServer.USER, "wr0ng");
    assertThat(land(6, "many", jdbc("credentials-file", wrong.toString())))
        .contains("refuses assay_tests (FATAL: password authentication failed")
        .contains("correct jdbc.credentials-file " + wrong)
        .doesNotContain("wr0ng");

    Path reader = credentials("reader", "r3ader");
    assertThat(land(6, "many", jdbc("credentials-file", reader.toString()), ofUsers("*")))
        .contains("does not let reader read (ERROR: permission denied for schema shop")
        .contains("grant it SELECT");
    assertThat(filesOf("many")).isEmpty();
  }

  @Test
  void whatTheDatabaseHasNotIsForConfToCorrect() {
    assertThat(land(2, "many", jdbc("query", "SELECT * FROM shop.nobody")))
        .contains("has not what it is asked for (ERROR: relation \"shop.nobody\" does not exist")
        .contains("correct url, table or query of jdbc in the feed's conf");
    assertThat(land(2, "many", ofUsers("id, nme")))
        .contains("ERROR: column \"nme\" does not exist");
    assertThat(land(3, "many", ofUsers("id, name")))
        .contains("missing [text], unexpected or twice [name]");
    assertThat(land(3, "many", ofUsers("id, id, name AS text"))).contains("twice [id]");
    assertThat(land(2, "many", jdbc("url", "jdbc:nosuch://localhost/x")))
        .contains("no JDBC driver on the class path knows jdbc:nosuch://localhost/x");
  }

  @Test
  void whatALineCannotHoldIsRefusedWhole() {
    assertThat(land(3, "many", ofUsers("id, 'a' || chr(10) || 'b' AS text")))
        .contains("column text of feed many has a text of several lines");
    assertThat(land(2, "many", ofUsers("id, '\\x00'::bytea AS text")))
        .contains("column text has bytes");
    assertThat(filesOf("many")).isEmpty();
  }

  @Test
  void whoAsksMustBeSaidWhereNobodyElseReadsIt() throws IOException {
    assertThat(land(2, "many", jdbc("credentials-file", "null")))
        .contains("Set ASSAY_JDBC_USER and ASSAY_JDBC_PASSWORD in the environment");

    Path open = credentials(PostgresServer.USER, PostgresServer.SECRET);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(land(2, "many", jdbc("credentials-file", open.toString())))
        .contains("can be read by others than its owner; run: chmod 600 " + open);

    Path half = Files.writeString(credentials("x", "y"), "password=" + PostgresServer.SECRET);
    assertThat(land(2, "many", jdbc("credentials-file", half.toString())))
        .contains("must be text with the lines user=... and password=...")
        .doesNotContain("s3ntinel");
  }

  @Test
  void onlyAFeedOfADatabaseIsLanded() {
    assertThat(land(2, "visits")).contains("feed visits is delivered by others");
    assertThat(land(2, "nothing")).contains("shop has no feed 'nothing'; it has [users_csv,");
  }

  /** What a command ended with, and what it said on stderr. */
  private record Said(int code, String errors) {}

  private String land(int code, String feed, String... options) {
    Said said = land(feed, options);
    assertThat(said.code()).as(said.errors()).isEqualTo(code);
    return said.errors();
  }

  private Said land(String feed, String... options) {
    List<String> command = new ArrayList<>(words(feed));
    if (List.of(options).contains("--date")) {
      command.removeAll(List.of("--date", today.toString()));
    }
    command.addAll(List.of(options));
    return execute(command);
  }

  private static Said execute(List<String> command) {
    StringWriter errors = new StringWriter();
    int code =
        Commands.strict(new CommandLine(new Assay()))
            .setErr(new PrintWriter(errors, true))
            .execute(command.toArray(String[]::new));
    assertThat(errors.toString()).doesNotContain(PostgresServer.SECRET);
    return new Said(code, errors.toString());
  }

  private List<String> words(String feed) {
    List<String> words = new ArrayList<>(List.of("land", "--pipeline", "shop", "--feed", feed));
    words.addAll(List.of("--date", today.toString(), "--conf-dir", conf.folder().toString()));
    words.add("-Dlake=" + lake());
    return words;
  }

  private static String jdbc(String key, String value) {
    return "-Dpipeline.feeds.many.jdbc." + key + "=" + value;
  }

  private static String ofUsers(String columns) {
    return jdbc("query", "SELECT " + columns + " FROM shop.users");
  }

  private Path credentials(String user, String password) throws IOException {
    Path file = Files.createTempFile(folder, "credentials", "");
    return Files.writeString(
        file, "user=" + user + "\npassword=" + password.replace("\\", "\\\\") + "\n");
  }

  private Path lake() {
    return folder.resolve("lake");
  }

  private Path landing(String feed, String file) {
    return lake().resolve("landing").resolve(feed).resolve(file);
  }

  /** The names of all files in a feed's folder, drafts among them. */
  private List<String> filesOf(String feed) {
    String[] names = landing(feed, "").toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  /** Waits until some megabytes of the many rows are in a file that has no name yet. */
  private void awaitDraft() {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (filesOf("many").stream()
        .noneMatch(name -> landing("many", name).toFile().length() > 5e6)) {
      assertThat(System.nanoTime()).as("the draft grows").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private void publish(AssayConfig config, Set<String> tables) {
    Scope scope = new Scope(today, today, EnumSet.of(Stage.BRONZE, Stage.SILVER), tables, false);
    new PlanRun(new StageRunner(TestSpark.session(), config), false, "test")
        .run(Planning.plan(Planning.planner(config, scope), scope), (batch, result) -> {});
  }

  /** The rows of a table's newest release, their values between bars, in order. */
  private List<String> rows(AssayConfig config, String table, String... columns) {
    LakeStore lake = new LakeStore(lake().toString(), new Configuration());
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
