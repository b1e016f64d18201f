package dev.assay.bronze;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.FeedConfig;
import dev.assay.config.FeedFormat;
import dev.assay.feed.Landing.LandedFile;
import dev.assay.testing.Feeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;

class CsvRoundTripTest {
  private static final FeedConfig FEED =
      Feeds.of("/{date}", "A", "B").written(FeedFormat.CSV).feed();

  @Property(tries = 200)
  void givesBackExactlyWhatWasWritten(
      @ForAll("tables") List<List<String>> table, @ForAll boolean windows) throws IOException {
    String end = windows ? "\r\n" : "\n";
    String content =
        "A,B"
            + end
            + table.stream()
                .map(
                    row ->
                        row.stream().map(CsvRoundTripTest::quoted).collect(Collectors.joining(",")))
                .map(line -> line + end)
                .collect(Collectors.joining());

    List<Row> rows = rows(content.getBytes(UTF_8));

    assertThat(rows)
        .extracting(row -> List.of(row.getString(0), row.getString(1)))
        .containsExactlyElementsOf(table);
  }

  /** Lines without quotes are split without the library: to the same fields. */
  @Property(tries = 1000)
  void splitsAsTheLibraryDoes(@ForAll("plainLines") String line) throws NotOneRecord {
    CSVFormat format = CsvLine.format(TextLayout.of(FEED));

    assertThat(CsvLine.split(line, format)).containsExactly(CsvLine.parsed(line, format));
  }

  @Provide
  Arbitrary<String> plainLines() {
    return Arbitraries.strings()
        .withChars('a', ',', ' ', '\'', ';', 'é', '€', '#', '\t', '\\', '\uFEFF')
        .ofMinLength(1)
        .ofMaxLength(12);
  }

  @Property(tries = 200)
  void accountsForEveryLineOfAnyBytes(@ForAll byte[] bytes) throws IOException {
    byte[] header = "A,B\n".getBytes(UTF_8);
    byte[] content = java.util.Arrays.copyOf(header, header.length + bytes.length);
    System.arraycopy(bytes, 0, content, header.length, bytes.length);
    int lines = 0;
    for (byte one : bytes) {
      lines += one == '\n' ? 1 : 0;
    }
    boolean torn = bytes.length > 0 && bytes[bytes.length - 1] != '\n';

    assertThat(rows(content)).hasSize(lines + (torn ? 1 : 0));
  }

  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> field =
        Arbitraries.strings()
            .withChars('a', '"', ',', ' ', '\'', ';', 'é', '€', '#', '\t')
            .ofMaxLength(8);
    return field.list().ofSize(2).list().ofMaxSize(6);
  }

  private static String quoted(String field) {
    return '"' + field.replace("\"", "\"\"") + '"';
  }

  private static List<Row> rows(byte[] content) throws IOException {
    Path file = Files.createTempFile("assay", ".csv");
    try {
      Files.write(file, content);
      FilePlan plan =
          FilePlan.of(
              new LandedFile(file.toUri().toString(), "rows.csv", 0, 0), FEED, new Configuration());
      List<Row> rows = new ArrayList<>();
      RowShape shape = RowShape.of(plan, FEED.columns(), FEED.drift());
      new FileRows(plan, shape, TextLayout.of(FEED), Map.of()).forEach(rows::add);
      return rows;
    } finally {
      Files.delete(file);
    }
  }
}
