package dev.assay.gold.web;

import static dev.assay.gold.web.WebEvent.event;
import static dev.assay.gold.web.WebEvent.purchase;
import static dev.assay.gold.web.WebEvent.view;
import static dev.assay.gold.web.WebPipeline.after;
import static dev.assay.gold.web.WebPipeline.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Visitors of a day, and what they looked at with which device. */
class WebVisitorsTest {
  private static final String MORNING = "2024-03-10T09:00";

  @Test
  void aVisitorsDayIsOneRow() {
    WebPipeline web =
        after(
            event("u1", "landing", MORNING),
            event("u1", "product_view", "2024-03-10T09:01").using("search"),
            view("u1", "2024-03-10T09:02").on("desktop").using("chat"),
            view("u1", "2024-03-10T15:00").using("search"),
            purchase("u1", "2024-03-10T15:05", "9.99"),
            event("u1", "signup", "2024-03-10T15:06"),
            view("u2", MORNING).on("tablet"));

    assertThat(
            texts(
                web.mart("daily_users"),
                "day",
                "user_id",
                "events",
                "sessions",
                "page_views",
                "purchases",
                "conversions",
                "revenue",
                "on_mobile",
                "on_desktop",
                "on_tablet",
                "features"))
        .containsExactly(
            "2024-03-10 u1 6 2 4 1 2 9.9900 true true false ArraySeq(chat, search)",
            "2024-03-10 u2 1 1 1 0 0 0.0000 false false true ArraySeq()");
  }

  @Test
  void whoOnlyGoesOnFromTheDayBeforeBeginsNoSession() {
    WebPipeline web = after(view("u1", "2024-03-09T23:50"), view("u1", "2024-03-10T00:10"));

    assertThat(texts(web.mart("daily_users"), "user_id", "sessions")).containsExactly("u1 0");
  }

  @Test
  void visitorsAreCountedOnceInTotalAndOnceADevice() {
    WebPipeline web =
        after(
            view("u1", MORNING),
            view("u1", "2024-03-10T10:00"),
            view("u1", "2024-03-10T11:00").on("desktop"),
            view("u2", MORNING).on("desktop"),
            view("u3", MORNING).on("tablet"));

    assertThat(texts(web.mart("visitors_daily"), "day", "visitors", "mobile", "desktop", "tablet"))
        .containsExactly("2024-03-10 3 1 2 1");
  }

  @Test
  void aVisitorIsNewOnTheFirstDayOfTheWindow() {
    WebPipeline web =
        after(
            view("new", MORNING),
            view("returning", "2024-03-09T09:00"),
            view("returning", MORNING),
            view("of long ago", "2023-02-05T09:00"),
            view("of long ago", MORNING),
            view("forgotten", "2023-02-04T09:00"),
            view("forgotten", MORNING),
            view("tomorrow", "2024-03-11T09:00"));

    assertThat(texts(web.mart("visitors_daily"), "visitors", "new_visitors", "returning_visitors"))
        .containsExactly("4 2 2");
  }

  @Test
  void aHistoryHasEveryVisitorOfTheWindow() {
    WebPipeline web =
        after(
            view("u1", "2024-01-31T09:00"),
            purchase("u1", "2024-01-31T10:00", "5"),
            purchase("u1", MORNING, "0.5"),
            view("u2", "2024-01-31T09:00"));

    assertThat(
            texts(
                web.mart("visitor_history"),
                "as_of",
                "user_id",
                "first_day",
                "last_day",
                "active_days",
                "sessions",
                "purchases",
                "revenue"))
        .containsExactly(
            "2024-03-10 u1 2024-01-31 2024-03-10 2 3 2 5.5000",
            "2024-03-10 u2 2024-01-31 2024-01-31 1 1 0 0.0000");
  }

  @Test
  void pagesAreRankedByTheHourAndByTheDayAndTiesByPage() {
    WebPipeline web =
        after(
            view("u1", MORNING).of("/b"),
            view("u1", "2024-03-10T09:59").of("/b"),
            view("u2", "2024-03-10T10:00").of("/a"),
            event("u2", "landing", "2024-03-10T10:01").of("/a"),
            event("u2", "add_to_cart", "2024-03-10T10:02").of("/a"),
            view("u3", "2024-03-10T10:03").of("/c"),
            view("u3", "2024-03-09T10:03").of("/c"));

    assertThat(
            texts(
                web.mart("top_pages"),
                "grain",
                "starts_at",
                "rank",
                "page",
                "page_views",
                "visitors"))
        .containsExactly(
            "day 2024-03-10 00:00:00.0 1 /a 2 1",
            "day 2024-03-10 00:00:00.0 2 /b 2 1",
            "day 2024-03-10 00:00:00.0 3 /c 1 1",
            "hour 2024-03-10 09:00:00.0 1 /b 2 1",
            "hour 2024-03-10 10:00:00.0 1 /a 2 1",
            "hour 2024-03-10 10:00:00.0 2 /c 1 1");
  }

  @Test
  void onlySoManyPagesAreKept() {
    WebPipeline web =
        after(
            Map.of("pipeline.tables.top_pages.parameters.pages", "1"),
            view("u1", MORNING).of("/b"),
            view("u1", MORNING).of("/a"));

    assertThat(texts(web.mart("top_pages"), "grain", "page")).containsExactly("day /a", "hour /a");
  }

  @Test
  void devicesAreSummedUpByTheHourAndByTheDay() {
    WebPipeline web =
        after(
            view("u1", MORNING),
            purchase("u1", "2024-03-10T09:10", "4.5"),
            view("u2", "2024-03-10T09:20").on("desktop"),
            event("u2", "checkout", "2024-03-10T10:20").on("desktop"));

    assertThat(
            texts(
                web.mart("device_breakdown"),
                "grain",
                "starts_at",
                "device_type",
                "events",
                "page_views",
                "visitors",
                "event_share",
                "conversions",
                "revenue"))
        .containsExactly(
            "day 2024-03-10 00:00:00.0 desktop 2 1 1 0.5 0 0.0000",
            "day 2024-03-10 00:00:00.0 mobile 2 1 1 0.5 1 4.5000",
            "hour 2024-03-10 09:00:00.0 desktop 1 1 1 0.3333333333333333 0 0.0000",
            "hour 2024-03-10 09:00:00.0 mobile 2 1 1 0.6666666666666666 1 4.5000",
            "hour 2024-03-10 10:00:00.0 desktop 1 0 1 1.0 0 0.0000");
  }
}
