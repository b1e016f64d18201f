package dev.assay.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.error.ExitCode;
import dev.assay.ledger.Ledger;
import dev.assay.release.LakeAccount.Commit;
import dev.assay.release.Race.Answer;
import dev.assay.store.LakeStore;
import dev.assay.table.TableCommits;
import dev.assay.testing.Fault;
import dev.assay.testing.Faults;
import dev.assay.testing.FaultyStore;
import dev.assay.testing.Lakes;
import dev.assay.testing.MinioServer;
import dev.assay.testing.PublishDays;
import dev.assay.testing.RandomFaults;
import dev.assay.testing.RandomFaults.Rates;
import dev.assay.testing.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two real processes on one lake in MinIO, which they reach through a store that fails when it is
 * told to.
 */
class TwoProcessesTest {
  private static final Logger LOG = LoggerFactory.getLogger(TwoProcessesTest.class);
  private static final LocalDate DAY = LocalDate.of(2010, 12, 1);
  private static final Duration WAIT_FOR_STORE = Duration.ofMillis(2200);

  /** How many changes each process makes where there are many: -Dtest.commits=N. */
  private static final int MANY = Integer.getInteger("test.commits", 300);

  private static final Duration WAIT_FOR_PROCESS = Duration.ofMinutes(2);

  /** A short race meets every kind of fault, and hardly one outlasts its client's patience. */
  private static final Rates PASSING = new Rates(0.01, 0.4, 0);

  /** Of a long race's faults some do outlast it, so that tries fail. */
  private static final Rates LASTING = new Rates(0.005, 0.25, 0.03);

  @TempDir private static Path answers;
  private static FaultyStore store;
  private static WorkerProcess one;
  private static WorkerProcess two;

  private final String root = Lakes.newRoot();
  private final LakeStore lake = Lakes.lake(root);
  @TempDir private Path folder;

  @BeforeAll
  static void startProcesses() throws IOException {
    store = new FaultyStore(MinioServer.get().endpoint(), WAIT_FOR_STORE);
    one = start("one");
    two = start("two");
  }

  private static WorkerProcess start(String name) throws IOException {
    return new WorkerProcess(
        PublishDays.class,
        answers.resolve(name),
        store.endpoint(),
        Lakes.credentials(),
        Long.toString(WAIT_FOR_STORE.toMillis()));
  }

  @AfterAll
  static void stopProcesses() {
    one.close();
    two.close();
    store.close();
  }

  @BeforeEach
  void mend() {
    store.happen(Faults.NONE);
  }

  @Test
  void aSlowAttemptThatWakesUpAfterANewerOnePublishedIsRefused() throws IOException {
    askAtGate("older", one);

    Answer newer = Race.ask("publish " + root, "newer", DAY, two);
    assertThat(newer.exitCode()).as(newer.said()).isZero();
    openGate("older");

    Answer older = Race.answer("older", DAY, one);
    assertThat(older.exitCode()).as(older.said()).isEqualTo(5);
    assertThat(older.said()).contains("attempt 1 at test.sales/2010-12-01 is refused: attempt 2");
    assertThat(ids()).containsExactly("2010-12-01 newer");
  }

  @Test
  void aNewerAttemptGetsThroughThoughAnOlderOneCommitsFirst() throws IOException {
    askAtGate("older", one);
    askAtGate("newer", two);

    openGate("older");
    Answer older = Race.answer("older", DAY, one);
    assertThat(older.exitCode()).as(older.said()).isZero();
    openGate("newer");

    Answer newer = Race.answer("newer", DAY, two);
    assertThat(newer.exitCode()).as(newer.said()).isZero();
    assertThat(ids()).containsExactly("2010-12-01 newer");
  }

  @Test
  void bothPublishTheirDays() {
    assertThat(publishSideBySide(2)).allMatch(Answer::acknowledged);
  }

  @Test
  void bothPublishTheirDaysOnAStoreThatFails() {
    failing(() -> publishSideBySide(3), PASSING, 1);
  }

