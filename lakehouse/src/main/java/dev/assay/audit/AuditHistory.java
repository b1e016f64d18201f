package dev.assay.audit;

import dev.assay.config.ControlTotal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What a table-day is compared to: the days before it, and the inputs it was made from. */
public interface AuditHistory {
  /** Nothing that a table-day could be compared to. */
  AuditHistory NONE =
      new AuditHistory() {
        @Override
        public List<Long> rowsBefore(LocalDate day, int days) {
          return List.of();
        }

        @Override
        public Optional<String> inputTotal(ControlTotal control, LocalDate day) {
          return Optional.empty();
        }
      };

  /** The published row counts of at most {@code days} days before {@code day}, newest first. */
  List<Long> rowsBefore(LocalDate day, int days);

  /** The input's total on {@code day} that a mart's total must equal, as text. */
  Optional<String> inputTotal(ControlTotal control, LocalDate day);
}
