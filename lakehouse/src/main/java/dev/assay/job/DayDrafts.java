package dev.assay.job;

import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.table.Draft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A day of some tables of a stage.
 *
 * @param drafts the rows of those that have some to publish
 * @param without why each of the others has none, and need not have, by its name
 */
public record DayDrafts(List<Draft> drafts, Map<String, String> without) {

  /**
   * Drafts that are made table by table; one that has no data keeps no other from being published.
   *
   * @param draft a table's draft, or NO_DATA
   */
  public static DayDrafts of(List<TableContract> tables, Function<TableContract, Draft> draft) {
    List<Draft> drafts = new ArrayList<>();
    Map<String, String> without = new LinkedHashMap<>();
    for (TableContract contract : tables) {
      try {
        drafts.add(draft.apply(contract));
      } catch (AssayException failure) {
        if (failure.exitCode() != ExitCode.NO_DATA) {
          throw failure;
        }
        without.put(contract.name().table(), failure.message());
      }
    }
    return new DayDrafts(drafts, without);
  }
}
