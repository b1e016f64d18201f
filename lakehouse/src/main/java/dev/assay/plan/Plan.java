package dev.assay.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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

  /** Of this, what is settled with some dates. */
  public Plan of(Set<LocalDate> dates) {
    List<Batch> some = new ArrayList<>();
    for (Batch batch : batches) {
      List<Step> steps =
          batch.steps().stream().filter(step -> dates.contains(step.date())).toList();
      if (!steps.isEmpty()) {
        some.add(new Batch(batch.stage(), steps, batch.again()));
      }
    }
    return new Plan(
        pipeline,
        some,
        waiting.stream().filter(status -> dates.contains(status.tableDay().day())).toList());
  }
}
