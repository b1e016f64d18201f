package dev.assay.plan;

import java.util.List;

/**
 * What a run does: every table-day that it settles, and no other.
 *
 * @param pipeline the pipeline
 * @param batches in their order
 * @param waiting what was asked for and cannot be made, because what it is made from did not come
 */
public record Plan(String pipeline, List<Batch> batches, List<TableDayStatus> waiting) {

  /** Every table-day that is settled, in order. */
  public List<Step> steps() {
    return batches.stream().flatMap(batch -> batch.steps().stream()).toList();
  }
}
