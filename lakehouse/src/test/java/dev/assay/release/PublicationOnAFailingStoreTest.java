package dev.assay.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.checks.RowCheck;
import dev.assay.checks.Severity;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.StageRunner;
import dev.assay.ledger.Outcome;
import dev.assay.store.LakeStore;
import dev.assay.testing.Contracts;
import dev.assay.testing.Fault;
import dev.assay.testing.Faults;
import dev.assay.testing.FaultyStore;
import dev.assay.testing.Lakes;
import dev.assay.testing.MinioServer;
import dev.assay.testing.Sales;
import dev.assay.testing.TestSpark;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run says when the store fails at a given step of it. */
class PublicationOnAFailingStoreTest {
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);

  private final TableContract contract = Contracts.sales("sales");
  private final FaultyStore store =
      new FaultyStore(MinioServer.get().endpoint(), Duration.ofSeconds(10));
  private StageRunner runner;
  private LakeStore lake;

  @BeforeEach
  void openLake() {
    String root = Lakes.newRoot("failing-" + UUID.randomUUID());
    runner = Sales.runner(root, Lakes.store(store.endpoint(), Lakes.credentials()), contract);
    lake = new LakeStore(root, TestSpark.session().sessionState().newHadoopConf());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aReleaseIsPublishedThoughTheHintAtItCannotBeWritten() {
    happensToEveryPutOf("/latest", Fault.NOT_DONE_500);

    Release first = publish("first");
    Release second = publish("second");

    assertThat(store.counts()).containsKey(Fault.NOT_DONE_500);
    assertThat(List.of(first.number(), second.number())).containsExactly(1L, 2L);
    LakeAccount account = LakeAccount.of(lake);
    account.requireWhole();
    assertThat(account.published().stream().map(Outcome::runId)).containsExactly("first", "second");
    assertThat(account.ended()).isEmpty();
  }

  @Test
  void aRunThatCannotSealWhatItDecidedSaysSoAndTheNextOneCompletesIt() {
    happensToEveryPutOf("-sealed.json", Fault.CONFLICT_409);

    AssayException failure = catchThrowableOfType(AssayException.class, () -> publish("first"));
    store.happen(Faults.NONE);

    assertThat(failure.exitCode()).as(failure.message()).isEqualTo(ExitCode.STORE_UNREACHABLE);
    assertThat(failure.message()).contains("Release 1 of test was decided before");
    assertThat(publish("second").number()).isEqualTo(2);
    LakeAccount account = LakeAccount.of(lake);
    account.requireWhole();
    assertThat(account.published().stream().map(Outcome::runId)).containsExactly("first", "second");
    assertThat(account.ended()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_assay/releases", ".parquet"})
  void aStoreThatOnlyAnswersWithErrorsIsNamedAsTheReason(String where) {
    store.happen(
        request ->
            request.uri().contains(where) ? Optional.of(Fault.NOT_DONE_500) : Optional.empty());

    AssayException failure = catchThrowableOfType(AssayException.class, () -> publish("first"));
    store.happen(Faults.NONE);

    assertThat(failure.exitCode()).as(failure.message()).isEqualTo(ExitCode.STORE_UNREACHABLE);
    assertThat(failure.message()).startsWith("the store answers with errors of its own");
    assertThat(failure.message()).doesNotContain("was decided");
    assertThat(publish("second").number()).isEqualTo(1);
  }

  @Test
  void aStoreThatDoesNotTakeARejectedRowIsNamedAsTheReason() {
    TableContract checked =
        Contracts.sales("sales", new RowCheck.Regex("named", Severity.QUARANTINE, "id", "[a-z]+"));
    store.happen(
        request ->
            request.uri().contains("quarantine") && request.uri().contains(".parquet")
                ? Optional.of(Fault.NOT_DONE_500)
                : Optional.empty());

    AssayException failure =
        catchThrowableOfType(
            AssayException.class,
            () -> runner.run(Sales.day(checked, DAY, "1"), DAY, Set.of(), false, "first"));
    store.happen(Faults.NONE);

    assertThat(failure.exitCode()).as(failure.message()).isEqualTo(ExitCode.STORE_UNREACHABLE);
    assertThat(failure.message()).startsWith("the store answers with errors of its own");
    assertThat(publish("second").number()).isEqualTo(1);
  }

  private void happensToEveryPutOf(String ending, Fault fault) {
    store.happen(
        request ->
            request.method().equals(HttpMethod.PUT) && request.uri().contains(ending)
                ? Optional.of(fault)
                : Optional.empty());
  }

  private Release publish(String run) {
    return runner.run(Sales.day(contract, DAY, run), DAY, Set.of(), false, run).release();
  }
}
