package dev.assay.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** 20,000 events of ads, none of them dirty. */
@TestInstance(Lifecycle.PER_CLASS)
class AdsTest {
  private static final List<String> COLUMNS =
      List.of(
          "user_id",
          "campaign_id",
          "ad_id",
          "timestamp",
          "event_type",
          "device_type",
          "os",
          "browser",
          "country",
          "city",
          "age_group",
          "gender",
          "bid_price",
          "cost",
          "revenue");

  private List<Map<String, String>> rows = List.of();
  private JsonNode truth;

  @BeforeAll
  void generate(@TempDir Path folder) throws IOException {
    Samples.Written written = Samples.write(Orders.csv(Domain.ADS, 20_000, 3, 0, folder), 2);
    rows = SimpleCsv.rows(written.files(), COLUMNS);
    truth = Orders.truth(written);
  }

  @Test
  void thereAreAsManyRowsAsWereAskedForAndNoTwoAreEqual() {
    assertThat(rows).hasSize(20_000);
    assertThat(new HashSet<>(rows)).hasSize(20_000);
  }

  @Test
  void everyClickFollowsAnImpressionOfTheSameUserAndAdWithinMinutes() {
    assertThat(withoutCause("click", "impression", Duration.ofMinutes(11))).isEmpty();
  }

  @Test
  void everyConversionFollowsAClickOfTheSameUserAndAdWithinMinutes() {
    assertThat(withoutCause("conversion", "click", Duration.ofMinutes(16))).isEmpty();
  }

  /** Rows of a type that no row of the cause's type came before. */
  private List<Map<String, String>> withoutCause(String type, String cause, Duration within) {
    Map<String, List<LocalDateTime>> causes =
        rows.stream()
            .filter(row -> row.get("event_type").equals(cause))
            .collect(
                Collectors.groupingBy(
                    AdsTest::userAndAd, Collectors.mapping(AdsTest::time, Collectors.toList())));
    List<Map<String, String>> effects =
        rows.stream().filter(row -> row.get("event_type").equals(type)).toList();
    assertThat(effects).hasSizeGreaterThan(50);
    return effects.stream()
        .filter(
            row ->
                causes.getOrDefault(userAndAd(row), List.of()).stream()
                    .noneMatch(at -> at.isBefore(time(row)) && !time(row).isAfter(at.plus(within))))
        .toList();
  }

  @Test
  void everyAdBelongsToOneCampaignAndEveryCityToOneCountry() {
    assertThat(valuesOf("campaign_id", "ad_id").values()).allMatch(one -> one.size() == 1);
    Map<String, Set<String>> countries = valuesOf("country", "city");
    assertThat(countries.values()).allMatch(one -> one.size() == 1);
    assertThat(countries.keySet()).contains("Seoul", "New York", "Tokyo", "Beijing");
  }

  @Test
  void aUserStaysWhoItIs() {
    for (String trait : List.of("country", "city", "age_group", "gender")) {
      assertThat(valuesOf(trait, "user_id").values()).allMatch(one -> one.size() == 1);
    }
    assertThat(valuesOf("os", "device_type").get("desktop")).containsExactly("Windows");
  }

