package dev.assay.job;

import dev.assay.audit.AuditHistory;
import dev.assay.config.ControlTotal;
import dev.assay.config.TableContract;
import dev.assay.release.ReleaseInputs;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableLayout;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a table-day is compared to, from Delta's statistics and the ledger.
 *
 * @param contract the table's contract
 * @param tables the lake's tables
 * @param inputs the release that the run reads
 */
record ReleaseHistory(TableContract contract, DeltaTables tables, ReleaseInputs inputs)
    implements AuditHistory {

  @Override
  public List<Long> rowsBefore(LocalDate day, int days) {
    List<Long> rows =
        new ArrayList<>(
            tables
                .recordsByDay(
                    TableLayout.of(contract),
                    day.minusDays(days).toString(),
                    day.minusDays(1).toString())
                .values());
    Collections.reverse(rows);
    return rows;
  }

  @Override
  public Optional<String> inputTotal(ControlTotal control, LocalDate day) {
    return inputs
        .publication(control.input(), day)
        .map(publication -> publication.totals().get(control.inputTotal()));
  }
}
