package dev.assay.table;

import java.util.List;

/**
 * Files that were written and are not visible yet.
 *
 * @param actions Delta's actions that add them, as JSON
 * @param records how many rows they hold, by their own statistics
 */
public record WrittenFiles(List<String> actions, long records) {
  /** None. */
  static final WrittenFiles NONE = new WrittenFiles(List.of(), 0);
}
