package dev.assay.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Rows, and what was paid in sum. */
final class PurchasesTruth implements Truth {
  private long rows;
  private long purchase;

  @Override
  public void count(Row row) {
    rows++;
    purchase += Long.parseLong(row.value(Purchases.PURCHASE));
  }

  @Override
  public void describe(ObjectNode file) {
    file.put("purchases", rows);
    file.put("purchase", Long.toString(purchase));
  }
}