  @Test
  @Tag("soak")
  void bothPublishThreeHundredDaysEach() {
    assertThat(publishSideBySide(MANY)).allMatch(Answer::acknowledged);
  }

  @Test
  @Tag("soak")
  void bothPublishThreeHundredDaysEachOnAStoreThatFails() {
    failing(() -> publishSideBySide(MANY), LASTING, MANY / 6);
  }

  @Test
  @Tag("soak")
  void bothCommitThreeHundredTimesToOneLog() {
    assertThat(commitSideBySide(MANY)).allMatch(Answer::acknowledged);
  }

  @Test
  @Tag("soak")
  void bothCommitThreeHundredTimesToOneLogOnAStoreThatFails() {
    failing(() -> commitSideBySide(MANY), LASTING, MANY / 30);
  }

  /** From a seed that is said, so that one that failed can be tried again: -Dtest.seed=N. */
  private static void failing(Runnable race, Rates rates, long leastOfEach) {
    long seed = Long.getLong("test.seed", System.nanoTime());
    LOG.info("-Dtest.seed={}", seed);
    Map<Fault, Long> before = store.counts();
    Map<Fault, Long> conditionalBefore = store.countsOfConditional();
    long requests = store.requests();
    store.happen(new RandomFaults(seed, rates));
    race.run();
    Map<Fault, Long> faults = since(before, store.counts());
    Map<Fault, Long> conditional = since(conditionalBefore, store.countsOfConditional());
    LOG.info("{} requests, faults {}", store.requests() - requests, faults);
    LOG.info("of these, faults of conditional creates {}", conditional);
    // A race in which nothing went wrong would prove nothing.
    for (Fault kind : Fault.values()) {
      assertThat(conditional.getOrDefault(kind, 0L))
          .as(kind + " of a conditional create")
          .isGreaterThanOrEqualTo(leastOfEach);
    }
  }

  private static Map<Fault, Long> since(Map<Fault, Long> before, Map<Fault, Long> now) {
    Map<Fault, Long> since = new EnumMap<>(Fault.class);
    now.forEach((kind, count) -> since.put(kind, count - before.getOrDefault(kind, 0L)));
    return since;
  }

  /** Releases and ledger come out whole, and what the processes said of each try is true. */
  private List<Answer> publishSideBySide(int days) {
    long started = System.nanoTime();
    List<Answer> tries = Race.run("publish", root, days, one, two);
    long took = System.nanoTime() - started;
    letLateRequestsArrive();
    long unsealed = completeWhatIsPending();

    LakeAccount account = LakeAccount.of(lake);
    account.requireWhole();
    Map<String, Release> releases =
        account.sealed().stream().collect(Collectors.toMap(Release::runId, release -> release));
    List<Answer> failed = tries.stream().filter(answer -> !answer.acknowledged()).toList();
    List<Answer> current =
        tries.stream().filter(answer -> answer.said().equals("current")).toList();
    List<Answer> published =
        tries.stream().filter(answer -> answer.said().startsWith("published ")).toList();
    LOG.info(
        "{} days: {} tries, {} acknowledged, {} found published, {} failed ({} of them completed by"
            + " whoever came next, as {} said, {} by nobody until the end); {} releases; {} s",
        2 * days,
        tries.size(),
        published.size(),
        current.size(),
        failed.size(),
        failed.stream().filter(answer -> releases.containsKey(answer.run())).count(),
        failed.stream().filter(Answer::saysDecided).count(),
        unsealed,
        releases.size(),
        TimeUnit.NANOSECONDS.toSeconds(took));
    for (Answer answer : published) {
      Release release = releases.get(answer.run());
      assertThat(release).as("the release of " + answer).isNotNull();
      assertThat(answer.numbers())
          .as(answer.run())
          .containsExactly(release.number(), release.tables().get("sales").version());
    }
    assertThat(published.stream().map(answer -> answer.numbers().get(0)))
        .as("acknowledged releases")
        .doesNotHaveDuplicates();
    requireTruthful(failed);
    assertThat(failed.stream().filter(Answer::saysDecided).map(Answer::run))
        .as("runs that said that their release was decided")
        .isSubsetOf(releases.keySet());
    requireReasonToBeCurrent(current, failed, releases.keySet());
    assertThat(ids()).as("rows").containsExactlyElementsOf(newestOfEachDay(account));
    return tries;
  }

