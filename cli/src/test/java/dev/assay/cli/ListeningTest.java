package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.job.StageRunner;
import dev.assay.testing.SharedData;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listening pipeline from landed files, the real customers among them, to exported ones. */
class ListeningTest {
  private static final LocalDate FIRST = LocalDate.of(2013, 8, 1);
  private static final LocalDate SECOND = FIRST.plusDays(1);

  @TempDir private static Path lake;
  @TempDir private Path folder;
  private final SparkSession spark = TestSpark.session();

  /** Two days of plays, and customers of before the first. */
  @BeforeAll
  static void publish() throws IOException {
    Path customers = Files.createDirectories(lake.resolve("landing/listening/customers"));
    Files.copy(
        SharedData.file("listening/cust.csv"), customers.resolve(FIRST.minusDays(1) + ".csv"));
    land(
        FIRST,
        "e1,21,t7,2013-08-01 04:59:59,1,04042",
        "e2,21,t8,2013-08-01 12:00:00,0,04042",
        "e2,21,t8,2013-08-01 12:00:00,0,04042",
        "e3,0,t7,2013-08-01 23:00:00,0,");
    land(
        SECOND,
        "e4,21,t7,2013-08-02 17:30:00,0,04042",
        "e5,0,t9,2013-08-01 06:00:00,1,72132",
        "e6,0,t9,2013-07-31 06:00:00,1,72132",
        "e7,0,t9,2013-08-02 06:00:00,2,72132",
        "e8,0,t9");
    for (LocalDate day : List.of(FIRST, SECOND)) {
      for (Stage stage : List.of(Stage.BRONZE, Stage.SILVER, Stage.GOLD)) {
        run(stage, day);
      }
    }
  }

  @Test
  void playsAreTypedAndEachIsOfItsOwnDay() {
    assertThat(
            rows("silver", "plays", "day", "play_id", "customer_id", "track_id", "mobile", "zip"))
        .containsExactlyInAnyOrder(
            "[2013-08-01,e1,21,t7,true,04042]",
            "[2013-08-01,e2,21,t8,false,04042]",
            "[2013-08-01,e3,0,t7,false,null]",
            "[2013-08-01,e5,0,t9,true,72132]",
            "[2013-08-02,e4,21,t7,false,04042]");
    assertThat(rejected("plays"))
        .containsExactlyInAnyOrder("[too-late]", "[unparsable:mobile]", "[malformed]");
  }

  @Test
  void customersAreThoseOfTheNewestFileWithNamesForCodes() {
    assertThat(rows("silver", "customers", "as_of", "customer_id"))
        .hasSize(10_000)
        .contains("[2013-08-01,21]", "[2013-08-02,21]");
    assertThat(
            spark
                .read()
                .format("delta")
                .load(lake + "/silver/listening/customers")
                .where("as_of = DATE'2013-08-02' AND customer_id = 21")
                .first()
                .toString())
        .isEqualTo(
            "[2013-08-02,21,Eddie Bonner,1,41488 Thunder Cottage Run,04042,2013-06-04,active,Free,"
                + "30DAYFREE,true]");
  }

  @Test
  void everyTableHasTheRowsThatAnotherEngineMakesOfTheSameFiles() {
    Agreement.assertOf(
        SharedData.config("listening", Map.of("lake", lake.toString())), FIRST, SECOND);
  }

  @Test
  void theTwoFilesOfADayAreExportedWholeAndNotReplacedUnasked() throws IOException {
    Path out = folder.resolve("out");
    String[] all = {
      "--pipeline", "listening", "--date", SECOND.toString(), "--out", out.toString()
    };

    Tool.Answer exported = export(all);

    assertThat(exported.exitCode()).as(exported.said()).isZero();
    assertThat(exported.said())
        .contains("live_table.csv: 2 rows of listening.listener_profile of 2013-08-02, release ");
    assertThat(names(out)).containsExactly("agg_table.csv", "live_table.csv");
    String live = Files.readString(out.resolve("live_table.csv"));
    assertThat(live)
        .isEqualTo(
            """
            customer_id,unique,morning,afternoon,evening,night,mobile,total
            0,2,1,0,0,1,1,2
            21,2,0,1,1,1,1,3
            """
                .replace("\n", "\r\n"));
    assertThat(Files.readString(out.resolve("agg_table.csv")))
        .startsWith("profile_column,count,mean,variance,min,max,non_zeros,l1_norm,l2_norm\r\n")
        .contains("\r\nmorning,2,0.5,0.5,0.0,1.0,1,1.0,1.0\r\n")
        .contains("\r\ntotal,2,2.5,0.5,2.0,3.0,2,5.0," + Math.sqrt(13) + "\r\n");

    Tool.Answer again = export(all);
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.said()).contains("live_table.csv is there already");

    Path file = out.resolve("live_table.csv");
    Tool.Answer other =
        export(
            "--table",
            "listening.listener_profile",
            "--date",
            FIRST.toString(),
            "--format",
            "json",
            "--columns",
            "customer_id,total",
            "--as",
            "listener,plays",
            "--out",
            file.toString(),
            "--overwrite");
    assertThat(other.exitCode()).as(other.said()).isZero();
    assertThat(Files.readAllLines(file))
        .containsExactly("{\"listener\":0,\"plays\":2}", "{\"listener\":21,\"plays\":2}");
  }

  @Test
  void anOlderReleaseIsExportedAsItWasAndADayWithoutRowsNotAtAll() throws IOException {
    Path out = folder;
    String table = "listening.listener_profile";

    Tool.Answer older =
        export("--table", table, "--release", "3", "--out", out.toString(), "--columns", "as_of");
    Tool.Answer none = export("--table", table, "--date", "2013-08-09", "--out", out + "/none.csv");

    assertThat(older.exitCode()).as(older.said()).isZero();
    assertThat(Files.readString(out.resolve("listener_profile.csv")))
        .isEqualTo("as_of\r\n2013-08-01\r\n2013-08-01\r\n");
    assertThat(none.exitCode()).isEqualTo(7);
    assertThat(none.said()).contains(table + " has no rows of 2013-08-09 in release");
    assertThat(names(out)).containsExactly("listener_profile.csv");
  }

  private static void land(LocalDate day, String... lines) throws IOException {
    Path tracks = Files.createDirectories(lake.resolve("landing/listening/tracks"));
    Files.write(tracks.resolve(day + ".csv"), List.of(lines));
  }

  private static void run(Stage stage, LocalDate day) {
    AssayConfig config = SharedData.config("listening", Map.of("lake", lake.toString()));
    new StageRunner(TestSpark.session(), config)
        .run(StageJobs.of(stage), day, Set.of(), false, "test");
  }

  private Tool.Answer export(String... options) {
    List<String> words = new ArrayList<>(List.of("export"));
    words.addAll(List.of(options));
    return Tool.run(lake, words.toArray(String[]::new));
  }

  private List<String> rows(String stage, String table, String first, String... columns) {
    return spark
        .read()
        .format("delta")
        .load(lake + "/" + stage + "/listening/" + table)
        .select(first, columns)
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  private List<String> rejected(String table) {
    return spark
        .read()
        .format("delta")
        .load(lake + "/quarantine/listening/" + table)
        .collectAsList()
        .stream()
        .map(row -> row.getList(row.fieldIndex("reasons")).toString())
        .toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }
}
