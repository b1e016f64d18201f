package dev.assay.samples;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/** Impressions, clicks, conversions, cost and revenue, a day and a campaign. */
final class AdsTruth implements Truth {
  private final Schedule schedule;
  private final Catalogue catalogue;
  private final List<FraudWindow> frauds;
  private final TreeMap<Integer, Day> days = new TreeMap<>();

  AdsTruth(Schedule schedule, Catalogue catalogue, List<FraudWindow> frauds) {
    this.schedule = schedule;
    this.catalogue = catalogue;
    this.frauds = frauds;
  }

  /** A day's: of each campaign by its number, and who was there. */
  private static final class Day {
    private final TreeMap<String, Totals> campaigns = new TreeMap<>();
    private final BitSet users = new BitSet();
  }

  /** Sums; money in hundredths. */
  private static final class Totals {
    private long impressions;
    private long clicks;
    private long conversions;
    private long cost;
    private long revenue;

    void count(Row row) {
      switch (row.value(Ads.TYPE)) {
        case "impression" -> impressions++;
        case "click" -> clicks++;
        default -> {
          conversions++;
          revenue += Text.hundredths(row.value(Ads.REVENUE));
        }
      }
      cost += Text.hundredths(row.value(Ads.COST));
    }

    void add(Totals other) {
      impressions += other.impressions;
      clicks += other.clicks;
      conversions += other.conversions;
      cost += other.cost;
      revenue += other.revenue;
    }

    List<String> cells() {
      return List.of(
          Long.toString(impressions),
          Long.toString(clicks),
          Long.toString(conversions),
          Text.money(cost),
          Text.money(revenue));
    }
  }

  @Override
  public void count(Row row) {
    Day day = days.computeIfAbsent(row.day(), one -> new Day());
    day.campaigns.computeIfAbsent(row.value(Ads.CAMPAIGN), one -> new Totals()).count(row);
    day.users.set(Person.numberOf(row.value(Ads.USER)));
  }

  @Override
  public void describe(ObjectNode file) {
    ObjectNode byDay = file.putObject("days");
    days.forEach(
        (number, day) -> {
          Totals totals = new Totals();
          day.campaigns.values().forEach(totals::add);
          byDay
              .putObject(schedule.date(number).toString())
              .put("impressions", totals.impressions)
              .put("clicks", totals.clicks)
              .put("conversions", totals.conversions)
              .put("cost", Text.money(totals.cost))
              .put("revenue", Text.money(totals.revenue))
              .put("users", day.users.cardinality());
        });
    ArrayNode planted = file.putArray("fraud_windows");
    for (FraudWindow fraud : frauds) {
      long minute = schedule.slot(fraud.day(), fraud.hour()).start() + fraud.minute() * 60L;
      planted
          .addObject()
          .put("minute", Text.time(minute))
          .put("user_id", Person.idOf(fraud.user()))
          .put("campaign_id", catalogue.campaign(fraud.campaign()))
          .put("events", fraud.events())
          .put("fraud_score", fraud.scheme().score());
    }
  }

  @Override
  public void writeBesides(Path folder) throws IOException {
    try (Writer lines = Lines.create(folder.resolve("truth_campaigns.csv"), Compression.NONE)) {
      lines.write("day,campaign_id,impressions,clicks,conversions,cost,revenue\n");
      for (var day : days.entrySet()) {
        String date = schedule.date(day.getKey()).toString();
        for (var campaign : day.getValue().campaigns.entrySet()) {
          String cells = String.join(",", campaign.getValue().cells());
          lines.write(date + "," + campaign.getKey() + "," + cells + "\n");
        }
      }
    }
  }
}