  /** A run that could not reach the store says just that. */
  private static void requireTruthful(List<Answer> failed) {
    assertThat(failed)
        .allSatisfy(
            answer ->
                assertThat(answer.exitCode())
                    .as(answer.toString())
                    .isEqualTo(ExitCode.STORE_UNREACHABLE.code()));
  }

  /** A day is found published only after a try that failed though its release was decided. */
  private static void requireReasonToBeCurrent(
      List<Answer> current, List<Answer> failed, Set<String> runs) {
    assertThat(current)
        .allSatisfy(
            answer ->
                assertThat(failed)
                    .as(answer.toString())
                    .anySatisfy(
                        before -> {
                          assertThat(before.day()).isEqualTo(answer.day());
                          assertThat(runs).contains(before.run());
                        }));
  }

  /** The one row that each day has: its last publication's. */
  private static Collection<String> newestOfEachDay(LakeAccount account) {
    Map<LocalDate, String> newest = new java.util.TreeMap<>();
    for (Intent intent : account.intents()) {
      LocalDate day = intent.replacements().get(0).day();
      newest.put(day, day + " " + intent.runId());
    }
    return newest.values();
  }

  /** Each commit is in the log once, at the version that was acknowledged. */
  private List<Answer> commitSideBySide(int commits) {
    long started = System.nanoTime();
    List<Answer> tries = Race.run("commit", root, commits, one, two);
    long took = System.nanoTime() - started;
    letLateRequestsArrive();

    Map<LocalDate, List<Answer>> byDay = tries.stream().collect(Collectors.groupingBy(Answer::day));
    Map<LocalDate, Commit> inLog = new HashMap<>();
    for (Commit commit : LakeAccount.commits(lake)) {
      LocalDate day = LocalDate.parse(commit.run().replaceFirst("^[a-z]+-(.*)-[0-9]+$", "$1"));
      assertThat(inLog.put(day, commit)).as("a second commit of " + day).isNull();
    }
    LOG.info(
        "{} days: {} tries, {} commits; {} s",
        2 * commits,
        tries.size(),
        inLog.size(),
        TimeUnit.NANOSECONDS.toSeconds(took));
    assertThat(inLog.keySet()).as("days in the log").isEqualTo(byDay.keySet());
    byDay.forEach(
        (day, answers) -> {
          Answer last = answers.get(answers.size() - 1);
          Commit commit = inLog.get(day);
          if (commit.run().equals(last.run())) {
            assertThat(last.numbers()).as(last.toString()).containsExactly(commit.version());
          } else {
            // A try that failed had committed after all, which the fence told the next.
            assertThat(answers.stream().map(Answer::run)).contains(commit.run());
            assertThat(last.numbers().get(0)).isGreaterThanOrEqualTo(commit.version());
          }
        });
    requireTruthful(tries.stream().filter(answer -> !answer.acknowledged()).toList());
    return tries;
  }

  private static void letLateRequestsArrive() {
    store.happen(Faults.NONE);
    store.awaitLate();
  }

  private long completeWhatIsPending() {
    ReleaseLog log = new ReleaseLog(lake, "test");
    long before = log.latest().orElseThrow().number();
    ReleasePublisher publisher =
        new ReleasePublisher(log, new TableCommits(lake), Ledger.of(lake, "test"), "test");
    return publisher.latestCompleted().orElseThrow().number() - before;
  }

  private void askAtGate(String run, WorkerProcess process) {
    Path gate = folder.resolve(run);
    process.ask("publish " + root + " " + run + " " + DAY + " " + gate);
    process.await(Path.of(gate + ".waiting"), WAIT_FOR_PROCESS);
  }

  private void openGate(String run) throws IOException {
    Files.writeString(folder.resolve(run + ".open"), "");
  }

  private List<String> ids() {
    return Race.rows(root, one);
  }
}