  private Map<String, Set<String>> valuesOf(String column, String by) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> row.get(by),
                Collectors.mapping(row -> row.get(column), Collectors.toSet())));
  }

  @Test
  void noValueIsOutsideOfItsRangeOrSet() {
    Set<String> bots = frauds().keySet();
    assertThat(rows)
        .filteredOn(row -> !bots.contains(row.get("user_id")))
        .allMatch(row -> isBetween(row.get("bid_price"), "0", "5"));
    assertThat(rows)
        .allMatch(row -> isBetween(row.get("cost"), "0", "2"))
        .allMatch(row -> isBetween(row.get("revenue"), "0", "100"))
        .allMatch(row -> !row.get("revenue").equals("0.00") == isConversion(row));
    assertThat(valuesOf("event_type", "country").keySet()).containsOnly("KR", "US", "JP", "CN");
    assertThat(valuesOf("country", "age_group").keySet())
        .containsOnly("18-24", "25-34", "35-44", "45+");
    assertThat(valuesOf("country", "browser").keySet()).containsOnly("Chrome", "Safari", "Firefox");
  }

  private static boolean isConversion(Map<String, String> row) {
    return row.get("event_type").equals("conversion");
  }

  private static boolean isBetween(String text, String low, String high) {
    BigDecimal value = new BigDecimal(text);
    return value.compareTo(new BigDecimal(low)) >= 0 && value.compareTo(new BigDecimal(high)) <= 0;
  }

  @Test
  void thePlantedFraudsAreTheSuspiciousMinutes() {
    Map<String, List<Map<String, String>>> minutes =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row ->
                        row.get("timestamp").substring(0, 16)
                            + row.get("user_id")
                            + row.get("campaign_id")));
    Map<String, String> scores = new TreeMap<>();
    minutes.values().forEach(one -> score(one).ifPresent(s -> scores.put(user(one), s)));

    assertThat(scores).isEqualTo(frauds());
    assertThat(scores.values()).contains("0.9", "0.7", "0.6");
  }

  private static String user(List<Map<String, String>> minute) {
    return minute.get(0).get("user_id");
  }

  /** As the definition of suspicious_activity says; none if it is 0.1. */
  private static Optional<String> score(List<Map<String, String>> minute) {
    long ads = minute.stream().map(row -> row.get("ad_id")).distinct().count();
    double bid =
        minute.stream()
            .mapToDouble(row -> Double.parseDouble(row.get("bid_price")))
            .average()
            .orElseThrow();
    if (minute.size() > 100) {
      return Optional.of("0.9");
    }
    if (ads < 2 && minute.size() >= 10) {
      return Optional.of("0.7");
    }
    return bid > 10 ? Optional.of("0.6") : Optional.empty();
  }

  private Map<String, String> frauds() {
    Map<String, String> frauds = new TreeMap<>();
    truth
        .get("fraud_windows")
        .forEach(one -> frauds.put(one.get("user_id").asText(), one.get("fraud_score").asText()));
    return frauds;
  }

  @Test
  void sessionsGoOnAfterMidnight() {
    Map<String, Set<String>> days = new HashMap<>();
    rows.stream()
        .filter(row -> row.get("timestamp").matches(".* (23:5|00:0).*"))
        .forEach(
            row ->
                days.computeIfAbsent(row.get("user_id"), user -> new HashSet<>())
                    .add(row.get("timestamp").substring(0, 13)));

    assertThat(days.values())
        .anyMatch(hours -> hours.containsAll(Set.of("2026-01-01 23", "2026-01-02 00")));
  }

  @Test
  void clicksCanBeForetoldALittle() {
    assertThat(clickRate("device_type", "mobile"))
        .isGreaterThan(1.4 * clickRate("device_type", "desktop"));
    assertThat(clickRate("age_group", "18-24")).isGreaterThan(1.4 * clickRate("age_group", "45+"));
    assertThat(clickRate("device_type", "mobile")).isBetween(0.03, 0.2);
  }

  private double clickRate(String column, String value) {
    Map<String, Long> types =
        rows.stream()
            .filter(row -> row.get(column).equals(value))
            .collect(Collectors.groupingBy(row -> row.get("event_type"), Collectors.counting()));
    return (double) types.get("click") / types.get("impression");
  }

  @Test
  void someUsersAndAdsAreSeenFarMoreOftenThanMost() {
    assertThat(shareOfTopTenth("user_id")).isGreaterThan(0.3);
    assertThat(shareOfTopTenth("ad_id")).isGreaterThan(0.4);
  }

  private double shareOfTopTenth(String column) {
    List<Long> counts =
        rows.stream()
            .collect(Collectors.groupingBy(row -> row.get(column), Collectors.counting()))
            .values()
            .stream()
            .sorted(Comparator.reverseOrder())
            .toList();
    long top = counts.stream().limit(counts.size() / 10).mapToLong(Long::longValue).sum();
    return (double) top / rows.size();
  }

  private static String userAndAd(Map<String, String> row) {
    return row.get("user_id") + row.get("ad_id");
  }

  private static LocalDateTime time(Map<String, String> row) {
    return LocalDateTime.parse(row.get("timestamp").replace(' ', 'T'));
  }
}
