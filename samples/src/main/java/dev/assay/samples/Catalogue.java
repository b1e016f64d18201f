package dev.assay.samples;

/** Campaigns and their ads: each ad belongs to one campaign. */
final class Catalogue {
  static final int ADS_A_CAMPAIGN = 10;
  private static final long CAMPAIGN = 0x63616d70;
  private static final long AD = 0x6164;

  private final String[] campaigns;
  private final String[] ads;
  private final double[] bids;
  private final double[] qualities;
  private final int[] tastes;

  Catalogue(long seed, int campaigns) {
    this.campaigns = new String[campaigns];
    this.bids = new double[campaigns];
    this.tastes = new int[campaigns];
    this.ads = new String[campaigns * ADS_A_CAMPAIGN];
    this.qualities = new double[ads.length];
    for (int i = 0; i < campaigns; i++) {
      this.campaigns[i] = "campaign_" + Text.padded(i, 4);
      Draws draws = Draws.of(seed, CAMPAIGN, i);
      this.bids[i] = draws.between(0.4, 3.2);
      this.tastes[i] = draws.below(Draws.TASTES);
    }
    for (int i = 0; i < ads.length; i++) {
      this.ads[i] = "ad_" + Text.padded(i, 5);
      this.qualities[i] = Draws.of(seed, AD, i).normal();
    }
  }

  int campaigns() {
    return campaigns.length;
  }

  String campaign(int campaign) {
    return campaigns[campaign];
  }

  String ad(int ad) {
    return ads[ad];
  }

  /** The campaign that an ad belongs to. */
  int campaignOf(int ad) {
    return ad / ADS_A_CAMPAIGN;
  }

  /** The n-th ad of a campaign. */
  int adOf(int campaign, int n) {
    return campaign * ADS_A_CAMPAIGN + n % ADS_A_CAMPAIGN;
  }

  /** What a campaign bids on average. */
  double bid(int campaign) {
    return bids[campaign];
  }

  /** Whether a campaign is to a person's taste. */
  boolean isToTaste(int campaign, Person person) {
    return tastes[campaign] == person.taste();
  }

  /** How much an ad appeals, mean 0, standard deviation 1. */
  double quality(int ad) {
    return qualities[ad];
  }
}
