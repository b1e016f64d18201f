package dev.assay.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** 20,000 steps of visits, none of them dirty. */
@TestInstance(Lifecycle.PER_CLASS)
class WebTest {
  private static final List<String> COLUMNS =
      List.of(
          "event_id",
          "user_id",
          "event_type",
          "page",
          "referrer",
          "utm_source",
          "utm_medium",
          "utm_campaign",
          "device_type",
          "timestamp",
          "revenue",
          "cost",
          "feature");
  private static final List<String> PROFILE =
      List.of("user_id", "signed_up_at", "country", "age_group", "gender", "plan", "email");

  private List<Map<String, String>> rows = List.of();
  private List<Map<String, String>> profiles = List.of();

  @BeforeAll
  void generate(@TempDir Path folder) throws IOException {
    Samples.Written written = Samples.write(Orders.csv(Domain.WEB, 20_000, 5, 0, folder), 2);
    rows = SimpleCsv.rows(written.files(), COLUMNS);
    profiles = SimpleCsv.rows(List.of(folder.resolve("user_profiles.csv")), PROFILE);
  }

  @Test
  void everyEventHasAnIdOfItsOwn() {
    assertThat(rows).hasSize(20_000);
    assertThat(rows.stream().map(row -> row.get("event_id")).distinct()).hasSize(20_000);
  }

  @Test
  void fewerGoOnAtEveryStepOfAJourney() {
    Map<String, Long> types =
        rows.stream()
            .collect(Collectors.groupingBy(row -> row.get("event_type"), Collectors.counting()));

    assertThat(types.keySet())
        .containsExactlyInAnyOrder(
            "landing",
            "page_view",
            "product_view",
            "add_to_cart",
            "checkout",
            "purchase",
            "signup",
            "app_install");
    assertThat(
            List.of(
                types.get("purchase"),
                types.get("checkout"),
                types.get("add_to_cart"),
                types.get("product_view")))
        .isSorted()
        .allMatch(count -> count > 100);
  }

  @Test
  void everyPurchaseFollowsACheckoutAndThatACart() {
    assertThat(before("purchase", "checkout")).isTrue();
    assertThat(before("checkout", "add_to_cart")).isTrue();
    assertThat(before("add_to_cart", "product_view")).isTrue();
  }

  /** Whether a user's n-th event of a type has n of the cause's type before it. */
  private boolean before(String type, String cause) {
    Map<String, List<Map<String, String>>> byUser =
        rows.stream()
            .sorted(Comparator.comparing(row -> row.get("timestamp")))
            .collect(Collectors.groupingBy(row -> row.get("user_id")));
    return byUser.values().stream()
        .allMatch(
            events -> {
              int open = 0;
              for (Map<String, String> event : events) {
                open += event.get("event_type").equals(cause) ? 1 : 0;
                open -= event.get("event_type").equals(type) ? 1 : 0;
                if (open < 0) {
                  return false;
                }
              }
              return true;
            });
  }

  @Test
  void revenueIsOfPurchasesAndCostOfPaidVisits() {
    assertThat(rows)
        .allMatch(
            row ->
                row.get("event_type").equals("purchase")
                    == (new BigDecimal(row.get("revenue")).signum() > 0));
    assertThat(rows)
        .filteredOn(row -> new BigDecimal(row.get("cost")).signum() > 0)
        .isNotEmpty()
        .allMatch(
            row ->
                Set.of("cpc", "social", "display", "video", "affiliate")
                    .contains(row.get("utm_medium")));
  }

  @Test
  void visitorsComeInEveryWay() {
    assertThat(rows.stream().map(row -> row.get("utm_medium")).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "", "cpc", "email", "social", "display", "video", "affiliate", "qr");
    assertThat(
            rows.stream()
                .filter(row -> row.get("utm_medium").isEmpty())
                .map(row -> row.get("referrer"))
                .collect(Collectors.toSet()))
        .contains(
            "",
            "https://www.google.com/",
            "https://www.facebook.com/",
            "https://blog.example.org/review");
  }

  @Test
  void mostUsersComeAgainOnAnotherDay() {
    Map<String, Set<String>> days =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.get("user_id"),
                    Collectors.mapping(
                        row -> row.get("timestamp").substring(0, 10), Collectors.toSet())));

    assertThat(days.values().stream().filter(one -> one.size() > 1).count())
        .isGreaterThan(days.size() / 2);
  }

  @Test
  void everyVisitorHasAProfileThatKnowsWhenItSignedUp() {
    Map<String, String> signedUp =
        profiles.stream()
            .collect(Collectors.toMap(row -> row.get("user_id"), row -> row.get("signed_up_at")));
    List<Map<String, String>> signups =
        rows.stream().filter(row -> row.get("event_type").equals("signup")).toList();

    assertThat(signedUp.keySet())
        .containsAll(rows.stream().map(row -> row.get("user_id")).collect(Collectors.toSet()));
    assertThat(signups).hasSizeGreaterThan(50);
    assertThat(signups)
        .allMatch(row -> signedUp.get(row.get("user_id")).equals(row.get("timestamp")));
    assertThat(new HashSet<>(signups.stream().map(row -> row.get("user_id")).toList()))
        .hasSameSizeAs(signups);
  }

  @Test
  void onlyWhoSignedUpUsesFeatures() {
    Map<String, String> signedUp =
        profiles.stream()
            .collect(Collectors.toMap(row -> row.get("user_id"), row -> row.get("signed_up_at")));

    assertThat(rows)
        .filteredOn(row -> !row.get("feature").isEmpty())
        .isNotEmpty()
        .allMatch(row -> row.get("timestamp").compareTo(signedUp.get(row.get("user_id"))) > 0);
  }
}
