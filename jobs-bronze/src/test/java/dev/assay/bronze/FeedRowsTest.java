package dev.assay.bronze;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.FeedConfig;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.error.Failures;
import dev.assay.feed.Landing;
import dev.assay.testing.Feeds;
import dev.assay.testing.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedRowsTest {
  private static final String HEADER = "Id,Name,Price\n";
  private static final String[] COLUMNS = {"Id", "Name", "Price"};

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path folder;

  @Test
  void keepsEveryFieldExactlyAsReceived() {
    List<Row> rows = read(HEADER + "1, two words ,2.50\n,\"a, \"\"b\"\"\",\n007,x,1e3\n");

    assertThat(rows)
        .extracting(row -> row.getString(0) + "|" + row.getString(1) + "|" + row.getString(2))
        .containsExactly("1| two words |2.50", "null|a, \"b\"|null", "007|x|1e3");
    assertThat(rows).extracting(row -> row.getLong(5)).containsExactly(2L, 3L, 4L);
    assertThat(rows).extracting(row -> row.getString(3)).containsOnly("2010-12-01.csv");
    assertThat(rows).allMatch(row -> row.isNullAt(6) && row.isNullAt(7));
  }

  @Test
  void tellsAFileByTheChecksumOfItsBytes() {
    List<Row> rows = read(HEADER + "1,a,2\n");

    // printf 'Id,Name,Price\n1,a,2\n' | sha256sum
    assertThat(rows.get(0).getString(4))
        .isEqualTo("8b1b7ce968a1e049103e78dedc77fdb7555ac003fd66855e621ce328db5789d5");
  }

  @Test
  void takesOffAByteOrderMarkAndWindowsLineEnds() {
    List<Row> rows = read("\uFEFFId,Name,Price\r\n1,a,2\r\n");

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getString(0)).isEqualTo("1");
    assertThat(rows.get(0).getString(2)).isEqualTo("2");
  }

  @Test
  void findsTheColumnsByNameInAnyOrder() {
    List<Row> rows = read("Price,Id,Name\n2,1,a\n");

    assertThat(rows.get(0).getString(0) + rows.get(0).getString(1) + rows.get(0).getString(2))
        .isEqualTo("1a2");
  }

  @Test
  void keepsRecordsThatCannotBeSplitWithTheirBytesAndWhy() {
    byte[] content =
        concat(
            (HEADER + "1,a\n" + "2,b,3,4\n" + "3,open,\"5\n" + "\n").getBytes(UTF_8),
            new byte[] {'4', ',', (byte) 0xC3, '(', ',', '6', '\n'},
            "5,good,7\n6,torn".getBytes(UTF_8));

    List<Row> rows = readBytes("2010-12-01.csv", content);

    assertThat(rows)
        .extracting(row -> row.getLong(5) + " " + row.getString(6))
        .containsExactly(
            "2 2 fields instead of 3",
            "3 4 fields instead of 3",
            "4 a quote is not closed, or text follows it",
            "5 1 fields instead of 3",
            "6 not UTF-8",
            "7 null",
            "8 torn: the last line has no end");
    assertThat((byte[]) rows.get(4).get(7))
        .isEqualTo(new byte[] {'4', ',', (byte) 0xC3, '(', ',', '6'});
    assertThat(rows.get(0).isNullAt(0)).isTrue();
  }

  @Test
  void losesNoCharacterBetweenAQuoteAndADelimiterOrAtALinesEnd() {
    List<Row> rows = read(HEADER + "1,\"a\" ,2\n" + "1,a,2\r\r\n" + "1, \"a\",2\n");

    assertThat(rows)
        .extracting(row -> row.getString(6))
        .containsExactly(
            "text stands between a quote and a delimiter",
            "text stands between a quote and a delimiter",
            null);
    assertThat(rows.get(2).getString(1)).isEqualTo(" \"a\"");
  }

  @Test
  void readsAFieldOfTenMegabytes() {
    String big = "x".repeat(10 << 20);

    List<Row> rows = read(HEADER + "1," + big + ",2\n");

    assertThat(rows.get(0).getString(1)).hasSize(10 << 20).isEqualTo(big);
  }

  @Test
  void unpacksGzip() throws IOException {
    List<Row> rows = readBytes("2010-12-01.csv.gz", gzip(HEADER + "1,a,2\n"));

    assertThat(rows).hasSize(1);
  }

  @Test
  void unpacksEveryMemberOfAGzip() throws IOException {
    byte[] both = joined(gzip(HEADER + "1,a,2\n"), gzip("2,b,3\n"));

    assertThat(readBytes("2010-12-01.csv.gz", both)).hasSize(2);
  }

  @Test
  void refusesGzipWithADamagedLaterMember() throws IOException {
    byte[] damaged = gzip("2,b,3\n");
    damaged[0] = 0;
    byte[] both = joined(gzip(HEADER + "1,a,2\n"), damaged);

    assertThat(refusal("2010-12-01.csv.gz", both)).hasMessageContaining("is cut off or damaged");
    byte[] torn = Arrays.copyOf(both, both.length - damaged.length + 5);
    assertThat(refusal("2010-12-01.csv.gz", torn)).hasMessageContaining("is cut off or damaged");
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Test
  void refusesGzipThatIsCutOff() throws IOException {
    byte[] whole = gzip(HEADER + "1,a,2\n".repeat(10_000));

    AssayException refusal = refusal("2010-12-01.csv.gz", Arrays.copyOf(whole, whole.length - 20));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal).hasMessageContaining("2010-12-01.csv.gz is cut off or damaged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|is empty: it has no header",
        "Id,Price\\n1,2\\n|missing [Name], unexpected or twice []",
        "Id,Name,Price,Extra\\n1,a,2,3\\n|missing [], unexpected or twice [Extra]",
        "Id,Title,Price\\n1,a,2\\n|missing [Name], unexpected or twice [Title]",
        "Id,Name,Name,Price\\n1,a,b,2\\n|missing [], unexpected or twice [Name]",
      })
  void refusesAFileWhoseHeaderIsNotTheFeeds(String content, String problem) {
    AssayException refusal =
        refusal("2010-12-01.csv", content.replace("\\n", "\n").getBytes(UTF_8));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal).hasMessageContaining(problem).hasMessageContaining("2010-12-01.csv");
  }

  @Test
  void givesNoRowsForAHeaderAlone() {
    assertThat(read(HEADER)).isEmpty();
  }

  @Test
  void refusesAFileThatChangesWhileItIsRead() throws IOException {
    Path file = folder.resolve("2010-12-01.csv");
    Files.writeString(file, HEADER + "1,a,2\n");
    var rows = FeedRows.read(spark, look("2010-12-01.csv"));
    Files.writeString(file, HEADER + "1,a,3\n");

    Throwable thrown = catchThrowableOfType(Exception.class, rows::collectAsList);

    assertThat(Failures.explain(thrown)).hasMessageContaining("was changed while it was read");
  }

  private List<Row> read(String content) {
    return readBytes("2010-12-01.csv", content.getBytes(UTF_8));
  }

  private List<Row> readBytes(String name, byte[] content) {
    write(name, content);
    return FeedRows.read(spark, look(name)).collectAsList();
  }

  private AssayException refusal(String name, byte[] content) {
    Exception thrown = catchThrowableOfType(Exception.class, () -> readBytes(name, content));
    return Failures.explain(thrown);
  }

  private void write(String name, byte[] content) {
    try {
      Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private FeedFiles look(String name) {
    FeedConfig feed = Feeds.of(folder + "/" + name.replace("2010-12-01", "{date}"), COLUMNS).feed();
    Configuration conf = new Configuration();
    Landing landing = Landing.find(feed, LocalDate.of(2010, 12, 1), conf, Clock.systemUTC());
    return FeedFiles.look(feed, landing.files(), conf);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] gzip(String content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }
}
