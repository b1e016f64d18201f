package dev.assay.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;

/** Plays of each customer. */
final class TracksTruth implements Truth {
  private final TreeMap<String, Long> plays = new TreeMap<>();

  @Override
  public void count(Row row) {
    plays.merge(row.value(Tracks.CUSTOMER), 1L, Long::sum);
  }

  @Override
  public void describe(ObjectNode file) {
    file.put("customers", plays.size());
    ObjectNode byCustomer = file.putObject("plays");
    plays.forEach(byCustomer::put);
  }
}
