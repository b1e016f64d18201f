package dev.assay.samples;

/** Plants frauds among the events of ads. */
final class AdFraud {
  private final long seed;
  private final Catalogue catalogue;
  private final Draws draws;

  AdFraud(long seed, Catalogue catalogue, Draws draws) {
    this.seed = seed;
    this.catalogue = catalogue;
    this.draws = draws;
  }

  /** Adds a fraud's rows, no two of them equal. */
  void plant(FraudWindow fraud, Slot slot, HourRows rows) {
    Person bot = Person.of(seed, fraud.user());
    long minute = slot.start() + fraud.minute() * 60L;
    for (int i = 0; i < fraud.events(); i++) {
      long second = minute + i * 60L / fraud.events();
      rows.plant(second, values(bot, fraud, second, i));
    }
  }

  private String[] values(Person bot, FraudWindow fraud, long second, int i) {
    boolean oneAd = fraud.scheme() == FraudWindow.Scheme.ONE_AD;
    boolean overbid = fraud.scheme() == FraudWindow.Scheme.OVERBID;
    // A click in between follows the impression of the same ad before it.
    String type = oneAd && i % 2 == 1 ? "click" : "impression";
    long bid = overbid ? draws.from(1_050, 1_500) : draws.from(50, 400);
    String os = bot.os(bot.device());
    return new String[] {
      bot.id(),
      catalogue.campaign(fraud.campaign()),
      catalogue.ad(catalogue.adOf(fraud.campaign(), oneAd ? 0 : i)),
      Text.time(second),
      type,
      bot.device(),
      os,
      bot.browser(os),
      bot.country(),
      bot.city(),
      bot.ageGroup(),
      bot.gender(),
      Text.money(bid),
      Text.money(draws.from(0, 100)),
      Text.money(0)
    };
  }
}
