package dev.assay.samples;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way that visitors come.
 *
 * @param weight how often, beside the others
 * @param source what {@code utm_source} says, and so on
 * @param dearest what a visit costs at most, in hundredths; 0 where nothing is paid for
 */
record Arrival(
    int weight,
    @Nullable String referrer,
    @Nullable String source,
    @Nullable String medium,
    @Nullable String campaign,
    int dearest) {

  /** Ways of every channel, with UTM parameters or without. */
  private static final List<Arrival> ALL =
      List.of(
          // direct
          free(220, null, null, null, null),
          // organic search
          free(150, "https://www.google.com/", null, null, null),
          free(30, "https://www.bing.com/", null, null, null),
          free(40, "https://search.naver.com/", null, null, null),
          free(10, "duckduckgo.com/?q=shop", null, null, null),
          // paid search
          paid(90, "https://www.google.com/", "google", "cpc", "brand", 180),
          paid(50, "https://www.bing.com/", "bing", "cpc", "generic", 120),
          // email
          free(90, null, "newsletter", "email", "weekly"),
          // social
          free(60, "https://www.facebook.com/", null, null, null),
          paid(50, "https://www.instagram.com/", "instagram", "social", "spring", 90),
          // display
          paid(60, "https://news.example.com/", "gdn", "display", "retargeting", 60),
          // video
          paid(40, "https://www.youtube.com/", "youtube", "video", "launch", 110),
          // referral
          free(40, "https://blog.example.org/review", null, null, null),
          free(10, "https://www.google.example.org:8443/", null, null, null),
          free(10, "android-app://com.slack/", null, null, null),
          // affiliate
          paid(30, "https://deals.example.net/", "partner", "affiliate", "deals", 250),
          // other
          free(10, null, "poster", "qr", "spring"));

  private static final int[] WEIGHTS = ALL.stream().mapToInt(Arrival::weight).toArray();

  private static Arrival free(
      int weight,
      @Nullable String referrer,
      @Nullable String source,
      @Nullable String medium,
      @Nullable String campaign) {
    return new Arrival(weight, referrer, source, medium, campaign, 0);
  }

  private static Arrival paid(
      int weight, String referrer, String source, String medium, String campaign, int dearest) {
    return new Arrival(weight, referrer, source, medium, campaign, dearest);
  }

  /** One of them. */
  static Arrival draw(Draws draws) {
    return ALL.get(draws.pick(WEIGHTS));
  }

  /** Whether the visitor came without being led. */
  boolean isDirect() {
    return referrer == null && medium == null;
  }
}
