package dev.assay.samples;

/**
 * What stays the same of a user.
 *
 * @param id as feeds have it
 * @param device the one that the user has at hand most often
 * @param phone the operating system of the user's phone and tablet
 * @param desktopBrowser the browser on the user's desktop
 * @param eagerness from 0 to 1, how much the user does
 * @param taste what the user likes; no column says so
 */
record Person(
    String id,
    String country,
    String city,
    String ageGroup,
    String gender,
    String device,
    String phone,
    String desktopBrowser,
    double eagerness,
    int taste) {
  private static final String[] AGES = {"18-24", "25-34", "35-44", "45+"};
  private static final String[] DEVICES = {"mobile", "desktop", "tablet"};
  private static final long TRAITS = 0x7072736e;

  /** The user of this number; the same for the same seed, in every feed. */
  static Person of(long seed, int user) {
    Draws draws = Draws.of(seed, TRAITS, user);
    Places place = Places.draw(draws);
    String city = place.city(draws);
    int age = draws.pick(24, 34, 24, 18);
    int[] mobiles = {74, 64, 52, 40};
    return new Person(
        idOf(user),
        place.name(),
        city,
        AGES[age],
        draws.chance(0.52) ? "F" : "M",
        DEVICES[draws.pick(mobiles[age], 90 - mobiles[age], 10)],
        draws.chance(place == Places.JP || place == Places.US ? 0.6 : 0.35) ? "iOS" : "Android",
        draws.chance(0.78) ? "Chrome" : "Firefox",
        draws.uniform(),
        draws.below(Draws.TASTES));
  }

  /** The id of the user of this number. */
  static String idOf(int user) {
    return "user_" + Text.padded(user, 6);
  }

  /** The number of the user of this id. */
  static int numberOf(String id) {
    return Integer.parseInt(id.substring("user_".length()));
  }

  /** The device at hand: mostly the usual one. */
  String deviceAtHand(Draws draws) {
    return draws.chance(0.8) ? device : draws.oneOf(DEVICES);
  }

  /** The operating system of a device. */
  String os(String ofDevice) {
    return ofDevice.equals("desktop") ? "Windows" : phone;
  }

  /** The browser under an operating system. */
  String browser(String os) {
    return switch (os) {
      case "iOS" -> "Safari";
      case "Android" -> "Chrome";
      default -> desktopBrowser;
    };
  }
}
