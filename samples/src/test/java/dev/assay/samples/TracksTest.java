package dev.assay.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.error.AssayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracksTest {
  private static final int CUSTOMER = 1;
  @TempDir private Path folder;

  @Test
  void aPlayIsSixFieldsWithoutAHeader() throws IOException {
    List<String[]> plays = plays(null);

    assertThat(plays).hasSize(20_000);
    assertThat(plays)
        .allMatch(
            play ->
                String.join(",", play)
                    .matches("\\d+,\\d+,\\d+,2026-01-0\\d \\d\\d:\\d\\d:\\d\\d,[01],\\d{5}"));
    assertThat(plays.stream().map(play -> play[0]).distinct()).hasSize(20_000);
  }

  @Test
  void theCustomersOfAFileListenWhereTheyLive() throws IOException {
    Path file = folder.resolve("cust.csv");
    Files.writeString(file, "CustID,Name,zip\n7,\"Lee, Ann\",\"01234\"\n8,Bo,99999\n");

    assertThat(plays(file))
        .allMatch(play -> play[5].equals(play[CUSTOMER].equals("7") ? "01234" : "99999"));
  }

  @Test
  void aCustomersFileWithoutZipIsRefused() throws IOException {
    Path file = folder.resolve("cust.csv");
    Files.writeString(file, "CustID,Name\n7,Ann\n");

    assertThatThrownBy(() -> plays(file))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("has no column zip, only [CustID, Name]")
        .hasMessageContaining("leave the option out");
  }

  @Test
  void someListenFarMoreThanOthersAndMostlyAtTheirHours() throws IOException {
    Map<String, List<String[]>> byCustomer =
        plays(null).stream().collect(Collectors.groupingBy(play -> play[CUSTOMER]));
    List<List<String[]>> most =
        byCustomer.values().stream()
            .sorted(Comparator.comparing((List<String[]> one) -> one.size()).reversed())
            .limit(50)
            .toList();

    assertThat(most.get(0).size()).isGreaterThan(20 * 20_000 / byCustomer.size());
    assertThat(most.stream().mapToDouble(TracksTest::shareOfSixHours).average().orElseThrow())
        .isGreaterThan(0.5);
  }

  /** Which share of the plays is within the six hours with the most of them. */
  private static double shareOfSixHours(List<String[]> plays) {
    int[] hours = new int[24];
    plays.forEach(play -> hours[Integer.parseInt(play[3].substring(11, 13))]++);
    int best = 0;
    for (int start = 0; start < 24; start++) {
      int sum = 0;
      for (int i = 0; i < 6; i++) {
        sum += hours[(start + i) % 24];
      }
      best = Math.max(best, sum);
    }
    return (double) best / plays.size();
  }

  private List<String[]> plays(Path customers) throws IOException {
    SampleOrder order =
        Orders.order(
            Domain.TRACKS,
            20_000,
            3,
            42,
            0,
            Format.CSV,
            Compression.NONE,
            folder.resolve("out"),
            customers);
    return SimpleCsv.lines(Samples.write(order, 2).files(), false);
  }
}
