package dev.assay.audit;

import dev.assay.checks.RowCheck;
import java.util.List;
import java.util.Optional;

/**
 * What an audit must know of where rows come from.
 *
 * @param checks row checks that follow from how the rows were made, over the rows' own columns
 * @param repeats which rows repeat another, and are counted and not published; none where empty
 * @param groupings into which groups rows are counted
 */
public record Provenance(
    List<RowCheck> checks, Optional<Repeats> repeats, List<Grouping> groupings) {
  /** Of rows that a transform makes: there is nothing to know. */
  public static final Provenance COMPUTED = grouped(List.of());

  /** Of such rows that are counted in groups. */
  public static Provenance grouped(List<Grouping> groupings) {
    return new Provenance(List.of(), Optional.empty(), groupings);
  }
}
