package dev.assay.release;

import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.TableDayState;
import dev.assay.store.LakeStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes away table-days that are past the retention of their contract. */
public final class ExpiredDays {
  private final LakeStore lake;
  private final PipelineConfig pipeline;

  public ExpiredDays(LakeStore lake, PipelineConfig pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
  }

  /**
   * Takes them away, all by one release.
   *
   * @param today the day that they are past their retention on
   * @param runId what to call this run in ledger and releases
   * @return the release; empty if there are none
   */
  public Optional<Release> withdraw(LocalDate today, String runId) {
    Ledger ledger = Ledger.of(lake, pipeline.name());
    return new Amendment(lake, pipeline.name())
        .publish(
            runId,
            newest -> new Amendment.Change(replacements(ledger.state(), today), List.of(), null));
  }

  private List<Intent.Replacement> replacements(LedgerState known, LocalDate today) {
    List<Intent.Replacement> expired = new ArrayList<>();
    for (TableDayState state : known.ended()) {
      TableContract contract = pipeline.tables().get(state.tableDay().table().table());
      if (contract != null
          && state.published() != null
          && contract.upkeep().isExpired(state.tableDay().day(), today)) {
        expired.add(
            Intent.Replacement.withdrawn(
                contract,
                state.tableDay().day(),
                "past its retention of " + contract.upkeep().retentionDays() + " days",
                Map.of(),
                null));
      }
    }
    return expired;
  }
}
