package dev.assay.audit;

import java.io.Serializable;
import java.util.List;

/** Where rows go that checks reject, told of each as it passes, in the task that sees it. */
@FunctionalInterface
public interface Rejections extends Serializable {
  /** For an audit that rejects none. */
  Rejections NONE =
      (reasons, record) -> {
        throw new IllegalStateException("a row was rejected by " + reasons);
      };

  /**
   * Takes a row.
   *
   * @param reasons every check that it failed, by name
   * @param record the row as it was received, as JSON; bytes in it are base64
   */
  void add(List<String> reasons, String record);
}
