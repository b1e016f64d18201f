package dev.assay.samples;

import org.jspecify.annotations.Nullable;

/**
 * A product of a department store.
 *
 * @param first its category, and two more that it may have
 * @param price what it costs on average
 * @param taste whose it is to; no column says so
 */
record Product(
    String id,
    int number,
    String first,
    @Nullable String second,
    @Nullable String third,
    double price,
    int taste) {
  private static final long TRAITS = 0x70726f64L;
  private static final int CATEGORIES = 18;

  /** How often a purchase is of categories 1, 2 and so on; as in the real data. */
  private static final int[] WEIGHTS = {
    250, 43, 39, 22, 285, 34, 8, 215, 2, 10, 44, 8, 9, 3, 11, 16, 2, 5
  };

  /** Mean price of each category; as in the real data. */
  private static final int[] PRICES = {
    13_470, 11_070, 10_150, 2_300, 6_210, 15_470, 16_360, 7_460, 15_190, 19_330, 4_490, 1_340, 730,
    12_280, 15_030, 14_370, 10_460, 2_870
  };

  /** The product of this number; the same for the same seed. */
  static Product of(long seed, int number) {
    Draws draws = Draws.of(seed, TRAITS, number);
    int first = draws.pick(WEIGHTS);
    String second = null;
    String third = null;
    if (first + 2 <= CATEGORIES && draws.chance(0.68)) {
      int two = draws.from(first + 2, CATEGORIES);
      second = Integer.toString(two);
      if (two < CATEGORIES && draws.chance(0.45)) {
        third = Integer.toString(draws.from(two + 1, CATEGORIES));
      }
    }
    double price = PRICES[first] * (1 + 0.15 * draws.normal());
    String id = "P" + Text.padded(number + 1, 6) + "42";
    int taste = draws.below(Draws.TASTES);
    return new Product(id, number, Integer.toString(first + 1), second, third, price, taste);
  }
}
