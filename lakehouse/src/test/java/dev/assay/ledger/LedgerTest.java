package dev.assay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.audit.AuditReport;
import dev.assay.audit.RowAccount;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.store.LakeFormat;
import dev.assay.store.LakeStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final TableDay DAY =
      new TableDay(new TableName("test", "sales"), LocalDate.of(2010, 12, 1));

  @TempDir private Path folder;
  private Ledger ledger;

  @BeforeEach
  void openLake() {
    LakeStore lake = new LakeStore(folder.toString(), new Configuration());
    LakeFormat.create(lake);
    ledger = Ledger.of(lake, "test");
  }

  @Test
  void aFailedAttemptThatTurnsOutToBePublishedIsSoEvenAfterAStateWasKept() {
    long token = attempt();
    ledger.ended(outcome(token, OutcomeKind.FAILED, null));
    ledger.write(ledger.state());

    ledger.published(outcome(token, OutcomeKind.PUBLISHED, 1L));

    assertThat(ledger.state().published(DAY).map(TableDayState.Publication::token)).contains(token);
  }

  @Test
  void aFailedAttemptIsNotTakenForOneThatRuns() {
    ledger.ended(outcome(attempt(), OutcomeKind.FAILED, null));
    assertThat(ledger.state().running(DAY)).isEmpty();

    ledger.write(ledger.state());

    assertThat(ledger.state().running(DAY)).isEmpty();
  }

  @Test
  void anArchivedDayIsInItsFileUntilReadersSeeAnotherOutcome() {
    ledger.published(outcome(attempt(), OutcomeKind.ARCHIVED, 1L, "a/b"));
    ledger.ended(outcome(attempt(), OutcomeKind.FAILED, null));

    assertThat(ledger.state().of(DAY).archive()).isEqualTo("a/b");
    ledger.write(ledger.state());
    assertThat(ledger.state().of(DAY).archive()).isEqualTo("a/b");

    ledger.published(outcome(attempt(), OutcomeKind.WITHDRAWN, 2L));

    assertThat(ledger.state().of(DAY).archive()).isNull();
  }

  /** One that is not above the state that was kept would be taken for a part of it. */
  @Test
  void anAttemptAfterACompactionIsTheNewestThoughAnOlderOneIsOpen() {
    long open = attempt(new TableDay(DAY.table(), DAY.day().plusDays(1)));
    long last = attempt();
    ledger.published(outcome(last, OutcomeKind.PUBLISHED, 1L));
    ledger.compact(1);

    long next = attempt();
    ledger.published(outcome(next, OutcomeKind.WITHDRAWN, 2L));

    assertThat(open).isLessThan(last);
    assertThat(next).isGreaterThan(last);
    assertThat(ledger.state().newestRelease()).isEqualTo(2);
    assertThat(ledger.state().published(DAY)).isEmpty();
  }

  @Test
  void whatWasKnownOnceIsGoneAfterACompactionThoughTheFirstAttemptIsOpen() {
    attempt(new TableDay(DAY.table(), DAY.day().plusDays(1)));
    ledger.published(outcome(attempt(), OutcomeKind.PUBLISHED, 1L));
    ledger.published(outcome(attempt(), OutcomeKind.PUBLISHED, 2L));
    ledger.write(ledger.state());
    assertThat(ledger.keptAsOf(1).orElseThrow().published(DAY)).isPresent();

    ledger.compact(2);

    assertThat(ledger.keptAsOf(1)).isEmpty();
    assertThat(ledger.keptAsOf(2).orElseThrow().published(DAY)).isPresent();
  }

  private long attempt() {
    return attempt(DAY);
  }

  private long attempt(TableDay at) {
    return ledger
        .open(
            0,
            token ->
                new Attempt(
                    token, Stage.GOLD, List.of(at), "run", Instant.EPOCH, "here", 1, "classes"))
        .token();
  }

  private static Outcome outcome(long token, OutcomeKind kind, Long release) {
    return outcome(token, kind, release, null);
  }

  private static Outcome outcome(long token, OutcomeKind kind, Long release, String archive) {
    AuditReport audit =
        new AuditReport(
            new RowAccount(1, 1, 0, 0, Map.of()), List.of(), Map.of(), "1-0-0", Map.of());
    Long version = release == null ? null : 1L;
    return new Outcome(
        token,
        "run",
        "classes",
        Instant.EPOCH,
        release,
        List.of(
            new TableDayOutcome(
                DAY, kind, "a test", version, audit, Map.of(), null, null, archive)));
  }
}
