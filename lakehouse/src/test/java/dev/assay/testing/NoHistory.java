package dev.assay.testing;

import dev.assay.audit.AuditHistory;
import dev.assay.config.ControlTotal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Nothing that a table-day could be compared with. */
public final class NoHistory implements AuditHistory {
  @Override
  public List<Long> rowsBefore(LocalDate day, int days) {
    return List.of();
  }

  @Override
  public Optional<String> inputTotal(ControlTotal control, LocalDate day) {
    return Optional.empty();
  }
}
