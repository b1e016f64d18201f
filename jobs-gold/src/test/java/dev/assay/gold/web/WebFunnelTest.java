package dev.assay.gold.web;

import static dev.assay.gold.web.WebEvent.event;
import static dev.assay.gold.web.WebEvent.view;
import static dev.assay.gold.web.WebPipeline.after;
import static dev.assay.gold.web.WebPipeline.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The way to a purchase, and what leads to one. */
class WebFunnelTest {

  @Test
  void usersGoThroughTheStepsInOrder() {
    assertThat(
            funnel(
                all(
                    List.of(
                        steps(
                            "u1", "landing", "product_view", "add_to_cart", "checkout", "purchase"),
                        steps("u2", "landing", "product_view", "purchase"),
                        steps("u3", "product_view", "landing"),
                        steps("u4", "landing", "page_view", "product_view")))))
        .containsExactly(
            "1 landing 4 4 1.0 1.0 0",
            "2 product_view 3 4 0.75 0.75 1",
            "3 add_to_cart 1 1 0.3333333333333333 0.25 2",
            "4 checkout 1 1 1.0 0.25 0",
            "5 purchase 1 2 1.0 0.25 0");
  }

  @Test
  void aStepThatCameTooEarlyCountsWhenItComesAgain() {
    assertThat(
            funnel(all(List.of(steps("u1", "product_view", "landing", "landing", "product_view")))))
        .startsWith("1 landing 1 1 1.0 1.0 0", "2 product_view 1 1 1.0 1.0 0");
  }

  @Test
  void stepsOfOneInstantGoByEvent() {
    String noon = "2024-03-10T12:00";

    assertThat(
            funnel(
                event("u1", "landing", noon).named("a"),
                event("u1", "product_view", noon).named("b"),
                event("u2", "landing", noon).named("d"),
                event("u2", "product_view", noon).named("c")))
        .startsWith("1 landing 2 2 1.0 1.0 0", "2 product_view 1 2 0.5 0.5 1");
  }

  @Test
  void stepsOfTheDayBeforeDoNotCount() {
    assertThat(
            funnel(
                event("u1", "landing", "2024-03-09T23:59"),
                event("u1", "product_view", "2024-03-10T00:01")))
        .startsWith("1 landing 0 0 null null 0", "2 product_view 0 1 null null 0");
  }

  @Test
  void aDayWithoutAnyStepHasAFunnelOfZeros() {
    assertThat(funnel(view("u1", "2024-03-10T09:00")))
        .containsExactly(
            "1 landing 0 0 null null 0",
            "2 product_view 0 0 null null 0",
            "3 add_to_cart 0 0 null null 0",
            "4 checkout 0 0 null null 0",
            "5 purchase 0 0 null null 0");
  }

  @Test
  void anAssistCountsIfAConversionFollows() {
    WebPipeline web =
        after(
            all(
                List.of(
                    steps("u1", "product_view", "purchase"),
                    steps("u2", "purchase", "product_view"),
                    steps("u3", "purchase", "product_view", "product_view", "purchase"),
                    steps("u4", "landing"))));

    assertThat(
            texts(
                web.mart("assist_conversions"),
                "assist",
                "users",
                "converters",
                "conversion_rate",
                "base_rate"))
        .containsExactly("add_to_cart 0 0 null 0.75", "product_view 3 2 0.6666666666666666 0.75");
  }

  /** A user's events of these types, a minute apart. */
  private static List<WebEvent> steps(String user, String... types) {
    return IntStream.range(0, types.length)
        .mapToObj(i -> event(user, types[i], String.format("2024-03-10T09:%02d", i)))
        .toList();
  }

  private static WebEvent[] all(List<List<WebEvent>> users) {
    return users.stream().flatMap(List::stream).toArray(WebEvent[]::new);
  }

  private static List<String> funnel(WebEvent... events) {
    return texts(
        after(events).mart("funnel_daily"),
        "position",
        "step",
        "users_in_order",
        "users_any_order",
        "step_conversion",
        "total_conversion",
        "drop_off");
  }
}
