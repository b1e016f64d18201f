package dev.assay.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.ledger.Attempt;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayState;
import dev.assay.store.LakeFormat;
import dev.assay.store.LakeStore;
import dev.assay.table.TableCommits;
import dev.assay.testing.Contracts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger knows of an attempt at a release that no stage makes. */
class AmendmentTest {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final LocalDate SECOND = FIRST.plusDays(1);

  @TempDir private Path folder;
  private LakeStore lake;

  @BeforeEach
  void publishARelease() {
    lake = new LakeStore(folder.toString(), new Configuration());
    LakeFormat.create(lake);
    lake.createIfAbsent(
        "gold/test/sales/_delta_log/00000000000000000000.json",
        ReleasePublisherTest.EMPTY_TABLE.getBytes(StandardCharsets.UTF_8));
    publish("sales");
  }

  @Test
  void anAttemptThatIsTriedAgainOfFewerTableDaysIsOverForTheOthers() {
    Queue<List<LocalDate>> wanted =
        new ArrayDeque<>(List.of(List.of(FIRST, SECOND), List.of(SECOND)));
    LedgerState before = state();

    long release =
        new Amendment(lake, "test")
            .publish(
                "amended",
                newest -> {
                  if (wanted.size() == 2) {
                    publish("sales");
                  }
                  return change("sales", wanted.remove());
                })
            .orElseThrow()
            .number();

    assertThat(release).isEqualTo(3);
    assertThat(state().running(of("sales", FIRST))).isEmpty();
    assertThat(state().of(of("sales", FIRST)).last())
        .extracting(TableDayState.End::token)
        .as("the publication in between")
        .isEqualTo(before.of(of("sales", FIRST)).last().token() + 1);
    assertThat(state().of(of("sales", SECOND)).last().runId()).isEqualTo("amended");
  }

  @Test
  void anAttemptThatFailsBeforeItIsDecidedHasEnded() {
    assertThatThrownBy(
            () ->
                new Amendment(lake, "test")
                    .publish(
                        "amended",
                        newest -> {
                          // What another run decided, and nobody can complete.
                          assertThatThrownBy(() -> publish("absent"))
                              .hasMessageContaining("has no log");
                          return change("sales", List.of(FIRST));
                        }))
        .hasMessageContaining("has no log");

    assertThat(state().running(of("sales", FIRST))).isEmpty();
    TableDayState.End last = state().of(of("sales", FIRST)).last();
    assertThat(last.kind()).isEqualTo(OutcomeKind.FAILED);
    assertThat(last.runId()).isEqualTo("amended");
    assertThat(last.message()).contains("has no log");
  }

  @Test
  void anAttemptWhoseReleaseIsDecidedHasNotEnded() {
    assertThatThrownBy(
            () ->
                new Amendment(lake, "test")
                    .publish("amended", newest -> change("absent", List.of(FIRST))))
        .hasMessageContaining("has no log");

    assertThat(state().running(of("absent", FIRST)))
        .hasValueSatisfying(open -> assertThat(open.runId()).isEqualTo("amended"));
  }

  /** Takes away the first day of a table, as another run. */
  private void publish(String table) {
    Ledger ledger = Ledger.of(lake, "test");
    TableDay tableDay = of(table, FIRST);
    Attempt attempt =
        ledger.open(
            0, token -> Attempt.here(token, Stage.GOLD, List.of(tableDay), "other", "classes"));
    new ReleasePublisher(new ReleaseLog(lake, "test"), new TableCommits(lake), ledger, "test")
        .publish(
            number ->
                new Intent(
                    number,
                    "test",
                    Stage.GOLD,
                    null,
                    attempt.runId(),
                    attempt.token(),
                    attempt.code(),
                    Instant.now(),
                    change(table, List.of(FIRST)).replacements(),
                    List.of(),
                    List.of()));
  }

  private static Amendment.Change change(String table, List<LocalDate> days) {
    return new Amendment.Change(
        days.stream()
            .map(
                day ->
                    Intent.Replacement.withdrawn(
                        Contracts.sales(table), day, "a test", Map.of(), null))
            .toList(),
        List.of(),
        null);
  }

  private static TableDay of(String table, LocalDate day) {
    return new TableDay(new TableName("test", table), day);
  }

  private LedgerState state() {
    return Ledger.of(lake, "test").state();
  }
}
