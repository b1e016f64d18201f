package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.PipelineConfig;
import dev.assay.config.TableDay;
import dev.assay.ledger.Ledger;
import dev.assay.release.ExpiredDays;
import dev.assay.store.LakeStore;
import dev.assay.testing.Lakes;
import dev.assay.testing.OnlineRetail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered of releases, of a lake that an older Assay wrote. */
class ReleasesCommandTest {
  @TempDir private Path lake;
  private AnsweredCommands assay = new AnsweredCommands(Path.of("."));

  @BeforeEach
  void copyOlderLake() throws Exception {
    assay = new AnsweredCommands(lake);
    Path older = Path.of("src/test/resources/lake-layout-1");
    try (Stream<Path> files = Files.walk(older)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = lake.resolve(older.relativize(file));
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy);
      }
    }
  }

  @Test
  void releasesSayWhatReadersSawAndGoBackToIt() throws Exception {
    assertThat(assay.saying(0, "releases", "list", "--pipeline", "retail").lines())
        .hasSize(7)
        .anyMatch(line -> line.matches("5 +2026-11-21T15:07:15Z +silver +9ab67eab.* order_lines"));
    assertThat(assay.saying(0, "releases", "show", "5", "--pipeline", "retail"))
        .contains("release 5 of retail, 2026-11-21T15:07:15.817Z, by silver")
        .contains("daily_sales at version 1")
        .containsPattern("5 +order_lines +2010-12-02 +published +3\n");
    assertThat(
            assay.saying(
                0, "releases", "diff", "2", "6", "--pipeline", "retail", "--format", "csv"))
        .isEqualTo(
            """
            RELEASE,TABLE,DAY,WHAT,ROWS
            3,daily_sales,2010-12-01,only in 6,1
            6,daily_sales,2010-12-02,only in 6,1
            5,order_lines,2010-12-02,only in 6,3
            4,orders_raw,2010-12-02,only in 6,4
            """);
    assertThat(assay.saying(0, "releases", "rollback", "6", "--pipeline", "retail"))
        .isEqualTo("nothing to do: the newest release has what release 6 has\n");
    assay.saying(2, "releases", "rollback", "3", "--pipeline", "retail");
    assertThat(assay.errors()).contains("release 3 expired");
    assay.saying(2, "releases", "diff", "6", "2", "--pipeline", "retail");
    assertThat(assay.errors()).contains("release 6 is newer than 2; swap them");
  }

  @Test
  void aDifferenceIsOfWhatReadersSeeWhateverWasPublishedInBetween() throws Exception {
    PipelineConfig retail = OnlineRetail.config(Map.of()).pipeline();
    LakeStore store = Lakes.lake(lake.toString());
    TableDay day = new TableDay(retail.table("daily_sales").name(), LocalDate.of(2010, 12, 2));
    long token = Ledger.of(store, "retail").state().published(day).orElseThrow().token();
    new ExpiredDays(store, retail)
        .withdraw(List.of(new ExpiredDays.Archived(day, token, "archive/daily")), "archiving");

    assertThat(assay.saying(0, "releases", "list", "--pipeline", "retail").lines())
        .anyMatch(line -> line.matches("7 .* archive +archiving +daily_sales"));
    assertThat(difference(6, 7))
        .isEqualTo("7,daily_sales,2010-12-02,\"only in 6, archived since\",1\n");

    assay.saying(0, "releases", "rollback", "6", "--pipeline", "retail");
    assertThat(difference(7, 8)).isEqualTo("8,daily_sales,2010-12-02,only in 8,1\n");
    assertThat(difference(6, 8)).as("the same rows, taken away and brought back").isEmpty();
  }

  @Test
  void aNewerLakeIsReadByNobodyWhoDoesNotKnowIt() throws Exception {
    Files.writeString(lake.resolve("_assay/format"), "99\n");

    assay.saying(2, "query", "SELECT count(*) FROM retail.daily_sales");

    assertThat(assay.errors()).contains("has layout '99'", "use a newer Assay");
    assertThat(lake.resolve("_assay/format")).hasContent("99");
  }

  @Test
  void aDamagedFileIsNoMistakeOfWhoAsks() throws Exception {
    String sql = "SELECT sum(gross) FROM retail.daily_sales";
    assay.saying(0, "query", sql);
    try (Stream<Path> files = Files.walk(lake.resolve("gold/retail/daily_sales"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".parquet")).toList()) {
        Files.writeString(file, "damaged");
      }
    }

    assay.saying(1, "query", sql);

    assertThat(assay.errors())
        .contains("a file of the lake cannot be read, so that there is no answer", "--again");
  }

  private String difference(long older, long newer) {
    String said =
        assay.saying(
            0,
            words(
                "releases",
                "diff",
                Long.toString(older),
                Long.toString(newer),
                "--pipeline",
                "retail",
                "--format",
                "csv"));
    String header = "RELEASE,TABLE,DAY,WHAT,ROWS\n";
    assertThat(said).startsWith(header);
    return said.substring(header.length());
  }

  @Test
  void cannotMakeAsItWasWhatWasPublishedBeforeThatWasKept() throws Exception {
    String[] asWas = {"--pipeline", "retail", "--date", "2010-12-01", "--inputs", "as-was"};
    assertThat(assay.saying(0, words("plan", asWas)))
        .containsPattern("order_lines +wait +it was published before the conf and the JAR");
    assay.saying(2, words("run", asWas));
    assertThat(assay.errors())
        .contains("/2010-12-01 cannot be made as it was: it was published before the conf");
  }

  private static String[] words(String command, String... options) {
    return Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new);
  }
}
