package dev.assay.plan;

import dev.assay.audit.AuditReport;
import dev.assay.config.Derivation;
import dev.assay.config.ModelConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** Which days of which tables a table-day is made from, by its pipeline's conf. */
final class Lineage {
  private final PipelineConfig pipeline;

  Lineage(PipelineConfig pipeline) {
    this.pipeline = pipeline;
  }

  /** How many days before a landing its rows may be of, at most. */
  int lateness() {
    return pipeline.feeds().values().stream()
        .mapToInt(feed -> feed.allowedLatenessDays())
        .max()
        .orElse(0);
  }

  List<Source> sources(TableContract contract, LocalDate day) {
    Derivation derivation = contract.derivation();
    List<Source> sources = new ArrayList<>();
    if (derivation instanceof Derivation.Received received) {
      sources.add(new Source.Files(received.feed(), day));
    } else if (derivation instanceof Derivation.Cleansed cleansed) {
      sources.add(landed(contract, cleansed.source(), day));
    } else if (derivation instanceof Derivation.Computed computed) {
      for (String input : computed.inputs()) {
        LocalDate first = pipeline.firstRead(computed, input, day);
        sources.add(new Source.Days(input, first, day, !pipeline.isLearned(input)));
      }
    } else {
      ModelConfig model = pipeline.model(((Derivation.Modelled) derivation).model());
      for (String input : model.inputs()) {
        LocalDate first = pipeline.firstRead(model, input, day);
        sources.add(new Source.Days(input, first, day, true));
      }
      sources.add(new Source.Champion(model.name(), model.learned(), day));
      LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      model
          .learned()
          .forEach(table -> sources.add(new Source.Days(table, monday, day.minusDays(1), false)));
    }
    return sources;
  }

  private Source landed(TableContract contract, String source, LocalDate day) {
    int late = pipeline.feedOf(source).allowedLatenessDays();
    if (late == 0) {
      return new Source.Days(source, day, day, true);
    }
    String part = AuditReport.part(contract.name().table(), day);
    return new Source.Parts(source, part, day, day.plusDays(late));
  }
}
