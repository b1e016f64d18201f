package dev.assay.samples;

import org.jspecify.annotations.Nullable;

/** One visit: everything in it carries the way that the visitor came. */
final class WebSession {
  private static final int LONGEST = 3_500;
  private static final int PRODUCTS = 500;
  private static final long PRICE = 0x7072696365L;
  private static final String[] PAGES = {
    "/", "/category/home", "/category/garden", "/category/books", "/about", "/help"
  };
  private static final String[] FEATURES = {
    "search", "wishlist", "reviews", "compare", "share", "chat"
  };

  private final Person person;
  private final long start;
  private final Draws draws;
  private final HourRows rows;
  private final Arrival arrival;
  private final String device;
  private long now;
  private boolean isFirst = true;

  WebSession(Person person, long start, Draws draws, HourRows rows) {
    this.person = person;
    this.start = start;
    this.now = start;
    this.draws = draws;
    this.rows = rows;
    this.arrival = Arrival.draw(draws);
    this.device = person.deviceAtHand(draws);
  }

  /** A visit in which the user signs up at a given second, and looks around before. */
  void signUp(long second) {
    now = second - draws.from(60, 240);
    step("landing", "/landing", 0, null);
    now = second - draws.from(10, 50);
    step("page_view", "/signup", 0, null);
    now = second;
    step("signup", "/signup", 0, null);
    if (device.equals("mobile") && draws.chance(0.4)) {
      pause(40);
      step("app_install", "/app", 0, null);
    }
  }

  /**
   * A visit to the shop: it may end after every step.
   *
   * @param known whether the visitor has signed up, and so can use features
   */
  void shop(boolean known) {
    // Who comes directly and knows the shop may start at a product.
    boolean bookmarked = known && arrival.isDirect() && draws.chance(0.4);
    if (!bookmarked) {
      step("landing", "/landing", 0, null);
    }
    while (draws.chance(0.45)) {
      pause(40);
      String feature = known && draws.chance(0.35) ? draws.oneOf(FEATURES) : null;
      step("page_view", draws.oneOf(PAGES), 0, feature);
    }
    if (bookmarked || draws.chance(0.35 + 0.4 * person.eagerness())) {
      look();
    }
    if (known && device.equals("mobile") && draws.chance(0.004)) {
      pause(60);
      step("app_install", "/app", 0, null);
    }
  }

  private void look() {
    int product;
    do {
      pause(50);
      product = draws.skewed(PRODUCTS);
      step("product_view", page(product), 0, null);
    } while (draws.chance(0.4));
    if (!draws.chance(0.15 + 0.3 * person.eagerness())) {
      return;
    }
    pause(30);
    step("add_to_cart", page(product), 0, null);
    if (!draws.chance(device.equals("desktop") ? 0.65 : 0.5)) {
      return;
    }
    pause(60);
    step("checkout", "/checkout", 0, null);
    if (draws.chance(0.65)) {
      pause(90);
      step("purchase", "/thanks", price(product) * draws.from(1, 3), null);
    }
  }

  private void pause(double mean) {
    now += 2 + (long) Math.min(600, draws.exponential(mean));
  }

  private static String page(int product) {
    return "/product/" + product;
  }

  /** In hundredths, from 5.00 to 200.00. */
  private static long price(int product) {
    double u = Draws.of(PRICE, product).uniform();
    return 500 + Math.round(19_500 * u * u);
  }

  private void step(String type, String page, long revenue, @Nullable String feature) {
    if (now - start > LONGEST) {
      return;
    }
    // A visit is paid for once, when it starts.
    long cost = isFirst && arrival.dearest() > 0 ? draws.from(10, arrival.dearest()) : 0;
    isFirst = false;
    rows.add(
        now,
        new @Nullable String[] {
          null,
          person.id(),
          type,
          page,
          arrival.referrer(),
          arrival.source(),
          arrival.medium(),
          arrival.campaign(),
          device,
          Text.time(now),
          Text.money(revenue),
          Text.money(cost),
          feature
        });
  }
}
