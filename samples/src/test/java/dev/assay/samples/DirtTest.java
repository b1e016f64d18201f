package dev.assay.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirtTest {
  private static final int ROWS = 20_000;
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ADS|clean fraud late duplicate too_late future out_of_range wrong_type missing_key"
            + " unknown_category torn",
        "WEB|clean late duplicate conflict too_late future out_of_range wrong_type missing_key"
            + " unknown_category torn",
        "TRACKS|clean late duplicate conflict too_late future out_of_range wrong_type missing_key"
            + " unknown_category torn",
        "PURCHASES|clean duplicate out_of_range wrong_type missing_key unknown_category torn",
      })
  void theAskedForShareIsDirtyInEveryWayThatFitsTheDomain(Domain domain, String kinds)
      throws IOException {
    JsonNode byKind =
        Orders.truth(Samples.write(Orders.csv(domain, ROWS, 5, 0.1, folder), 2))
            .get("rows_by_kind");

    Map<String, Long> rows = new TreeMap<>();
    byKind.properties().forEach(kind -> rows.put(kind.getKey(), kind.getValue().asLong()));
    long fine = rows.get("clean") + rows.getOrDefault("fraud", 0L);
    assertThat(rows.keySet()).containsExactlyInAnyOrder(kinds.split(" "));
    assertThat(rows.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(ROWS);
    assertThat((double) (ROWS - fine) / ROWS).isEqualTo(0.1, within(0.01));
  }

  @Test
  void aFeedHasNoDirtIfNoneIsAskedFor() throws IOException {
    JsonNode truth = Orders.truth(Samples.write(Orders.csv(Domain.WEB, 2_000, 2, 0, folder), 2));

    assertThat(truth.get("rows_by_kind").toString()).isEqualTo("{\"clean\":2000}");
  }

  @Test
  void rowsLandUpToTenDaysAfterTheirEventAndUpToThirtyBefore() throws IOException {
    Set<Long> lags = new TreeSet<>();
    for (Path file : ads(Format.CSV)) {
      LocalDate landing = LocalDate.parse(file.getParent().getFileName().toString());
      for (String[] fields : SimpleCsv.lines(List.of(file), true)) {
        if (fields[3].matches("\\d{4}-.*")) {
          LocalDate day = LocalDate.parse(fields[3].substring(0, 10));
          lags.add(ChronoUnit.DAYS.between(day, landing));
        }
      }
    }

    assertThat(lags).contains(0L, 1L, 2L, 3L, 10L, -1L, -30L);
    assertThat(lags).allMatch(lag -> lag >= -30 && lag <= 10);
  }

  @Test
  void aConflictHasTheIdOfAnotherRowAndAnotherPage() throws IOException {
    List<Path> files = Samples.write(Orders.csv(Domain.WEB, ROWS, 5, 0.1, folder), 2).files();
    Map<String, Set<String>> pages = new TreeMap<>();
    for (String[] fields : SimpleCsv.lines(files, true)) {
      if (!fields[0].isEmpty()) {
        pages.computeIfAbsent(fields[0], id -> new HashSet<>()).add(fields[3]);
      }
    }

    List<Set<String>> conflicts = pages.values().stream().filter(one -> one.size() > 1).toList();
    assertThat(conflicts).hasSizeGreaterThan(100).allMatch(one -> one.contains("0"));
  }

  @Test
  void tornJsonIsNoJson() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : ads(Format.JSON)) {
      lines.addAll(Files.readAllLines(file));
    }

    assertThat(lines).hasSize(ROWS);
    assertThat(lines.stream().filter(line -> !line.endsWith("}")).count()).isBetween(100L, 400L);
  }

  @Test
  void parquetLacksAKeyWhereOthersAreTorn() throws IOException {
    Path out = folder.resolve("parquet");
    var order = Orders.order(Domain.ADS, ROWS, 5, 42, 0.1, Format.PARQUET, out);
    JsonNode parquet = Orders.truth(Samples.write(order, 2)).get("rows_by_kind");
    JsonNode csv =
        Orders.truth(Samples.write(Orders.csv(Domain.ADS, ROWS, 5, 0.1, folder), 2))
            .get("rows_by_kind");

    assertThat(parquet.has("torn")).isFalse();
    assertThat(parquet.get("clean")).isEqualTo(csv.get("clean"));
    assertThat(parquet.get("missing_key").asLong())
        .isEqualTo(csv.get("missing_key").asLong() + csv.get("torn").asLong());
  }

  private List<Path> ads(Format format) throws IOException {
    return Samples.write(Orders.order(Domain.ADS, ROWS, 5, 42, 0.1, format, folder), 2).files();
  }
}
