package dev.assay.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.typesafe.config.ConfigFactory;
import dev.assay.config.Cadence;
import dev.assay.config.Derivation;
import dev.assay.config.ExportConfig;
import dev.assay.config.ExportFormat;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableName;
import dev.assay.config.Transform;
import dev.assay.config.Upkeep;
import dev.assay.store.Existing;
import dev.assay.store.StoreSettings;
import dev.assay.store.StoredFile;
import dev.assay.testing.Contracts;
import dev.assay.testing.Lakes;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportedFileTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 6);
  private static final StructType SALE =
      StructType.fromDDL(
          "day date, id bigint, buyer string, amount decimal(28,4), rate double, at timestamp,"
              + " flags array<string>");

  private final SparkSession spark = TestSpark.session();
  @TempDir private Path folder;

  private final Dataset<Row> sales =
      spark.createDataFrame(
          List.of(
              sale(1, 2, "O'Neil, \"Ann\"\nLtd", "-0.0001", null, 1, List.of("free", "a,b")),
              sale(0, 3, "", "12345678901234567890.5", 0.5, 0, List.of()),
              sale(0, 1, null, "0", 2.0, 123_456, null)),
          SALE);

  @Test
  void csvIsPlainAndQuotedWhereItMustBe() throws IOException {
    assertThat(write(ExportFormat.CSV, all(sales))).isEqualTo(3);

    assertThat(Files.readString(file()))
        .isEqualTo(
            String.join(
                "\r\n",
                "day,id,buyer,amount,rate,at,flags",
                "2020-01-06,1,,0.0000,2.0,2020-01-06T08:26:00.123456Z,",
                "2020-01-06,3,\"\",12345678901234567890.5000,0.5,2020-01-06T08:26:00Z,[]",
                "2020-01-07,2,\"O'Neil, \"\"Ann\"\"\nLtd\",-0.0001,,2020-01-06T08:26:00.000001Z,"
                    + "\"[\"\"free\"\",\"\"a,b\"\"]\"",
                ""));
  }

  @Test
  void jsonIsAnObjectALineWithItsNulls() throws IOException {
    assertThat(write(ExportFormat.JSON, all(sales).where("id <> 2"))).isEqualTo(2);

    assertThat(Files.readAllLines(file()))
        .containsExactly(
            "{\"day\":\"2020-01-06\",\"id\":1,\"buyer\":null,\"amount\":0.0000,\"rate\":2.0,"
                + "\"at\":\"2020-01-06T08:26:00.123456Z\",\"flags\":null}",
            "{\"day\":\"2020-01-06\",\"id\":3,\"buyer\":\"\",\"amount\":12345678901234567890.5000,"
                + "\"rate\":0.5,\"at\":\"2020-01-06T08:26:00.000000Z\",\"flags\":[]}");
  }

  @Test
  void parquetIsOneFileOfTheSameRows() throws IOException {
    assertThat(write(ExportFormat.PARQUET, all(sales))).isEqualTo(3);

    Dataset<Row> read = spark.read().parquet(file().toString());
    assertThat(read.schema()).isEqualTo(SALE);
    assertThat(read.collectAsList()).containsExactlyElementsOf(all(sales).collectAsList());
    assertThat(left()).containsExactly("sales");
  }

  @Test
  void hasTheColumnsTheNamesAndTheDaysThatAreAskedFor() throws IOException {
    ExportConfig export =
        new ExportConfig(
            "some", "sales", ExportFormat.CSV, List.of("amount", "id"), List.of("net", "sale"));

    write(ExportFormat.CSV, ExportedRows.of(sales, contract(), export, List.of(DAY)));

    assertThat(Files.readString(file()))
        .isEqualTo("net,sale\r\n0.0000,1\r\n12345678901234567890.5000,3\r\n");
  }

  @Test
  void rowsWithoutAKeyGiveTheSameFileInWhateverOrderTheyLie() throws IOException {
    Dataset<Row> alike =
        spark.sql(
            "SELECT DATE'2020-01-06' day, 1L id, buyer, flags, kinds FROM VALUES"
                + " ('b', array('x'), map('k', 1)), ('a', array('y'), map('k', 1)),"
                + " ('a', array('x'), map('k', 2)), ('a', array('x'), map('k', 1)),"
                + " (null, null, null) AS (buyer, flags, kinds)");
    write(ExportFormat.CSV, all(alike));
    String first = Files.readString(file());
    Files.delete(file());

    write(ExportFormat.CSV, all(alike.repartition(3, col("kinds").getItem("k")).orderBy("flags")));

    assertThat(Files.readString(file()))
        .isEqualTo(first)
        .isEqualTo(
            String.join(
                "\r\n",
                "day,id,buyer,flags,kinds",
                "2020-01-06,1,,,",
                "2020-01-06,1,a,\"[\"\"x\"\"]\",\"{\"\"k\"\":1}\"",
                "2020-01-06,1,a,\"[\"\"x\"\"]\",\"{\"\"k\"\":2}\"",
                "2020-01-06,1,a,\"[\"\"y\"\"]\",\"{\"\"k\"\":1}\"",
                "2020-01-06,1,b,\"[\"\"x\"\"]\",\"{\"\"k\"\":1}\"",
                ""));
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void aRowThatCannotBeReadLeavesNoFile(ExportFormat format) throws IOException {
    Dataset<Row> breaking =
        spark
            .range(0, 5000, 1, 4)
            .select(expr("CASE WHEN id = 4000 THEN raise_error('no row') ELSE id END").as("id"));

    Throwable thrown = catchThrowable(() -> write(format, breaking.toDF()));

    assertThat(thrown).hasStackTraceContaining("no row");
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void isOneObjectOfAStore(ExportFormat format) throws IOException {
    StoreSettings.of(Lakes.minio()).forEach((key, value) -> spark.conf().set(key, value));
    String root = Lakes.newRoot();

    new ExportedFile(
            new org.apache.hadoop.fs.Path(root, "out/sales"),
            Existing.KEPT,
            spark.sessionState().newHadoopConf())
        .write(format, all(sales));

    assertThat(Lakes.lake(root).files("out")).extracting(StoredFile::path).containsExactly("sales");
  }

  @Test
  void aTableIsWrittenAPartitionAtATime() throws IOException {
    Dataset<Row> many = spark.range(0, 100_000, 1, 8).toDF("id").orderBy(col("id").desc());

    assertThat(write(ExportFormat.CSV, many)).isEqualTo(100_000);

    List<String> lines = Files.readAllLines(file());
    assertThat(lines).hasSize(100_001);
    assertThat(lines.subList(0, 3)).containsExactly("id", "99999", "99998");
  }

  private long write(ExportFormat format, Dataset<Row> rows) throws IOException {
    return new ExportedFile(
            new org.apache.hadoop.fs.Path(file().toUri()),
            Existing.KEPT,
            spark.sessionState().newHadoopConf())
        .write(format, rows);
  }

  private static Dataset<Row> all(Dataset<Row> rows) {
    List<String> columns = List.of(rows.columns());
    ExportConfig all = new ExportConfig("all", "sales", ExportFormat.CSV, columns, columns);
    return ExportedRows.of(rows, contract(), all, List.of());
  }

  private static TableContract contract() {
    return new TableContract(
        new TableName("test", "sales"),
        Stage.GOLD,
        "A sale.",
        "day",
        List.of("id"),
        List.of(Contracts.column("day", "date", false), Contracts.column("id", "bigint", false)),
        new Derivation.Computed(
            List.of(), new Transform.InClass("none"), new Cadence.Daily(0), ConfigFactory.empty()),
        List.of(),
        Map.of(),
        List.of(),
        Upkeep.PLAIN,
        null);
  }

  private Path file() {
    return folder.resolve("sales");
  }

  /** What is in the folder but Hadoop's checksums. */
  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> !name.endsWith(".crc"))
          .toList();
    }
  }

  private static Row sale(
      int days, long id, String buyer, String amount, Double rate, int micros, List<String> flags) {
    return RowFactory.create(
        Date.valueOf(DAY.plusDays(days)),
        id,
        buyer,
        new BigDecimal(amount),
        rate,
        Timestamp.from(Instant.parse("2020-01-06T08:26:00Z").plusNanos(micros * 1000L)),
        flags == null ? null : flags.toArray(String[]::new));
  }
}
