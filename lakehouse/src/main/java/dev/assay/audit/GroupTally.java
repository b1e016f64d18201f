package dev.assay.audit;

import java.util.Arrays;
import org.apache.spark.util.AccumulatorV2;

/** Counts rows by group, as {@link RowTally} does all of them, and hashes what each group holds. */
final class GroupTally extends AccumulatorV2<GroupTally.GroupedRow, GroupTally> {
  /**
   * What of a row is counted.
   *
   * @param group the position of its group; negative if it is in none
   * @param content the hash of its content
   */
  record GroupedRow(int group, long content) {}

  private static final long serialVersionUID = 1L;

  private final long[] rows;
  private final ContentHash[] contents;

  GroupTally(int groups) {
    this.rows = new long[groups];
    this.contents = new ContentHash[groups];
    Arrays.setAll(contents, group -> new ContentHash());
  }

  @Override
  public void add(GroupedRow row) {
    if (row.group >= 0) {
      rows[row.group]++;
      contents[row.group].add(row.content);
    }
  }

  @Override
  public void merge(AccumulatorV2<GroupedRow, GroupTally> task) {
    GroupTally other = task.value();
    for (int group = 0; group < rows.length; group++) {
      rows[group] += other.rows[group];
      contents[group].add(other.contents[group]);
    }
  }

  @Override
  public boolean isZero() {
    return Arrays.stream(rows).allMatch(count -> count == 0);
  }

  @Override
  public GroupTally copy() {
    GroupTally copy = new GroupTally(rows.length);
    copy.merge(this);
    return copy;
  }

  @Override
  public void reset() {
    Arrays.fill(rows, 0);
    Arrays.setAll(contents, group -> new ContentHash());
  }

  @Override
  public GroupTally value() {
    return this;
  }

  /** Not what it holds, which is itself. */
  @Override
  public String toString() {
    return Arrays.stream(rows).sum() + " rows in groups";
  }

  long rows(int group) {
    return rows[group];
  }

  GroupAccount account(int group) {
    return new GroupAccount(rows[group], contents[group].text(rows[group]));
  }
}
