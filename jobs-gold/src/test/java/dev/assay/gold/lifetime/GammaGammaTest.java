package dev.assay.gold.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.random.RandomDataGenerator;
import org.junit.jupiter.api.Test;

/** With the estimates that the authors published in note 25, and of customers drawn by them. */
class GammaGammaTest {
  private static final GammaGamma PUBLISHED = new GammaGamma(6.25, 3.74, 15.44);

  @Test
  void parametersOfCustomersThatWereDrawnByThemAreFoundAgain() {
    GammaGamma found = GammaGamma.fit(drawn(PUBLISHED, 20_000));

    assertThat(found.p()).isCloseTo(PUBLISHED.p(), within(0.5));
    assertThat(found.q()).isCloseTo(PUBLISHED.q(), within(0.2));
    double everybodys = PUBLISHED.expectedPurchase(0, 0);
    assertThat(found.expectedPurchase(0, 0)).isCloseTo(everybodys, within(0.02 * everybodys));
  }

  @Test
  void theEstimatesAreTheSameEveryTime() {
    List<GammaGamma.Spending> spendings = drawn(PUBLISHED, 1_000);

    assertThat(GammaGamma.fit(spendings)).isEqualTo(GammaGamma.fit(spendings));
  }

  @Test
  void theExpectedPurchaseIsBetweenTheCustomersMeanAndEverybodys() {
    double everybodys = 6.25 * 15.44 / (3.74 - 1);

    assertThat(PUBLISHED.expectedPurchase(0, 0)).isCloseTo(everybodys, within(1e-9));
    // 6.25 (15.44 + 2 x 22.35) / (6.25 x 2 + 3.74 - 1)
    assertThat(PUBLISHED.expectedPurchase(2, 22.35)).isCloseTo(24.6637, within(0.0001));
    assertThat(PUBLISHED.expectedPurchase(1000, 22.35)).isCloseTo(22.35, within(0.01));
  }

  @Test
  void customersAlikeWeighAsMuchAsIfEachWereAlone() {
    GammaGamma.Spending one = new GammaGamma.Spending(3, 20, 1);
    GammaGamma.Spending two = new GammaGamma.Spending(3, 20, 2);

    assertThat(PUBLISHED.logLikelihood(List.of(two)))
        .isEqualTo(PUBLISHED.logLikelihood(List.of(one, one)));
  }

  /** Customers of one to five purchases, as the model says that they spend. */
  private static List<GammaGamma.Spending> drawn(GammaGamma model, int customers) {
    RandomDataGenerator random = new RandomDataGenerator(42);
    List<GammaGamma.Spending> spendings = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      double scale = 1 / random.nextGamma(model.q(), 1 / model.gamma());
      int purchases = 1 + i % 5;
      // The mean of so many Gamma variates is one itself.
      double mean = random.nextGamma(model.p() * purchases, scale) / purchases;
      spendings.add(new GammaGamma.Spending(purchases, mean, 1));
    }
    return spendings;
  }
}
