package dev.assay.job;

import dev.assay.audit.AuditHistory;
import dev.assay.config.ControlTotal;
import dev.assay.config.TableContract;
import dev.assay.release.ReleaseInputs;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a table-day is compared to, from the ledger.
 *
 * @param contract the table's contract
 * @param inputs the release that the run reads
 */
record ReleaseHistory(TableContract contract, ReleaseInputs inputs) implements AuditHistory {

  @Override
  public List<Long> rowsBefore(LocalDate day, int days) {
    return Stream.iterate(day.minusDays(1), before -> before.minusDays(1))
        .limit(days)
        .map(before -> inputs.publication(contract.name().table(), before))
        .flatMap(Optional::stream)
        .map(publication -> publication.rows().published())
        .filter(rows -> rows > 0)
        .toList();
  }

  @Override
  public Optional<String> inputTotal(ControlTotal control, LocalDate day) {
    return inputs
        .publication(control.input(), day)
        .map(publication -> publication.totals().get(control.inputTotal()));
  }
}
