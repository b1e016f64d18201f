package dev.assay.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a truth file says of dirty feeds, against a count of what is right in their files. */
class TruthTest {
  private static final int ROWS = 20_000;
  @TempDir private Path folder;

  @Test
  void adsAreCountedByDayAndCampaign() throws IOException {
    Samples.Written written = Samples.write(Orders.csv(Domain.ADS, ROWS, 4, 0.1, folder), 2);
    Map<String, String> campaigns = new TreeMap<>();
    Map<String, Set<String>> users = new TreeMap<>();
    for (List<String> row : new Recount(written.files(), true, 3).rows()) {
      if (isEventOfAds(row)) {
        String day = row.get(3).substring(0, 10);
        users.computeIfAbsent(day, one -> new HashSet<>()).add(row.get(0));
        campaigns.merge(day + "," + row.get(1), counted(row), TruthTest::sum);
      }
    }

    List<String> truth = Files.readAllLines(folder.resolve("truth_campaigns.csv"));
    assertThat(truth.get(0))
        .isEqualTo("day,campaign_id,impressions,clicks,conversions,cost,revenue");
    assertThat(truth.subList(1, truth.size()))
        .containsExactlyElementsOf(
            campaigns.entrySet().stream().map(one -> one.getKey() + one.getValue()).toList());
    JsonNode days = Orders.truth(written).get("days");
    assertThat(days.size()).isEqualTo(4);
    users.forEach(
        (day, ids) -> assertThat(days.get(day).get("users").asInt()).isEqualTo(ids.size()));
    days.properties().forEach(day -> assertSumsOf(campaigns, day.getKey(), day.getValue()));
  }

  private static boolean isEventOfAds(List<String> row) {
    Set<String> types = Set.of("impression", "click", "conversion");
    return types.contains(row.get(4))
        && row.subList(5, 12).stream().noneMatch("XX"::equals)
        && row.subList(0, 3).stream().noneMatch(String::isEmpty)
        && row.subList(12, 15).stream().allMatch(TruthTest::isMoney);
  }

  private static boolean isMoney(String text) {
    return text.matches("[0-9]+[.][0-9][0-9]");
  }

  private static String counted(List<String> row) {
    String counts =
        switch (row.get(4)) {
          case "impression" -> ",1,0,0,";
          case "click" -> ",0,1,0,";
          default -> ",0,0,1,";
        };
    return counts + row.get(13) + "," + row.get(14);
  }

  private static String sum(String one, String other) {
    String[] a = one.split(",", -1);
    String[] b = other.split(",", -1);
    StringBuilder sums = new StringBuilder();
    for (int i = 1; i < a.length; i++) {
      sums.append(',').append(new BigDecimal(a[i]).add(new BigDecimal(b[i])).toPlainString());
    }
    return sums.toString();
  }

  private static void assertSumsOf(Map<String, String> campaigns, String day, JsonNode truth) {
    String all =
        campaigns.entrySet().stream()
            .filter(one -> one.getKey().startsWith(day))
            .map(Map.Entry::getValue)
            .reduce(TruthTest::sum)
            .orElseThrow();
    assertThat(all)
        .isEqualTo(
            ","
                + truth.get("impressions").asText()
                + ","
                + truth.get("clicks").asText()
                + ","
                + truth.get("conversions").asText()
                + ","
                + truth.get("cost").asText()
                + ","
                + truth.get("revenue").asText());
  }

  @Test
  void visitsAreCountedByDay() throws IOException {
    Samples.Written written = Samples.write(Orders.csv(Domain.WEB, ROWS, 4, 0.1, folder), 2);
    Map<String, Set<String>> visitors = new TreeMap<>();
    Map<String, BigDecimal> revenue = new TreeMap<>();
    Map<String, Map<String, Integer>> events = new TreeMap<>();
    for (List<String> row : new Recount(written.files(), true, 9).firstOfEachId()) {
      if (!row.get(1).isEmpty()
          && !row.get(2).equals("XX")
          && isMoney(row.get(10))
          && isMoney(row.get(11))) {
        String day = row.get(9).substring(0, 10);
        visitors.computeIfAbsent(day, one -> new HashSet<>()).add(row.get(1));
        revenue.merge(day, new BigDecimal(row.get(10)), BigDecimal::add);
        events.computeIfAbsent(day, one -> new TreeMap<>()).merge(row.get(2), 1, Integer::sum);
      }
    }

    JsonNode days = Orders.truth(written).get("days");
    assertThat(days.size()).isEqualTo(4);
    visitors.forEach(
        (day, ids) -> {
          JsonNode truth = days.get(day);
          assertThat(truth.get("visitors").asInt()).isEqualTo(ids.size());
          assertThat(truth.get("revenue").asText()).isEqualTo(revenue.get(day).toPlainString());
          assertThat(truth.get("purchases").asInt()).isEqualTo(events.get(day).get("purchase"));
          Map<String, Integer> byType = new TreeMap<>();
          truth
              .get("events")
              .properties()
              .forEach(type -> byType.put(type.getKey(), type.getValue().asInt()));
          assertThat(byType).isEqualTo(events.get(day));
        });
  }

  @Test
  void playsAreCountedByCustomer() throws IOException {
    Samples.Written written = Samples.write(Orders.csv(Domain.TRACKS, ROWS, 4, 0.1, folder), 2);
    Map<String, Integer> plays = new HashMap<>();
    for (List<String> row : new Recount(written.files(), false, 3).firstOfEachId()) {
      if (!row.get(1).isEmpty() && row.get(4).matches("[01]")) {
        plays.merge(row.get(1), 1, Integer::sum);
      }
    }

    JsonNode truth = Orders.truth(written);
    Map<String, Integer> counted = new HashMap<>();
    truth
        .get("plays")
        .properties()
        .forEach(one -> counted.put(one.getKey(), one.getValue().asInt()));
    assertThat(counted).isEqualTo(plays);
    assertThat(truth.get("customers").asInt()).isEqualTo(plays.size());
  }

  @Test
  void purchasesAreCountedAndSummed() throws IOException {
    Samples.Written written = Samples.write(Orders.csv(Domain.PURCHASES, ROWS, 1, 0.1, folder), 2);
    List<List<String>> rows =
        new Recount(written.files(), true, -1)
            .rows().stream()
                .filter(row -> !row.contains("XX") && row.get(12).matches("[0-9]+"))
                .filter(row -> !row.get(0).isEmpty() && !row.get(1).isEmpty())
                .toList();
    long sum = rows.stream().mapToLong(row -> Long.parseLong(row.get(12))).sum();

    JsonNode truth = Orders.truth(written);
    assertThat(truth.get("purchases").asInt()).isEqualTo(rows.size());
    assertThat(truth.get("purchase").asText()).isEqualTo(Long.toString(sum));
  }

  @Test
  void rowsAreCountedByLandingDay() throws IOException {
    Samples.Written written = Samples.write(Orders.csv(Domain.ADS, ROWS, 4, 0.1, folder), 2);

    JsonNode landings = Orders.truth(written).get("rows_by_landing_day");
    assertThat(landings.size()).isEqualTo(4);
    for (Path file : written.files()) {
      String date = file.getParent().getFileName().toString();
      assertThat(SimpleCsv.lines(List.of(file), true)).hasSize(landings.get(date).asInt());
    }
  }
}
