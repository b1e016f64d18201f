package dev.assay.audit;

import static org.apache.spark.sql.functions.lit;

import dev.assay.checks.RowCheck;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * What an audit must know of where rows come from.
 *
 * @param checks row checks that follow from how the rows were made, over the rows' own columns
 * @param readable whether a row could be read into the contract's columns: the contract's own
 *     checks look only at rows that could
 * @param repeats which rows repeat another, and are counted and not published; none where empty
 * @param groupings into which groups rows are counted
 */
public record Provenance(
    List<RowCheck> checks, Column readable, Optional<Repeats> repeats, List<Grouping> groupings) {
  /** Of rows that a transform makes: there is nothing to know. */
  public static final Provenance COMPUTED = grouped(List.of());

  /** Of such rows that are counted in groups. */
  public static Provenance grouped(List<Grouping> groupings) {
    return new Provenance(List.of(), lit(true), Optional.empty(), groupings);
  }
}
