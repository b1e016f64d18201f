package dev.assay.bronze;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.FeedConfig;
import dev.assay.config.FeedFormat;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.error.Failures;
import dev.assay.feed.Landing;
import dev.assay.testing.Feeds;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same records, however they are written. */
class FormatsTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);

  private static final List<Row> SIX =
      List.of(
          row("1", "plain", "2.50"),
          row("2", "a, \"quoted\"", "1e3"),
          row("3", null, "0"),
          row("4", "", null),
          row("5", " spaces ", "-1"),
          row(null, "€ß\t", "007"));

  private static final String CSV =
      "Id,Name,Price\n1,plain,2.50\n2,\"a, \"\"quoted\"\"\",1e3\n3,,0\n4,\"\",\n5, spaces ,-1\n"
          + ",€ß\t,007\n";

  private static final String JSON =
      """
      {"Id":1,"Name":"plain","Price":2.50}
      {"Id":2,"Name":"a, \\"quoted\\"","Price":1e3}
      {"Id":3,"Name":null,"Price":0}
      {"Id":4,"Name":""}
      {"Price":-1,"Id":5,"Name":" spaces "}
      {"Name":"€ß\\t","Price":"007"}
      """;

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d.csv",
        "d.txt",
        "d.csv.gz",
        "d.csv.zst",
        "d.csv.bz2",
        "d.json",
        "d.jsonl",
        "d.ndjson",
        "d.json.gz",
        "d.jsonl.zst",
        "d.json.bz2",
        "d.parquet",
        "d.snappy.parquet"
      })
  void givesTheSameColumnsForTheSameRecords(String name) throws IOException {
    Path file = deliver(name);

    List<Row> rows = read(Feeds.of(file.toString(), "Id", "Name", "Price").feed());

    assertThat(rows)
        .extracting(row -> row(row.getString(0), row.getString(1), row.getString(2)))
        .containsExactlyElementsOf(SIX);
    boolean hasHeader = name.contains(".csv") || name.contains(".txt");
    assertThat(rows)
        .extracting(row -> row.getLong(5))
        .containsExactlyElementsOf(
            Stream.iterate(hasHeader ? 2L : 1L, n -> n + 1).limit(SIX.size()).toList());
    assertThat(rows).allMatch(row -> row.isNullAt(6) && row.isNullAt(7));
    assertThat(rows).extracting(row -> row.getString(3)).containsOnly(name);
  }

  @ParameterizedTest
  @CsvSource({"d.dat, CSV", "d.dat.gz, CSV", "d, JSON", "d.csv, PARQUET"})
  void readsAFormatThatConfSaysWhateverTheNameIs(String name, FeedFormat format)
      throws IOException {
    Files.write(folder.resolve(name), bytes(format, name));

    assertThat(read(Feeds.of(folder + "/" + name, "Id", "Name", "Price").written(format).feed()))
        .hasSize(SIX.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "d.dat|does not say how it is written",
        "d.gz|does not say how it is written",
        "d|does not say how it is written",
        "d.parquet.gz|is Parquet that was packed as a whole",
      })
  void refusesAFileWhoseNameDoesNotSayItsFormat(String name, String why) throws IOException {
    Files.writeString(folder.resolve(name), CSV);

    AssayException refusal = refusal(Feeds.of(folder + "/" + name, "Id").feed());

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal).hasMessageContaining(why).hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"d.csv.gz", "d.csv.zst", "d.csv.bz2", "d.json.zst", "d.parquet"})
  void refusesAFileThatIsCutOff(String name) throws IOException {
    byte[] whole = Files.readAllBytes(deliver(name));
    Path cut = folder.resolve("cut-" + name);
    Files.write(cut, Arrays.copyOf(whole, whole.length - 10));

    AssayException refusal = refusal(Feeds.of(cut.toString(), "Id", "Name", "Price").feed());

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal).hasMessageContaining("cut-" + name + " is cut off or damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"d.csv", "d.json.zst", "d.parquet"})
  void refusesAFileThatIsChangedWhileItIsRead(String name) throws IOException {
    Path file = deliver(name);
    Dataset<Row> rows = rows(Feeds.of(file.toString(), "Id", "Name", "Price").feed());
    Files.write(file, bytesOf(name, SIX.subList(0, 5)));

    Exception thrown = catchThrowableOfType(Exception.class, rows::collectAsList);

    assertThat(Failures.explain(thrown)).hasMessageContaining("was changed while it was read");
  }

  @Test
  void readsTheTypesThatSparkWrites() throws IOException {
    Path file = folder.resolve("d.parquet");
    Dataset<Row> typed =
        spark.sql(
            "SELECT 1 AS i, CAST(2 AS BIGINT) AS l, CAST(3.50 AS DECIMAL(12,4)) AS d, DOUBLE(0.1) AS"
                + " f, true AS b, DATE'2010-12-01' AS day, TIMESTAMP'2010-12-01 08:26:00.25' AS t,"
                + " CAST(NULL AS STRING) AS n");
    Files.write(file, parquet(typed));

    Row row = read(Feeds.of(file.toString(), typed.columns()).feed()).get(0);

    assertThat(row.mkString("|"))
        .startsWith("1|2|3.5000|0.1|true|2010-12-01|2010-12-01 08:26:00.25|null|d.parquet|");
  }

  private Path deliver(String name) throws IOException {
    return Files.write(folder.resolve(name), bytesOf(name, SIX));
  }

  private byte[] bytesOf(String name, List<Row> rows) throws IOException {
    boolean isAll = rows.size() == SIX.size();
    if (name.endsWith(".parquet")) {
      return parquet(
          spark.createDataFrame(rows, StructType.fromDDL("Id string, Name string, Price string")));
    }
    String content = name.contains(".csv") || name.contains(".txt") ? CSV : JSON;
    String part = isAll ? content : content.replace("plain", "other");
    return Packed.as(name.substring(name.lastIndexOf('.')), part.getBytes(UTF_8));
  }

  private byte[] bytes(FeedFormat format, String name) throws IOException {
    return switch (format) {
      case PARQUET -> bytesOf("d.parquet", SIX);
      case JSON -> JSON.getBytes(UTF_8);
      default -> Packed.as(name.endsWith(".gz") ? ".gz" : "", CSV.getBytes(UTF_8));
    };
  }

  private byte[] parquet(Dataset<Row> rows) throws IOException {
    Path written = Files.createTempDirectory(folder, "parquet");
    rows.coalesce(1).write().mode("overwrite").parquet(written.toString());
    try (Stream<Path> files = Files.list(written)) {
      Path part =
          files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
      return Files.readAllBytes(part);
    }
  }

  private List<Row> read(FeedConfig feed) {
    return rows(feed).collectAsList();
  }

  private Dataset<Row> rows(FeedConfig feed) {
    Configuration conf = new Configuration();
    Landing landing = Landing.find(feed, DAY, conf, Clock.systemUTC());
    return FeedRows.read(spark, FeedFiles.look(feed, landing.files(), conf));
  }

  private AssayException refusal(FeedConfig feed) {
    return Failures.explain(catchThrowableOfType(Exception.class, () -> read(feed)));
  }

  private static Row row(Object... values) {
    return RowFactory.create(values);
  }
}
