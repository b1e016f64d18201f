package dev.assay.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormatsTest {
  private static final Layout LAYOUT =
      new Layout(
          List.of("a", "b"), true, null, null, null, List.of("a"), List.of("a"), List.of("a"));
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Domain.class,
      names = {"ADS", "WEB"})
  void everyFormatHasTheSameValues(Domain domain) throws IOException {
    List<List<String>> csv = read(write(domain, Format.CSV), Format.CSV);

    assertThat(csv).hasSize(2_000);
    assertThat(read(write(domain, Format.JSON), Format.JSON)).isEqualTo(csv);
    assertThat(read(write(domain, Format.PARQUET), Format.PARQUET)).isEqualTo(csv);
  }

  @Test
  void csvTellsAnEmptyTextFromNoneAndQuotesWhatMustBe() throws IOException {
    assertThat(written(Format.CSV, new Row(Kind.CLEAN, 0, 0, 0, new String[] {"", null})))
        .isEqualTo("a,b\n\"\",\n");
    assertThat(
            written(Format.CSV, new Row(Kind.CLEAN, 0, 0, 0, new String[] {"1,5", "say \"no\""})))
        .isEqualTo("a,b\n\"1,5\",\"say \"\"no\"\"\"\n");
  }

  @Test
  void jsonHasTextsAndNulls() throws IOException {
    assertThat(written(Format.JSON, new Row(Kind.CLEAN, 0, 0, 0, new String[] {"1.50", null})))
        .isEqualTo("{\"a\":\"1.50\",\"b\":null}\n");
  }

  @Test
  void aTornRowIsCutOff() throws IOException {
    Row torn = new Row(Kind.TORN, 0, 0, 0, new String[] {"1.50", "x"});

    assertThat(written(Format.CSV, torn)).isEqualTo("a,b\n1.50\n");
    assertThat(written(Format.JSON, torn)).isEqualTo("{\"a\":\"1.50\",\"\n");
  }

  private String written(Format format, Row row) throws IOException {
    Path file =
        folder.resolve(row.kind() + "-" + String.valueOf(row.values()[0]).length() + format);
    try (RowWriter writer = RowWriter.open(file, LAYOUT, format, Compression.NONE)) {
      writer.write(row);
    }
    return Files.readString(file);
  }

  private List<Path> write(Domain domain, Format format) throws IOException {
    Path out = folder.resolve(domain + format.name().toLowerCase(Locale.ROOT));
    return Samples.write(Orders.order(domain, 2_000, 2, 42, 0, format, out), 2).files();
  }

  private static List<List<String>> read(List<Path> files, Format format) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (Path file : files) {
      rows.addAll(
          switch (format) {
            case CSV -> csv(file);
            case JSON -> json(file);
            case PARQUET -> parquet(file);
          });
    }
    return rows;
  }

  private static List<List<String>> csv(Path file) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setNullString("").get();
    try (CSVParser parser = CSVParser.parse(Files.readString(file), format)) {
      return parser.stream().map(record -> List.copyOf(shown(record.toList()))).toList();
    }
  }

  private static List<List<String>> json(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      List<String> row = new ArrayList<>();
      for (JsonNode value : Json.tree(line)) {
        row.add(value.isNull() ? null : value.textValue());
      }
      rows.add(shown(row));
    }
    return rows;
  }

  private static List<List<String>> parquet(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (ParquetReader<Group> reader = new Groups(new LocalInputFile(file)).build()) {
      for (Group group = reader.read(); group != null; group = reader.read()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < group.getType().getFieldCount(); i++) {
          row.add(group.getFieldRepetitionCount(i) == 0 ? null : group.getString(i, 0));
        }
        rows.add(shown(row));
      }
    }
    return rows;
  }

  private static List<String> shown(List<String> values) {
    return values.stream().map(value -> value == null ? "(none)" : value).toList();
  }

  private static final class Groups extends ParquetReader.Builder<Group> {
    Groups(InputFile file) {
      super(file, new PlainParquetConfiguration());
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
