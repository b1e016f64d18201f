package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testing.JavaProcess;
import dev.assay.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a table of a real PostgreSQL from landing: it is told, and no file is left. */
class LandTroubleTest {
  @TempDir private Path folder;
  private DatabaseShop shop;

  @BeforeEach
  void makeShop() {
    shop = DatabaseShop.in(folder);
  }

  @Test
  void aConnectionThatIsCutLeavesNoFile() throws Exception {
    FutureTask<String> landing = new FutureTask<>(() -> shop.land(6, "many"));
    new Thread(landing).start();
    awaitDraft();

    DatabaseShop.server().cutConnections();

    assertThat(landing.get())
        .contains("the database " + DatabaseShop.server().url() + " of feed many")
        .contains("Nothing landed");
    assertThat(shop.filesOf("many")).isEmpty();
  }

  @Test
  void aProcessThatIsKilledLeavesNoFileOfTheNameNorItsPassword() throws IOException {
    List<String> command = new ArrayList<>(shop.words("many", shop.today()));
    command.addAll(List.of("-D", "pipeline.feeds.many.jdbc.credentials-file=null"));
    Map<String, String> environment =
        Map.of(
            "ASSAY_JDBC_USER", PostgresServer.USER, "ASSAY_JDBC_PASSWORD", PostgresServer.SECRET);
    JavaProcess process =
        JavaProcess.start(List.of(), environment, Assay.class, command.toArray(String[]::new));
    awaitDraft();

    process.process().destroyForcibly();
    process.exitCode();

    assertThat(shop.landing("many", shop.today() + ".csv")).doesNotExist();
    assertThat(process.said()).doesNotContain(PostgresServer.SECRET);
    assertThat(shop.filesOf("many")).singleElement().asString().startsWith(".").endsWith(".tmp");
  }

  @Test
  void aDatabaseThatDoesNotAnswerOrNotToUsIsAStoreThatDoesNot() throws IOException {
    assertThat(
            shop.land(6, "many", jdbc("url", "jdbc:postgresql://localhost:1/postgres?ssl=false")))
        .contains(
            "the database jdbc:postgresql://localhost:1/postgres of feed many does not answer")
        .contains("start it, or correct jdbc.url");

    Path wrong = shop.credentials(PostgresServer.USER, "wr0ng");
    assertThat(shop.land(6, "many", jdbc("credentials-file", wrong.toString())))
        .contains("refuses assay_tests (FATAL: password authentication failed")
        .contains("correct jdbc.credentials-file " + wrong)
        .doesNotContain("wr0ng");

    Path reader = shop.credentials("reader", "r3ader");
    assertThat(shop.land(6, "many", jdbc("credentials-file", reader.toString()), ofUsers("*")))
        .contains("does not let reader read (ERROR: permission denied for schema shop")
        .contains("grant it SELECT");
    assertThat(shop.filesOf("many")).isEmpty();
  }

  @Test
  void whatTheDatabaseHasNotIsForConfToCorrect() {
    assertThat(shop.land(2, "many", jdbc("query", "SELECT * FROM shop.nobody")))
        .contains("has not what it is asked for (ERROR: relation \"shop.nobody\" does not exist")
        .contains("correct url, table or query of jdbc in the feed's conf");
    assertThat(shop.land(2, "many", ofUsers("id, nme")))
        .contains("ERROR: column \"nme\" does not exist");
    assertThat(shop.land(3, "many", ofUsers("id, name")))
        .contains("missing [text], unexpected or twice [name]");
    assertThat(shop.land(3, "many", ofUsers("id, id, name AS text"))).contains("twice [id]");
    assertThat(shop.land(2, "many", jdbc("url", "jdbc:nosuch://localhost/x")))
        .contains("no JDBC driver on the class path knows jdbc:nosuch://localhost/x");
  }

  @Test
  void whatALineCannotHoldIsRefusedWhole() {
    assertThat(shop.land(3, "many", ofUsers("id, 'a' || chr(10) || 'b' AS text")))
        .contains("column text of feed many has a text of several lines");
    assertThat(shop.land(2, "many", ofUsers("id, '\\x00'::bytea AS text")))
        .contains("column text has bytes");
    assertThat(shop.filesOf("many")).isEmpty();
  }

  @Test
  void whoAsksMustBeSaidWhereNobodyElseReadsIt() throws IOException {
    assertThat(shop.land(2, "many", jdbc("credentials-file", "null")))
        .contains("Set ASSAY_JDBC_USER and ASSAY_JDBC_PASSWORD in the environment");

    Path open = shop.credentials(PostgresServer.USER, PostgresServer.SECRET);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(shop.land(2, "many", jdbc("credentials-file", open.toString())))
        .contains("can be read by others than its owner; run: chmod 600 " + open);

    Path half = Files.writeString(shop.credentials("x", "y"), "password=" + PostgresServer.SECRET);
    assertThat(shop.land(2, "many", jdbc("credentials-file", half.toString())))
        .contains("must be text with the lines user=... and password=...")
        .doesNotContain("s3ntinel");
  }

  private static String jdbc(String key, String value) {
    return "-Dpipeline.feeds.many.jdbc." + key + "=" + value;
  }

  private static String ofUsers(String columns) {
    return jdbc("query", "SELECT " + columns + " FROM shop.users");
  }

  /** Waits until some megabytes of the many rows are in a file that has no name yet. */
  private void awaitDraft() {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (shop.filesOf("many").stream()
        .noneMatch(name -> shop.landing("many", name).toFile().length() > 5e6)) {
      assertThat(System.nanoTime()).as("the draft grows").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
