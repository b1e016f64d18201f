package dev.assay.ml;

import dev.assay.config.GateConfig;
import dev.assay.ml.evaluation.Bootstrap;
import dev.assay.ml.evaluation.Interval;
import dev.assay.ml.evaluation.Stability;
import dev.assay.model.Evidence;
import dev.assay.model.Profile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a challenger becomes champion: its mean loss must be less than its baseline's,
 * and than the champion's by a margin, both with a 95% bootstrap interval of the paired differences
 * that is clear of 0; and the rows must be like those that the champion learned from, since of rows
 * that were spoiled on the way a challenger makes the best. That the champion has become worse than
 * the baseline tells of rows whose answers were turned, however they are spread.
 *
 * @param config what it must pass
 * @param start the pipeline's first day
 * @param day the business date
 */
record Gate(GateConfig config, LocalDate start, LocalDate day) {

  Evidence judge(Learned.Trial trial, @Nullable SavedModel champion, long seed, boolean isRetired) {
    double[] losses = trial.challenger();
    double[] baseline = trial.baseline();
    Interval overBaseline = Bootstrap.meanGain(baseline, losses, seed);
    List<String> refusals = new ArrayList<>();
    if (isRetired) {
      refusals.add("this version is retired");
    }
    if (!(overBaseline.low() > 0)) {
      refusals.add(
          "it is no better than its baseline: %s of %s against %s, a difference of %s"
              .formatted(trial.loss(), text(mean(losses)), text(mean(baseline)), overBaseline));
    }
    Interval overChampion = null;
    Double ofChampion = null;
    List<Evidence.Drift> drifts = List.of();
    if (champion != null) {
      Learned.Other now = trial.of(champion);
      double[] others = now.losses();
      ofChampion = mean(others);
      overChampion = Bootstrap.meanGain(others, losses, seed);
      double least = config.margin() * ofChampion;
      if (!(overChampion.low() > 0 && overChampion.value() >= least)) {
        refusals.add(
            "it is not better than the champion %s by the margin of %s: a difference of %s"
                .formatted(champion.record().version(), text(least), overChampion));
      }
      Interval ofTheChampion = Bootstrap.meanGain(baseline, others, seed);
      // By the margin: a baseline that learns from the newest rows may be a little ahead.
      boolean isWorse =
          ofTheChampion.high() < 0 && -ofTheChampion.value() >= config.margin() * mean(baseline);
      if (isSettled() && !trial.isAgeing() && isWorse) {
        refusals.add(
            "the champion %s is worse than the baseline on these rows, a difference of %s, so that they or what they follow from are not as they were; promote by hand if they are right"
                .formatted(champion.record().version(), ofTheChampion));
      }
      drifts = drifts(champion.record().profiles(), now.spread());
      drifts.stream()
          .filter(drift -> drift.isBeyond() && drift.refuses())
          .map(
              drift ->
                  "%s is not as it was when the champion was trained: its stability index is %s,"
                          .formatted(drift.column(), text(drift.psi()))
                      + " more than %s".formatted(text(drift.limit())))
          .forEach(refusals::add);
    }
    return new Evidence(
        trial.loss(),
        losses.length,
        mean(losses),
        mean(baseline),
        ofChampion,
        gain(overBaseline),
        overChampion == null ? null : gain(overChampion),
        config.margin(),
        drifts,
        refusals);
  }

  private List<Evidence.Drift> drifts(List<Profile> then, List<Profile> now) {
    List<Evidence.Drift> drifts = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      String column = now.get(i).column();
      drifts.add(
          new Evidence.Drift(
              column,
              Stability.index(then.get(i).shares(), now.get(i).shares()),
              Math.max(
                  config.psiLimit(),
                  Stability.byChance(
                      then.get(i).shares().size(), then.get(i).rows(), now.get(i).rows())),
              isSettled() && !config.moving().contains(column)));
    }
    return drifts;
  }

  private boolean isSettled() {
    return !day.isBefore(start.plusDays(config.settlingDays()));
  }

  private static Evidence.Gain gain(Interval interval) {
    return new Evidence.Gain(interval.value(), interval.low(), interval.high());
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
