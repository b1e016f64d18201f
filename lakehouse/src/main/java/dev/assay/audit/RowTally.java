package dev.assay.audit;

import java.util.Arrays;
import org.apache.spark.util.AccumulatorV2;
import org.jspecify.annotations.Nullable;

/**
 * Counts marked rows as they pass on their way into files, each once: a task's counts arrive when
 * it succeeds, and once if it is tried again.
 *
 * <p>An accumulator, where Spark's observed metrics would do: those stop code generation and copy
 * every row twice, which doubles what the audit costs. They are left for what must be aggregated,
 * {@link Observed}.
 */
final class RowTally extends AccumulatorV2<RowTally.MarkedRow, RowTally> {
  /**
   * What the marks say of a row.
   *
   * @param failed the bits of {@link Marking#FAILED}
   * @param content the hash of a published row; null if it is not published
   */
  record MarkedRow(long failed, @Nullable Long content) {}

  private static final long serialVersionUID = 1L;

  private final Marking.Bits bits;
  private final long[] failures = new long[Long.SIZE];
  private long received;
  private long published;
  private long quarantined;
  private long duplicates;
  private ContentHash content = new ContentHash();

  RowTally(Marking.Bits bits) {
    this.bits = bits;
  }

  @Override
  public void add(MarkedRow row) {
    received++;
    long failed = row.failed;
    if (failed < 0) {
      duplicates++;
    } else if ((failed & bits.rejecting()) != 0) {
      quarantined++;
    }
    if (row.content != null) {
      published++;
      content.add(row.content);
    } else {
      failed &= ~bits.missing();
    }
    for (long rest = failed & Long.MAX_VALUE; rest != 0; rest &= rest - 1) {
      failures[Long.numberOfTrailingZeros(rest)]++;
    }
  }

  @Override
  public void merge(AccumulatorV2<MarkedRow, RowTally> task) {
    RowTally other = task.value();
    received += other.received;
    published += other.published;
    quarantined += other.quarantined;
    duplicates += other.duplicates;
    content.add(other.content);
    Arrays.setAll(failures, bit -> failures[bit] + other.failures[bit]);
  }

  @Override
  public boolean isZero() {
    return received == 0;
  }

  @Override
  public RowTally copy() {
    RowTally copy = new RowTally(bits);
    copy.merge(this);
    return copy;
  }

  @Override
  public void reset() {
    received = 0;
    published = 0;
    quarantined = 0;
    duplicates = 0;
    content = new ContentHash();
    Arrays.fill(failures, 0);
  }

  @Override
  public RowTally value() {
    return this;
  }

  /** Not what it holds, which is itself. */
  @Override
  public String toString() {
    return received + " rows";
  }

  long received() {
    return received;
  }

  long published() {
    return published;
  }

  long quarantined() {
    return quarantined;
  }

  long duplicates() {
    return duplicates;
  }

  /** How many rows have a bit set; a bit for a missing value counts published rows alone. */
  long failures(int bit) {
    return failures[bit];
  }

  /** Equal for equal published rows in any order. */
  String contentHash() {
    return content.text(published);
  }
}
