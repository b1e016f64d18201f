package dev.assay.cli;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.model.Champions;
import dev.assay.model.ModelRecord;
import dev.assay.model.Promotion;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** What a person is told who decides about a champion. */
final class DecisionStory {
  private DecisionStory() {}

  /**
   * The day from which a version is promoted if none is said: the one that it was trained for.
   *
   * @throws AssayException with USAGE if the champion is another since: who would be meant then?
   */
  static LocalDate firstDay(ModelRecord version, Champions champions) {
    NavigableMap<LocalDate, Optional<String>> later =
        champions.changes().tailMap(version.asOf(), false);
    if (!later.isEmpty()) {
      throw new AssayException(
          ExitCode.USAGE,
          "%s was trained for %s, and %s; say with --from from which day %s is to be it"
              .formatted(
                  version.version(),
                  version.asOf(),
                  champion(later.lastEntry(), version.model()),
                  version.version()));
    }
    return version.asOf();
  }

  /**
   * What was decided, and what follows from it.
   *
   * @param now the champions since
   */
  static String of(Promotion decision, Champions now, String pipeline, String model) {
    if (decision.champion() == null) {
      return "%s has no champion from %s on, as before %s: until a training passes the gate, or you promote a version, its scores have no data; those that %s gave are stale, and readable until they are taken away: assay score --pipeline %s --model %s --from %s --to ..."
          .formatted(
              model,
              decision.from(),
              decision.challenger(),
              decision.challenger(),
              pipeline,
              model,
              decision.from());
    }
    String then =
        Optional.ofNullable(now.changes().higherEntry(decision.from()))
            .map(next -> "; " + champion(next, model))
            .orElse("");
    return "%s is champion of %s from %s on%s; what is scored from then is stale until it is run: assay score --pipeline %s --model %s --from %s --to ..."
        .formatted(
            decision.champion(), model, decision.from(), then, pipeline, model, decision.from());
  }

  private static String champion(Map.Entry<LocalDate, Optional<String>> from, String model) {
    String who = from.getValue().map(one -> one + " is").orElse("there is no");
    return "%s champion of %s from %s on".formatted(who, model, from.getKey());
  }
}
