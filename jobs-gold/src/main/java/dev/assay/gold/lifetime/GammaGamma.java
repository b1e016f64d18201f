package dev.assay.gold.lifetime;

import static org.hipparchus.special.Gamma.logGamma;

import java.io.Serializable;
import java.util.List;

/**
 * The Gamma-Gamma model of what a purchase is worth: a customer's purchases vary around a mean of
 * their own, whatever their number; both are Gamma distributed. From Fader and Hardie, "The
 * Gamma-Gamma Model of Monetary Value" (Hardie's note 25, 2013).
 *
 * @param p shape of a customer's purchases
 * @param q shape of the customers' scales, above 1, so that there is a mean
 * @param gamma scale of those, an amount of money
 */
public record GammaGamma(double p, double q, double gamma) implements Serializable {

  /**
   * What is known of customers alike.
   *
   * @param purchases how many purchases, at least 1
   * @param mean their mean, above 0
   * @param customers how many customers
   */
  public record Spending(long purchases, double mean, long customers) {}

  /** The parameters of which spendings are likeliest. */
  public static GammaGamma fit(List<Spending> spendings) {
    double unit = spendings.stream().mapToDouble(Spending::mean).average().orElse(1);
    List<Spending> scaled =
        spendings.stream()
            .map(one -> new Spending(one.purchases(), one.mean() / unit, one.customers()))
            .toList();
    double[] found =
        MaximumLikelihood.estimate(
            "Gamma-Gamma", 3, of -> new GammaGamma(of[0], 1 + of[1], of[2]).logLikelihood(scaled));
    return new GammaGamma(found[0], 1 + found[1], found[2] * unit);
  }

  /** The logarithm of the likelihood of spendings (the note's equation 1a). */
  public double logLikelihood(List<Spending> spendings) {
    double sum = 0;
    for (Spending one : spendings) {
      double purchases = one.purchases();
      double shape = p * purchases;
      double ofOne =
          logGamma(shape + q)
              - logGamma(shape)
              - logGamma(q)
              + q * Math.log(gamma)
              + (shape - 1) * Math.log(one.mean())
              + shape * Math.log(purchases)
              - (shape + q) * Math.log(gamma + purchases * one.mean());
      sum += one.customers() * ofOne;
    }
    return sum;
  }

  /**
   * What a purchase of one with such a spending is worth: between their mean and everybody's, the
   * nearer to theirs the more they bought (the note's equation 5).
   *
   * @param purchases how many purchases; 0 if none is known
   * @param mean their mean; of no account if there are none
   */
  public double expectedPurchase(long purchases, double mean) {
    double total = purchases == 0 ? 0 : purchases * mean;
    return p * (gamma + total) / (p * purchases + q - 1);
  }
}
