package dev.assay.gold.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.random.RandomDataGenerator;
import org.junit.jupiter.api.Test;

/**
 * Against what the authors published: the estimates of the paper's table 2, and what notes 4 and 21
 * expect of a customer by them; and against customers that were drawn by the model.
 */
class BgNbdTest {
  private static final BgNbd PUBLISHED = new BgNbd(0.243, 4.414, 0.793, 2.426);

  @Test
  void theEstimatesAreTheSameEveryTime() {
    List<BgNbd.History> histories = drawn(PUBLISHED, 1_000, 39);

    assertThat(BgNbd.fit(histories)).isEqualTo(BgNbd.fit(histories));
  }

  @Test
  void theLikelihoodIsThatOfThePapersEquation() {
    // Of one who came back once, at 2 of 5: with all parameters 1, 1/2 (1/6^2 + 1/3^2) by hand.
    BgNbd ones = new BgNbd(1, 1, 1, 1);

    double found = ones.logLikelihood(List.of(new BgNbd.History(1, 2, 5, 1)));

    assertThat(found).isCloseTo(Math.log(0.5 * (1 / 36.0 + 1 / 9.0)), within(1e-12));
  }

  @Test
  void theExpectationOfTheFirstCustomerIsThePublishedOne() {
    assertThat(PUBLISHED.expectedRepeats(2, 30.43, 38.86, 39)).isCloseTo(1.226, within(0.0005));
    assertThat(PUBLISHED.alive(2, 30.43, 38.86)).isCloseTo(0.7266, within(0.00005));
  }

  @Test
  void whoNeverCameBackIsNotLost() {
    assertThat(PUBLISHED.alive(0, 0, 38.86)).isEqualTo(1);
  }

  @Test
  void noPurchaseIsExpectedOfNoTimeAndMoreOfMore() {
    assertThat(PUBLISHED.expectedRepeats(2, 30.43, 38.86, 0)).isZero();
    assertThat(PUBLISHED.expectedRepeats(2, 30.43, 38.86, 78))
        .isGreaterThan(PUBLISHED.expectedRepeats(2, 30.43, 38.86, 39));
  }

  @Test
  void theExpectationHasNoGapWhereTheFormulaHas() {
    double below = new BgNbd(0.243, 4.414, 1 - 1e-5, 2.426).expectedRepeats(2, 30, 39, 39);
    double at = new BgNbd(0.243, 4.414, 1, 2.426).expectedRepeats(2, 30, 39, 39);
    double above = new BgNbd(0.243, 4.414, 1 + 1e-5, 2.426).expectedRepeats(2, 30, 39, 39);

    assertThat(at).isBetween(Math.min(below, above), Math.max(below, above));
  }

  @Test
  void manyPurchasesDoNotOverflow() {
    double expected = PUBLISHED.expectedRepeats(2000, 38.8, 38.86, 39);

    assertThat(expected).isBetween(1000.0, 2000.0);
  }

  @Test
  void whereAllAreLostAlikeTheExpectationIsThatOfOneProbability() {
    double lost = 0.2;
    BgNbd alike = new BgNbd(0.75, 17, 2000, 8000);
    double since = Math.pow((17 + 40.0) / (17 + 30), 2.75);
    double alive = 1 / (1 + lost / (1 - lost) * since);
    double expected = (1 - Math.pow((17 + 40) / (17 + 40 + lost * 180), 2.75)) / lost * alive;

    assertThat(alike.alive(2, 30, 40)).isCloseTo(alive, within(1e-4));
    assertThat(alike.expectedRepeats(2, 30, 40, 180)).isCloseTo(expected, within(1e-3));
  }

  @Test
  void parametersOfCustomersThatWereDrawnByThemAreFoundAgain() {
    BgNbd truth = new BgNbd(0.8, 20, 0.7, 2.5);

    BgNbd found = BgNbd.fit(drawn(truth, 20_000, 365));

    assertThat(found.r()).isCloseTo(truth.r(), within(0.05));
    assertThat(found.alpha()).isCloseTo(truth.alpha(), within(1.5));
    assertThat(found.a() / (found.a() + found.b())).isCloseTo(0.7 / 3.2, within(0.02));
  }

  /** Customers of one age, as the model says that they come to be. */
  private static List<BgNbd.History> drawn(BgNbd model, int customers, double age) {
    RandomDataGenerator random = new RandomDataGenerator(42);
    List<BgNbd.History> histories = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      double pause = 1 / random.nextGamma(model.r(), 1 / model.alpha());
      double lost = random.nextBeta(model.a(), model.b());
      long repeats = 0;
      double last = 0;
      double next = random.nextExponential(pause);
      while (next <= age) {
        repeats++;
        last = next;
        boolean isLost = random.nextDouble() < lost;
        next = isLost ? Double.MAX_VALUE : next + random.nextExponential(pause);
      }
      histories.add(new BgNbd.History(repeats, last, age, 1));
    }
    return histories;
  }
}
