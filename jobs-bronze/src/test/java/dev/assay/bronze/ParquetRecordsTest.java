package dev.assay.bronze;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.FeedConfig;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.testing.Feeds;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetRecordsTest {
  private static final FeedConfig FEED = Feeds.of("/{date}", "c").feed();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int32 c|-7|-7",
        "int32 c (INTEGER(32,false))|-1|4294967295",
        "int32 c (DATE)|14944|2010-12-01",
        "int32 c (DECIMAL(9,2))|-150|-1.50",
      })
  void writesAnIntegerByItsMeaning(String column, int value, String text) throws IOException {
    assertThat(read(column, row -> row.add("c", value))).containsExactly("1 [" + text + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int64 c|-7|-7",
        "int64 c (INTEGER(64,false))|-1|18446744073709551615",
        "int64 c (DECIMAL(18,0))|12|12",
        "int64 c (DECIMAL(18,18))|1|0.000000000000000001",
        "int64 c (TIMESTAMP(MILLIS,true))|1291191960000|2010-12-01 08:26:00",
        "int64 c (TIMESTAMP(MICROS,true))|1291191960500000|2010-12-01 08:26:00.5",
        "int64 c (TIMESTAMP(MICROS,false))|-1|1969-12-31 23:59:59.999999",
        "int64 c (TIMESTAMP(NANOS,true))|1291191960000000001|2010-12-01 08:26:00.000000001",
      })
  void writesALongByItsMeaning(String column, long value, String text) throws IOException {
    assertThat(read(column, row -> row.add("c", value))).containsExactly("1 [" + text + "]");
  }

  @Test
  void writesFloatsAsInCsvWithoutAnExponent() throws IOException {
    assertThat(read("double c", row -> row.add("c", 2.5))).containsExactly("1 [2.5]");
    assertThat(read("double c", row -> row.add("c", 1e21)))
        .containsExactly("1 [1000000000000000000000]");
    assertThat(read("double c", row -> row.add("c", 0.0005))).containsExactly("1 [0.0005]");
    assertThat(read("double c", row -> row.add("c", Double.NaN))).containsExactly("1 [NaN]");
    assertThat(read("float c", row -> row.add("c", 0.1f))).containsExactly("1 [0.1]");
    assertThat(read("boolean c", row -> row.add("c", true))).containsExactly("1 [true]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STRING", "ENUM", "JSON"})
  void takesTextAsItIs(String meaning) throws IOException {
    assertThat(read("binary c (" + meaning + ")", row -> row.add("c", "a, \"€\" \uFFFD")))
        .containsExactly("1 [a, \"€\" \uFFFD]");
  }

  @Test
  void writesLargeDecimalsAndTimesOfOldWriters() throws IOException {
    byte[] unscaled = new BigInteger("-12345678901234567890150").toByteArray();
    byte[] twelve =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong((8 * 60 + 26) * 60 * 1_000_000_000L)
            .putInt(2_440_588 + 14_944)
            .array();

    assertThat(
            read(
                "binary c (DECIMAL(38,2))",
                row -> row.add("c", Binary.fromConstantByteArray(unscaled))))
        .containsExactly("1 [" + new BigDecimal("-123456789012345678901.50") + "]");
    assertThat(read("int96 c", row -> row.add("c", Binary.fromConstantByteArray(twelve))))
        .containsExactly("1 [2010-12-01 08:26:00]");
  }

  @Test
  void hasNullForNullAndNumbersTheRowsOfAllRowGroups() throws IOException {
    Path file = folder.resolve("a.parquet");
    MessageType schema = schema("int32 c");
    try (ParquetWriter<Group> writer = writer(file, schema, 1)) {
      for (int n = 0; n < 1000; n++) {
        SimpleGroup row = new SimpleGroup(schema);
        writer.write(n % 2 == 0 ? row : row.append("c", n));
      }
    }

    assertThat(RecordTexts.of(file, FEED))
        .hasSize(1000)
        .startsWith("1 [null]", "2 [1]", "3 [null]")
        .endsWith("999 [null]", "1000 [999]");
  }

  @Test
  void keepsARowWhoseTextIsNotUtf8AndSaysWhich() throws IOException {
    Binary bad = Binary.fromConstantByteArray(new byte[] {'a', (byte) 0xFF});

    assertThat(read("binary c (STRING)", row -> row.add("c", bad)))
        .containsExactly("1 not UTF-8: column 'c'");
  }

  @Test
  void keepsAllOfARowWithTextsThatAreNotUtf8() throws IOException {
    Path file = folder.resolve("a.parquet");
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { optional int32 id; optional binary a (STRING); optional binary b (STRING);"
                + " optional binary c (STRING); optional double none; }");
    Binary bad = Binary.fromConstantByteArray(new byte[] {'a', (byte) 0xFF});
    try (ParquetWriter<Group> writer = writer(file, schema, 1 << 20)) {
      SimpleGroup row = new SimpleGroup(schema);
      row.add("id", 7);
      row.add("a", bad);
      row.add("b", "\"€\"");
      row.add("c", bad);
      writer.write(row);
      writer.write(new SimpleGroup(schema).append("id", 8).append("a", "x"));
    }

    assertThat(RecordTexts.of(file, FEED))
        .containsExactly("1 not UTF-8: columns 'a', 'c'", "2 [8, x, null, null, null]");
    assertThat(RecordTexts.raw(file, FEED))
        .containsExactly(
            "{\"id\":\"7\",\"a\":{\"hex\":\"61ff\"},\"b\":\"\\\"€\\\"\",\"c\":{\"hex\":\"61ff\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group c { optional int32 a; }",
        "group c (LIST) { repeated group list { optional int32 element; } }",
        "binary c",
        "fixed_len_byte_array(16) c (UUID)",
        "int64 c (TIME(MICROS,true))",
      })
  void refusesAFileWithAColumnThatHasNoText(String column) throws IOException {
    AssayException refusal =
        catchThrowableOfType(AssayException.class, () -> read(column, row -> {}));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal).hasMessageContaining("has columns of which bronze makes no text: optional");
  }

  @Test
  void refusesAFileThatIsDamagedAnywhere() throws IOException {
    read("binary c (STRING)", row -> row.add("c", "abcdefgh".repeat(20)));
    byte[] whole = Files.readAllBytes(folder.resolve("a.parquet"));
    Path file = folder.resolve("delivered.parquet");

    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> RecordTexts.of(file, FEED))
          .as("the first %d of %d bytes", length, whole.length)
          .isInstanceOf(DamagedFile.class);
    }
    byte[] changed = whole.clone();
    int inAPage = new String(whole, UTF_8).indexOf("abcdefgh");
    changed[inAPage + 3] = 'x';
    Files.write(file, changed);
    assertThatThrownBy(() -> RecordTexts.of(file, FEED)).isInstanceOf(DamagedFile.class);
  }

  private List<String> read(String column, Consumer<SimpleGroup> fill) throws IOException {
    Path file = folder.resolve("a.parquet");
    Files.deleteIfExists(file);
    MessageType schema = schema(column);
    try (ParquetWriter<Group> writer = writer(file, schema, 1 << 20)) {
      SimpleGroup row = new SimpleGroup(schema);
      fill.accept(row);
      writer.write(row);
    }
    return RecordTexts.of(file, FEED);
  }

  private static MessageType schema(String column) {
    String end = column.endsWith("}") ? " }" : "; }";
    return MessageTypeParser.parseMessageType("message m { optional " + column + end);
  }

  private static ParquetWriter<Group> writer(Path file, MessageType schema, long rowGroup)
      throws IOException {
    return ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
        .withConf(new Configuration())
        .withType(schema)
        .withRowGroupSize(rowGroup)
        .withDictionaryEncoding(false)
        .build();
  }
}
