package dev.assay.samples;

/**
 * Who buys, in the codes of the Black Friday data.
 *
 * @param generosity by what factor this one pays more than others
 * @param taste what this one likes; no column says so
 */
record Buyer(
    String id,
    String gender,
    String age,
    String occupation,
    String city,
    String stay,
    String married,
    double generosity,
    int taste) {
  private static final String[] AGES = {"0-17", "18-25", "26-35", "36-45", "46-50", "51-55", "55+"};
  private static final double[] BY_AGE = {0.95, 0.98, 1, 1.01, 1.01, 1.05, 1.03};
  private static final String[] STAYS = {"0", "1", "2", "3", "4+"};
  private static final double[] BY_CITY = {0.97, 0.99, 1.06};

  /** One with this id; mostly men of 26 to 35, as in the real data. */
  static Buyer draw(int id, Draws draws) {
    boolean man = draws.chance(0.75);
    int age = draws.pick(3, 20, 38, 20, 8, 7, 4);
    int city = draws.pick(33, 37, 30);
    boolean married = age > 0 && draws.chance(age < 2 ? 0.2 : 0.48);
    double own = 1 + 0.08 * draws.normal();
    return new Buyer(
        Integer.toString(id),
        man ? "M" : "F",
        AGES[age],
        Integer.toString(draws.skewed(21)),
        "ABC".substring(city, city + 1),
        STAYS[draws.pick(14, 35, 18, 17, 16)],
        married ? "1" : "0",
        own * BY_AGE[age] * BY_CITY[city] * (man ? 1.02 : 0.94),
        draws.below(Draws.TASTES));
  }
}
