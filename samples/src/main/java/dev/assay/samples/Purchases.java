package dev.assay.samples;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Purchases on Black Friday, as one snapshot. What is bought is what many buy, and what is to the
 * buyer's taste. What is paid depends on the product, and a little on who buys; about three tenths
 * of its variance are chance.
 */
final class Purchases implements Generator {
  static final int PURCHASE = 11;

  private static final Layout LAYOUT =
      new Layout(
          List.of(
              "User_ID",
              "Product_ID",
              "Gender",
              "Age",
              "Occupation",
              "City_Category",
              "Stay_In_Current_City_Years",
              "Marital_Status",
              "Product_Category_1",
              "Product_Category_2",
              "Product_Category_3",
              // Nameless, as in the real file, and the same as the last.
              "",
              "Purchase"),
          true,
          null,
          null,
          null,
          List.of("Purchase"),
          List.of("User_ID", "Product_ID", "Purchase"),
          List.of("Occupation", "Marital_Status"));

  private static final int[] EVENLY = new int[Schedule.HOURS];
  private static final int FIRST_USER = 1_000_001;
  private static final int FEWEST_PRODUCTS = 60;
  private static final int MOST_PRODUCTS = 3_600;

  static {
    Arrays.fill(EVENLY, 1);
  }

  private final Schedule schedule;
  private final Product[] products;

  Purchases(long seed, LocalDate start, long rows) {
    this.schedule = new Schedule(start, 1, rows, EVENLY);
    this.products = new Product[(int) Math.max(FEWEST_PRODUCTS, Math.min(MOST_PRODUCTS, rows / 4))];
    Arrays.setAll(products, number -> Product.of(seed, number));
  }

  @Override
  public Layout layout() {
    return LAYOUT;
  }

  @Override
  public Schedule schedule() {
    return schedule;
  }

  @Override
  public String id(long number) {
    throw new UnsupportedOperationException("purchases have no id");
  }

  @Override
  public boolean standsAlone(Row row) {
    return true;
  }

  @Override
  public Truth truth() {
    return new PurchasesTruth();
  }

  @Override
  public Path file(Path folder, LocalDate date, String ending) {
    return folder.resolve("black_friday").resolve(date + ending);
  }

  /** A snapshot has no hours; each twenty-fourth of it has users of its own. */
  @Override
  public void fill(Slot slot, HourRows rows, Draws draws) {
    for (int i = 0; !rows.isFull(); i++) {
      Buyer buyer = Buyer.draw(FIRST_USER + i * Schedule.HOURS + slot.number(), draws);
      Set<Integer> bought = new HashSet<>();
      // Of 3,600 products 93 on average, as in the real data.
      int most = 1 + draws.skewed(products.length / 10);
      while (bought.size() < most) {
        Product product =
            products[
                draws.toTaste(
                    () -> draws.popular(products.length),
                    number -> products[number].taste() == buyer.taste())];
        if (bought.add(product.number())) {
          rows.add(slot.start(), values(buyer, product, draws));
        }
      }
    }
  }

  private static @Nullable String[] values(Buyer buyer, Product product, Draws draws) {
    double paid = product.price() * buyer.generosity() * (1 + 0.3 * draws.normal());
    String purchase = Long.toString(Math.max(12, Math.round(paid)));
    return new @Nullable String[] {
      buyer.id(),
      product.id(),
      buyer.gender(),
      buyer.age(),
      buyer.occupation(),
      buyer.city(),
      buyer.stay(),
      buyer.married(),
      product.first(),
      product.second(),
      product.third(),
      purchase,
      purchase
    };
  }
}
