package dev.assay.samples;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a user sees, clicks and converts in one sitting. How likely a click is depends on the
 * device, the age, the hour, the bid, the ad and the taste; much of it stays chance.
 */
final class AdSession {
  private static final int LONGEST = 3_500;
  private static final int MOST_IMPRESSIONS = 60;

  private final Person person;
  private final Catalogue catalogue;
  private final int hour;
  private final Draws draws;
  private final String device;
  private final List<Event> events = new ArrayList<>();

  /** Something that happened; money in hundredths. */
  private record Event(long second, String type, int ad, long bid, long cost, long revenue) {}

  AdSession(Person person, Catalogue catalogue, int hour, Draws draws) {
    this.person = person;
    this.catalogue = catalogue;
    this.hour = hour;
    this.draws = draws;
    this.device = person.deviceAtHand(draws);
  }

  /** Adds the session's rows, in the order of their times. */
  void run(long start, HourRows rows) {
    double more = 0.7 + 0.2 * person.eagerness();
    int campaign = campaign();
    long now = start;
    int shown = 0;
    do {
      // What was shown before is often shown again.
      campaign = draws.chance(0.35) ? campaign : campaign();
      show(now, catalogue.adOf(campaign, draws.skewed(Catalogue.ADS_A_CAMPAIGN)));
      now += 4 + (long) draws.exponential(40);
      shown++;
    } while (shown < MOST_IMPRESSIONS && draws.chance(more));
    events.sort(Comparator.comparingLong(Event::second));
    for (Event event : events) {
      if (event.second() - start < LONGEST) {
        rows.add(event.second(), values(event));
      }
    }
  }

  /** Who bids for a user knows a little of what the user likes. */
  private int campaign() {
    return draws.toTaste(
        () -> draws.popular(catalogue.campaigns()),
        campaign -> catalogue.isToTaste(campaign, person));
  }

  private void show(long now, int ad) {
    double level = catalogue.bid(catalogue.campaignOf(ad));
    long bid = Math.round(100 * level * draws.between(0.6, 1.5));
    events.add(new Event(now, "impression", ad, bid, draws.below((int) (bid / 8) + 1), 0));
    if (draws.chance(clicks(ad, bid))) {
      long clicked = now + 2 + (long) Math.min(600, draws.exponential(25));
      long cost = Math.min(200, Math.round(bid * draws.between(0.4, 0.9)));
      events.add(new Event(clicked, "click", ad, bid, cost, 0));
      if (draws.chance(converts(ad))) {
        long converted = clicked + 20 + (long) Math.min(900, draws.exponential(180));
        events.add(new Event(converted, "conversion", ad, bid, draws.below(30), revenue(level)));
      }
    }
  }

  private double clicks(int ad, long bid) {
    double byDevice =
        switch (device) {
          case "mobile" -> 0.4;
          case "tablet" -> 0.1;
          default -> -0.6;
        };
    double byAge =
        switch (person.ageGroup()) {
          case "18-24" -> 0.6;
          case "25-34" -> 0.2;
          case "35-44" -> -0.2;
          default -> -0.7;
        };
    double byHour = hour >= 18 && hour < 23 ? 0.3 : hour < 6 ? -0.4 : 0;
    double byBid = 0.35 * (bid / 100.0 - 1.8);
    double byTaste = catalogue.isToTaste(catalogue.campaignOf(ad), person) ? 0.6 : -0.2;
    return Logistic.probability(
        -2.8 + byDevice + byAge + byHour + byBid + byTaste + 0.7 * catalogue.quality(ad));
  }

  private double converts(int ad) {
    double byDevice = device.equals("desktop") ? 0.5 : -0.1;
    double byGender = person.gender().equals("F") ? 0.15 : -0.15;
    return Logistic.probability(-1.8 + byDevice + byGender + 0.6 * catalogue.quality(ad));
  }

  /** From 1.00 to 100.00; more where more is bid. */
  private long revenue(double level) {
    double u = draws.uniform();
    return 100 + Math.round(9_900 * u * u * Math.min(1, 0.4 + level / 5));
  }

  private String[] values(Event event) {
    String os = person.os(device);
    return new String[] {
      person.id(),
      catalogue.campaign(catalogue.campaignOf(event.ad())),
      catalogue.ad(event.ad()),
      Text.time(event.second()),
      event.type(),
      device,
      os,
      person.browser(os),
      person.country(),
      person.city(),
      person.ageGroup(),
      person.gender(),
      Text.money(event.bid()),
      Text.money(event.cost()),
      Text.money(event.revenue())
    };
  }
}
