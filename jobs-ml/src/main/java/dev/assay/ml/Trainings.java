package dev.assay.ml;

import dev.assay.error.AssayException;
import dev.assay.model.Champions;
import dev.assay.table.Inputs;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** On which days a model learns: the first of a week that is run, and when much more came in. */
record Trainings(ModelDay day) {

  /**
   * Whether it learns on this day: of its week there was no training, or much has come in since.
   */
  boolean isDue() {
    LocalDate monday = day.day().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    for (LocalDate before = day.day().minusDays(1);
        !before.isBefore(monday);
        before = before.minusDays(1)) {
      if (hasLearned(before)) {
        return rows(day.day()) > rows(before) * (1 + day.config().retrainGrowth());
      }
    }
    return true;
  }

  /**
   * Whether days after this may be made otherwise once it is made: it learns, or did before, or was
   * about to when it was interrupted. One that lacks rows to learn from is taken to lack them on
   * the next day, too: where it does not, the days that it changes are made again.
   */
  boolean matterToLaterDays() {
    Champions champions = inputs().champions(day.config().name());
    if (champions.training(day.day()).filter(last -> last.challenger() != null).isPresent()) {
      return true;
    }
    try {
      boolean isNew = champions.promotions().stream().allMatch(one -> one.challenger() == null);
      return hasLearned(day.day())
          || (isThere(day.day()) && isDue() && !(isNew && isThere(day.day().minusDays(1))));
    } catch (AssayException unknown) {
      // The day itself tells of it.
      return true;
    }
  }

  private boolean isThere(LocalDate on) {
    return day.config().inputs().stream()
        .allMatch(input -> inputs().has(input) && inputs().hasDay(input, on));
  }

  private boolean hasLearned(LocalDate on) {
    return day.config().learned().stream()
        .allMatch(table -> inputs().has(table) && inputs().hasDay(table, on));
  }

  private long rows(LocalDate on) {
    ModelDay then = new ModelDay(day.run(), day.config(), on);
    return day.config().inputs().stream()
        .mapToLong(input -> inputs().content(input, then.first(input), on).rows())
        .sum();
  }

  private Inputs inputs() {
    return day.run().inputs();
  }
}
