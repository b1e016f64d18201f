package dev.assay.audit;

import java.io.Serializable;

/**
 * The hash of a set of rows: equal for equal rows in any order.
 *
 * <p>Sums, not an exclusive or, in which two equal rows would cancel; in halves, so that they hold.
 */
final class ContentHash implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long LOW_WORD = 0xFFFFFFFFL;
  private static final int INT_BITS = 32;

  private long high;
  private long low;

  void add(long row) {
    high += row >>> INT_BITS;
    low += row & LOW_WORD;
  }

  void add(ContentHash other) {
    high += other.high;
    low += other.low;
  }

  String text(long rows) {
    return rows + "-" + Long.toHexString(high) + "-" + Long.toHexString(low);
  }
}
