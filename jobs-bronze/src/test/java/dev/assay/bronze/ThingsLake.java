package dev.assay.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.audit.CheckResult;
import dev.assay.checks.Severity;
import dev.assay.config.AssayConfig;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableLayout;
import dev.assay.testing.TestConf;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A lake whose one feed, with the columns Id and Name, a test lands files of. */
final class ThingsLake {
  private static final String THINGS =
      """
      pipeline {
        name = things
        description = "Things."
        owner = tests
        start = 2010-12-01
        feeds.things {
          files = ${landing}"/{date}*"
          columns = [Id, Name]
        }
        tables {
          things_raw { stage = bronze, description = "As received.", feed = things }
        }
      }
      """;

  private final SparkSession spark = TestSpark.session();
  private final Path folder;
  private final TestConf conf;

  /** A lake in this folder. */
  ThingsLake(Path folder) throws IOException {
    this.folder = folder;
    this.conf = TestConf.in(folder.resolve("conf"), "things", THINGS);
    Files.createDirectories(landing());
  }

  /** Lands a file of one record with these fields, as Spark's SQL has them, in a format. */
  void land(LocalDate day, String format, String fields) throws IOException {
    Dataset<Row> rows = spark.sql("SELECT " + fields);
    Path written = Files.createTempDirectory(folder, "written");
    rows.coalesce(1)
        .write()
        .mode("overwrite")
        .option("header", "true")
        .option("quoteAll", "true")
        .option("escape", "\"")
        .format(format)
        .save(written.toString());
    try (Stream<Path> files = Files.list(written)) {
      Path part =
          files
              .filter(file -> file.getFileName().toString().matches("part.*[.]" + format))
              .findFirst()
              .orElseThrow();
      Files.write(landing().resolve(day + "." + format), Files.readAllBytes(part));
    }
  }

  Path landing() {
    return folder.resolve("lake/landing");
  }

  StageResult run(String policy, LocalDate day) {
    return new StageRunner(spark, config(policy))
        .run(new BronzeStage(), day, Set.of(), false, "run");
  }

  AssayException refusal(String policy, LocalDate day) {
    return catchThrowableOfType(AssayException.class, () -> run(policy, day));
  }

  AssayConfig config(String policy) {
    return config("drift", policy);
  }

  /** The configuration with another value of one of the feed's keys. */
  AssayConfig config(String key, String value) {
    return conf.load(
        Map.of("lake", folder.resolve("lake").toString(), "pipeline.feeds.things." + key, value));
  }

  LakeStore lake() {
    return new LakeStore(folder.resolve("lake").toString(), spark.sessionState().newHadoopConf());
  }

  String drift(StageResult result, LocalDate day) {
    CheckResult found = check(result, day);
    assertThat(found.severity()).isEqualTo(Severity.WARN);
    assertThat(found.passed()).isFalse();
    return found.message();
  }

  CheckResult check(StageResult result, LocalDate day) {
    return result.published().get(tableDay(day)).checks().stream()
        .filter(check -> check.name().equals("schema_drift"))
        .findFirst()
        .orElseThrow();
  }

  String contentHash(StageResult result, LocalDate day) {
    return result.published().get(tableDay(day)).contentHash();
  }

  private static TableDay tableDay(LocalDate day) {
    return new TableDay(new TableName("things", "things_raw"), day);
  }

  private TableContract contract() {
    return config("refuse").pipeline().table("things_raw");
  }

  List<String> columns(StageResult result) {
    return List.of(table(result).columns());
  }

  List<String> rows(StageResult result, String... columns) {
    return table(result)
        .orderBy("landing_date")
        .select("landing_date", columns)
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  private Dataset<Row> table(StageResult result) {
    long version = result.release().tables().get("things_raw").version();
    return new DeltaTables(spark, lake()).read(TableLayout.of(contract()), version);
  }
}
