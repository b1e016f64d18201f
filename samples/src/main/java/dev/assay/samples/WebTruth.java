package dev.assay.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.BitSet;
import java.util.TreeMap;

/** Visitors, purchases, revenue, and events by type, a day. */
final class WebTruth implements Truth {
  private final Schedule schedule;
  private final TreeMap<Integer, Day> days = new TreeMap<>();

  WebTruth(Schedule schedule) {
    this.schedule = schedule;
  }

  /** A day's; revenue in hundredths. */
  private static final class Day {
    private final BitSet visitors = new BitSet();
    private final TreeMap<String, Long> events = new TreeMap<>();
    private long revenue;
  }

  @Override
  public void count(Row row) {
    Day day = days.computeIfAbsent(row.day(), one -> new Day());
    day.visitors.set(Person.numberOf(row.value(Web.USER)));
    day.events.merge(row.value(Web.TYPE), 1L, Long::sum);
    day.revenue += Text.hundredths(row.value(Web.REVENUE));
  }

  @Override
  public void describe(ObjectNode file) {
    ObjectNode byDay = file.putObject("days");
    days.forEach(
        (number, day) -> {
          ObjectNode one =
              byDay
                  .putObject(schedule.date(number).toString())
                  .put("visitors", day.visitors.cardinality())
                  .put("purchases", day.events.getOrDefault("purchase", 0L))
                  .put("revenue", Text.money(day.revenue));
          ObjectNode byType = one.putObject("events");
          day.events.forEach(byType::put);
        });
  }
}
