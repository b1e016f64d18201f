package dev.assay.gold.lifetime;

import static org.hipparchus.special.Gamma.logGamma;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The BG/NBD model: while they are customers, they come back at a rate of their own, and after each
 * purchase they may be lost, with a probability of their own; rates are Gamma and probabilities
 * Beta distributed. From Fader, Hardie and Lee, "Counting Your Customers the Easy Way", Marketing
 * Science 24 (2005), with the computations of Hardie's notes 4 and 21.
 *
 * <p>Times are of any one unit. Who never came back has not been lost: the model knows no loss
 * before a second purchase.
 *
 * @param r shape of the rates
 * @param alpha inverse scale of the rates, a time
 * @param a how often customers are lost after a purchase, against b: a / (a + b) of them in the
 *     mean
 * @param b how often they are not
 */
public record BgNbd(double r, double alpha, double a, double b) implements Serializable {
  /** Nearer to it than this, a pole of a formula is stepped over: its limit is finite. */
  private static final double POLE = 1e-6;

  /**
   * What is known of customers alike.
   *
   * @param repeats how often they came back: purchases after the first
   * @param recency when they last did, from the first purchase; 0 if never
   * @param age how long ago the first purchase was
   * @param customers how many customers
   */
  public record History(long repeats, double recency, double age, long customers) {}

  /** The parameters of which histories are likeliest. */
  public static BgNbd fit(List<History> histories) {
    // Of a time unit of about the customers' age, alpha is of the size of the others.
    double unit = histories.stream().mapToDouble(History::age).max().orElse(1);
    List<History> scaled =
        histories.stream()
            .map(
                one ->
                    new History(
                        one.repeats(), one.recency() / unit, one.age() / unit, one.customers()))
            .toList();
    double[] found =
        MaximumLikelihood.estimate(
            "BG/NBD", 4, of -> new BgNbd(of[0], of[1], of[2], of[3]).logLikelihood(scaled));
    return new BgNbd(found[0], found[1] * unit, found[2], found[3]);
  }

  /** The logarithm of the likelihood of histories (the paper's equation 6). */
  public double logLikelihood(List<History> histories) {
    Map<Long, Double> byRepeats = new HashMap<>();
    double sum = 0;
    for (History one : histories) {
      double ofRepeats = byRepeats.computeIfAbsent(one.repeats(), this::logOfRepeats);
      sum += one.customers() * (ofRepeats + logOfTimes(one));
    }
    return sum;
  }

  private double logOfRepeats(long x) {
    return logGamma(r + x)
        - logGamma(r)
        + r * Math.log(alpha)
        + logGamma(a + b)
        + logGamma(b + x)
        - logGamma(b)
        - logGamma(a + b + x);
  }

  private double logOfTimes(History one) {
    double shape = r + one.repeats();
    double still = -shape * Math.log(alpha + one.age());
    if (one.repeats() == 0) {
      return still;
    }
    double lost = Math.log(a / (b + one.repeats() - 1)) - shape * Math.log(alpha + one.recency());
    double greater = Math.max(still, lost);
    return greater + Math.log1p(Math.exp(Math.min(still, lost) - greater));
  }

  /** The probability that one with such a history is still a customer. */
  public double alive(long repeats, double recency, double age) {
    if (repeats == 0) {
      return 1;
    }
    double sinceThen = Math.pow((alpha + age) / (alpha + recency), r + repeats);
    return 1 / (1 + a / (b + repeats - 1) * sinceThen);
  }

  /**
   * How often one with such a history will come back within a time from now (the paper's equation
   * 10).
   *
   * @param horizon the time
   */
  public double expectedRepeats(long repeats, double recency, double age, double horizon) {
    double z = horizon / (alpha + age + horizon);
    double aLessOne = awayFromZero(a - 1);
    double c = awayFromZero(aLessOne + b + repeats);
    double shape = r + repeats;
    // The same by Euler's transformation (DLMF 15.8.1): of the two, that which is finite up to 1.
    double remainder =
        shape < aLessOne
            ? Math.pow(1 - z, shape) * Hypergeometric.of(shape, b + repeats, c, z)
            : Math.pow(1 - z, aLessOne) * Hypergeometric.of(aLessOne + b - r, aLessOne, c, z);
    return c / aLessOne * (1 - remainder) * alive(repeats, recency, age);
  }

  private static double awayFromZero(double value) {
    return Math.abs(value) < POLE ? POLE : value;
  }
}
