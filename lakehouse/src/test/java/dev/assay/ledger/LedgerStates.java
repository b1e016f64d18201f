package dev.assay.ledger;

import java.util.List;

/** What a ledger would know. */
public final class LedgerStates {
  private LedgerStates() {}

  /** The state that some outcomes come to. */
  public static LedgerState of(List<Outcome> outcomes) {
    LedgerState state = new LedgerState(0, List.of(), 0);
    outcomes.forEach(state::add);
    return state;
  }
}
