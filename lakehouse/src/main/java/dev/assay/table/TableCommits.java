package dev.assay.table;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How table-days whose files are there already become visible, by a commit to a table's log. */
public interface TableCommits {

  /** The token of the newest attempt that published any of a table's days; -1 if none did. */
  long fence(TableLayout layout, Collection<String> days);

  /**
   * Replaces table-days by files written earlier, in one commit, once: where the days' fences
   * already are at {@code token}, that is found and nothing is committed.
   *
   * @param files each day's files
   * @return the table's version that has them; empty if a newer attempt's fence is there
   */
  Optional<Long> commit(
      TableLayout layout, Map<String, List<String>> files, long token, String userMetadata);
}
