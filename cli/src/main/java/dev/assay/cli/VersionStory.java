package dev.assay.cli;

import dev.assay.model.Evidence;
import dev.assay.model.ModelRecord;
import dev.assay.model.Promotion;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a version of a model, for people.
 *
 * @param record what it was made from, and how good it is
 * @param decisions what was decided about it
 */
record VersionStory(ModelRecord record, List<Promotion> decisions) {

  void tell(PrintWriter out) {
    out.println(
        "%s.%s %s: %s, trained in %.1f s by %s"
            .formatted(
                record.pipeline(),
                record.model(),
                record.version(),
                record.learner(),
                record.trainingSeconds(),
                record.code()));
    record
        .inputs()
        .forEach(
            (table, input) ->
                out.println(
                    "  learned from %s at version %d, %s to %s, %d rows"
                        .formatted(
                            table, input.version(), input.from(), input.to(), input.rows())));
    out.println("  saved in " + record.path());
    out.println();
    Output.table(
        out,
        List.of("LEARNER", "METRIC", "VALUE", "95% FROM", "TO"),
        record.metrics().stream()
            .map(
                metric ->
                    List.of(
                        metric.learner(),
                        metric.metric(),
                        text(metric.value()),
                        text(metric.low()),
                        text(metric.high())))
            .toList());
    decisions.forEach(decision -> say(out, decision));
  }

  private static void say(PrintWriter out, Promotion decision) {
    out.println();
    out.println(
        "%s at %s, for %s on: champion %s; %s"
            .formatted(
                decision.act().id(),
                decision.at().truncatedTo(ChronoUnit.SECONDS),
                decision.from(),
                decision.champion() == null ? "none" : decision.champion(),
                decision.why()));
    Evidence evidence = decision.evidence();
    if (evidence == null) {
      return;
    }
    out.println(
        "  mean %s of %d rows: %s, of the baseline %s, of the champion before %s"
            .formatted(
                evidence.loss(),
                evidence.rows(),
                text(evidence.challenger()),
                text(evidence.baseline()),
                evidence.champion() == null ? "none" : text(evidence.champion())));
    say(out, "less than the baseline's by", evidence.overBaseline());
    if (evidence.overChampion() != null) {
      say(out, "less than the champion's by", evidence.overChampion());
    }
    evidence
        .drifts()
        .forEach(
            drift ->
                out.println(
                    "  stability index of %s: %s of at most %s%s"
                        .formatted(
                            drift.column(),
                            text(drift.psi()),
                            text(drift.limit()),
                            drift.refuses() ? "" : ", which refuses nothing")));
  }

  private static void say(PrintWriter out, String what, Evidence.Gain gain) {
    out.println(
        "  %s %s (%s to %s)"
            .formatted(what, text(gain.mean()), text(gain.low()), text(gain.high())));
  }

  static String text(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.6g", value);
  }
}
