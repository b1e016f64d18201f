package dev.assay.release;

import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.TableDayState;
import dev.assay.store.LakeStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Takes away table-days that are past the time that their contract keeps them in the table. */
public final class ExpiredDays {
  private final LakeStore lake;
  private final PipelineConfig pipeline;

  public ExpiredDays(LakeStore lake, PipelineConfig pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
  }

  /**
   * A table-day whose rows are in the archive.
   *
   * @param tableDay the table-day
   * @param token the attempt whose rows these are
   * @param file where they are
   */
  public record Archived(TableDay tableDay, long token, String file) {}

  /**
   * Takes away those past their retention, all by one release.
   *
   * @param today the day that they are past their retention on
   * @param runId what to call this run in ledger and releases
   * @return the release; empty if there are none
   */
  public Optional<Release> withdraw(LocalDate today, String runId) {
    return withdraw(runId, known -> expired(known, today));
  }

  /**
   * Takes away those that are in the archive, all by one release; not those that were published
   * again since their rows were written there.
   *
   * @param runId what to call this run in ledger and releases
   * @return the release; empty if there are none
   */
  public Optional<Release> withdraw(Collection<Archived> archived, String runId) {
    return withdraw(
        runId,
        known ->
            archived.stream()
                .filter(one -> isStill(one, known))
                .map(
                    one ->
                        Intent.Replacement.archived(
                            pipeline.table(one.tableDay().table().table()),
                            one.tableDay().day(),
                            one.file()))
                .toList());
  }

  private Optional<Release> withdraw(
      String runId, Function<LedgerState, List<Intent.Replacement>> which) {
    Ledger ledger = Ledger.of(lake, pipeline.name());
    return new Amendment(lake, pipeline.name())
        .publish(
            runId, newest -> new Amendment.Change(which.apply(ledger.state()), List.of(), null));
  }

  private static boolean isStill(Archived archived, LedgerState known) {
    return known
        .published(archived.tableDay())
        .filter(published -> published.token() == archived.token())
        .isPresent();
  }

  private List<Intent.Replacement> expired(LedgerState known, LocalDate today) {
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
