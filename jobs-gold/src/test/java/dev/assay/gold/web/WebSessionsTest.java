package dev.assay.gold.web;

import static dev.assay.gold.web.WebEvent.view;
import static dev.assay.gold.web.WebPipeline.after;
import static dev.assay.gold.web.WebPipeline.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.gold.web.WebEvent.Way;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions, and the channels that they came by. */
class WebSessionsTest {
  private static final String MORNING = "2024-03-10T09:00";

  @Test
  void aSessionIsToldByItsFirstEvent() {
    WebPipeline web =
        after(
            view("u1", MORNING)
                .named("e1")
                .of("/a")
                .by(new Way("https://a.example/", "s", "m", "c")),
            view("u1", "2024-03-10T09:10").named("e2").of("/b").on("desktop"),
            view("u2", "2024-03-10T09:10").named("e3").on("tablet"));

    assertThat(
            texts(
                web.mart("touchpoints"),
                "session_id",
                "user_id",
                "started_at",
                "channel",
                "utm_source",
                "utm_medium",
                "utm_campaign",
                "referrer",
                "page",
                "device_type"))
        .containsExactly(
            "e1 u1 2024-03-10 09:00:00.0 other s m c https://a.example/ /a mobile",
            "e3 u2 2024-03-10 09:10:00.0 direct null null null null / tablet");
  }

  @Test
  void exactlyThirtyMinutesAreStillTheSameSession() {
    assertThat(sessions(MORNING, "2024-03-10T09:30")).isEqualTo(1);
    assertThat(sessions(MORNING, "2024-03-10T09:30:00.000001")).isEqualTo(2);
  }

  @Test
  void aGapCountsFromTheEventBeforeAndNotFromTheSessionsFirst() {
    assertThat(sessions(MORNING, "2024-03-10T09:20", "2024-03-10T09:40")).isEqualTo(1);
  }

  @Test
  void aSessionThatGoesOnAcrossMidnightIsOfTheDayOnWhichItBegan() {
    WebPipeline web = after(view("u1", "2024-03-09T23:50"), view("u1", "2024-03-10T00:10"));

    assertThat(web.mart("touchpoints").count()).isZero();
    assertThat(web.mart("touchpoints", WebPipeline.DAY.minusDays(1)).count()).isEqualTo(1);
    assertThat(sessions("2024-03-09T23:50", "2024-03-10T00:21")).isEqualTo(1);
  }

  @Test
  void oneEventIsASession() {
    assertThat(sessions(MORNING)).isEqualTo(1);
  }

  @Test
  void ofEventsOfOneInstantTheFirstByIdBeginsTheSession() {
    WebPipeline web =
        after(
            view("u1", MORNING).named("b").by(Way.EMAIL),
            view("u1", MORNING).named("a").by(Way.SEARCH),
            view("u1", MORNING).named("c").by(Way.SOCIAL));

    assertThat(texts(web.mart("touchpoints"), "session_id", "channel"))
        .containsExactly("a organic_search");
  }

  @Test
  void theTableOfChannelsNamesEachWay() {
    WebPipeline web =
        after(
            way("01 nothing", null, null, null),
            way("02 own page", "https://www.shop.example.com/cart", null, null),
            way("03 none", null, "(direct)", "(none)"),
            way("04 google", "https://www.google.co.kr/search?q=x", null, null),
            way("05 organic", null, "bing", "Organic"),
            way("06 ad", "https://www.google.com/", "google", "CPC"),
            way("07 letter", null, "newsletter", null),
            way("08 mail", "https://mail.google.com/", "crm", "email"),
            way("09 friend", "https://m.facebook.com/", null, null),
            way("10 paid friend", "https://l.instagram.com/", "instagram", "cpc"),
            way("11 banner", "https://news.example.org/", "gdn", "display"),
            way("12 film", "https://www.youtube.com/watch", null, null),
            way("13 paid film", null, "youtube", "video"),
            way("14 partner", "https://deals.example.net/", "x", "affiliate"),
            way("15 blog", "https://blog.example.org/google.com", null, null),
            way("16 poster", null, "poster", "qr"),
            way("17 app", "android-app://com.google.android.gm/", null, null),
            way("18 bare", "www.google.com/search?q=x", null, null),
            way("19 word", "(direct)", null, null));

    assertThat(texts(web.mart("touchpoints"), "user_id", "channel"))
        .containsExactly(
            "01 nothing direct",
            "02 own page direct",
            "03 none direct",
            "04 google organic_search",
            "05 organic organic_search",
            "06 ad paid_search",
            "07 letter email",
            "08 mail email",
            "09 friend social",
            "10 paid friend social",
            "11 banner display",
            "12 film video",
            "13 paid film video",
            "14 partner affiliate",
            "15 blog referral",
            "16 poster other",
            "17 app referral",
            "18 bare organic_search",
            "19 word direct");
  }

  @Test
  void channelsThatLeaveASessionWithoutOneAreRefused() {
    assertThat(refusal("channels", "[{ name = direct, when = \"medium = ''\" }]"))
        .hasMessageContaining("channels of web.touchpoints is wrong: a row may be left without");
    assertThat(refusal("channels", "[{ name = direct }]")).hasMessageContaining("when");
  }

  @Test
  void aGapThatReachesFartherThanWhatIsReadIsRefused() {
    assertThat(refusal("session-gap", "2 days"))
        .hasMessageContaining("session-gap of web.touchpoints is PT48H, but only 1 days before");
    assertThat(refusal("session-gap", "soon")).hasMessageContaining("is no duration");
  }

  private static AssayException refusal(String parameter, String value) {
    WebPipeline web =
        after(
            Map.of("pipeline.tables.touchpoints.parameters." + parameter, value),
            view("u1", MORNING));
    AssayException refusal =
        catchThrowableOfType(AssayException.class, () -> web.mart("touchpoints"));
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    return refusal;
  }

  private static WebEvent way(
      String user, @Nullable String referrer, @Nullable String source, @Nullable String medium) {
    return view(user, MORNING).by(new Way(referrer, source, medium, null));
  }

  /** How many sessions begin on the day. */
  private static long sessions(String... times) {
    WebEvent[] events = Stream.of(times).map(at -> view("u1", at)).toArray(WebEvent[]::new);
    return after(events).mart("touchpoints").count();
  }
}
