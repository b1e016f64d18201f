package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.error.AssayException;
import dev.assay.plan.Scope;
import dev.assay.plan.Step;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.release.Rollback;
import dev.assay.testing.Lakes;
import dev.assay.testing.MinioServer;
import dev.assay.testing.ReleasedRows;
import dev.assay.testing.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random runs, back-fills, late and corrected files, refusals, kills and rollbacks over eight days
 * and four small tables, in two processes at once, on MinIO: whatever happened, one more run ends
 * in the tables that are computed once from the final files, and who reads meanwhile never sees two
 * tables of one stage disagree, nor a row that checks reject.
 */
class OperationsTest {
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 6);
  private static final int DAYS = 8;
  private static final LocalDate LAST = FIRST.plusDays(DAYS - 1L);
  private static final int TOO_DEAR = 5000;
  private static final Duration LONGEST_RUN = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(OperationsTest.class);

  private final String credentials = Lakes.credentials();
  @TempDir private Path folder;

  @Test
  void historiesEndInWhatIsComputedOnceFromTheFinalFiles() throws Exception {
    histories(Seeds.of(5), 8);
  }

  /** What it has done is written down, so that one that was stopped goes on. */
  @Test
  @Tag("soak")
  void twoHundredHistoriesEndInWhatIsComputedOnceFromTheFinalFiles() throws Exception {
    Path written = Path.of(System.getProperty("assay.home"), ".runtime/soak/operations");
    histories(Seeds.resumed(Integer.getInteger("test.histories", 200), written), 12);
  }

  private void histories(Seeds seeds, int happenings) throws Exception {
    SmallPipeline.in(folder.resolve("conf"));
    try (WorkerProcess one = worker("one");
        WorkerProcess other = worker("other")) {
      for (long seed : seeds.left()) {
        LOG.info("a history: -Dtest.seed={} repeats it", seed);
        new History(seed, folder.resolve("history-" + seed), List.of(one, other))
            .happen(happenings);
        seeds.done(seed);
      }
    }
  }

  private WorkerProcess worker(String name) throws IOException {
    return new WorkerProcess(
        OperationsWorker.class,
        folder.resolve(name),
        folder.resolve("conf").toString(),
        MinioServer.get().endpoint(),
        credentials);
  }

  /** One random history on a lake of its own. */
  private final class History {
    private final Random random;
    private final Path landing;
    private final List<WorkerProcess> workers;
    private final String root = Lakes.newRoot();
    private final Map<LocalDate, Boolean> good = new HashMap<>();
    private final List<String> told = new ArrayList<>();

    History(long seed, Path landing, List<WorkerProcess> workers) {
      this.random = new Random(seed);
      told.add("seed " + seed);
      this.landing = landing;
      this.workers = workers;
    }

    void happen(int happenings) throws Exception {
      Files.createDirectories(landing.resolve("small/sales"));
      for (int day = 0; day < DAYS; day++) {
        land(FIRST.plusDays(day), true);
      }
      try (Reader reader = new Reader(root)) {
        for (int i = 0; i < happenings; i++) {
          something();
        }
        for (WorkerProcess worker : workers) {
          settle(worker);
        }
        assertThat(reader.problem()).as(told.toString()).isNull();
      }
      for (int day = 0; day < DAYS; day++) {
        if (!good.getOrDefault(FIRST.plusDays(day), true)) {
          land(FIRST.plusDays(day), true);
        }
      }
      String all = "BRONZE,SILVER,GOLD true 8";
      assertThat(ran(workers.get(0), FIRST + " " + LAST + " " + all, root))
          .as(told.toString())
          .startsWith("done");
      assertThat(plan(root, landing)).as("what is left to do after %s", told).isEmpty();
      Map<String, List<String>> rows = rows(root);
      assertThat(rows)
          .as(told.toString())
          .isEqualTo(SmallTables.of(landing.resolve("small/sales")));
      assertThat(rows.get("daily")).hasSize(DAYS);
    }

    private void something() throws Exception {
      WorkerProcess worker = workers.get(random.nextInt(workers.size()));
      switch (random.nextInt(7)) {
        case 0 -> land(day(), true);
        case 1 -> land(day(), random.nextBoolean());
        case 2 -> kill(worker);
        case 3 -> rollback();
        default -> {
          settle(worker);
          LocalDate from = day();
          LocalDate to = from.plusDays(random.nextInt(4));
          List<String> stages = List.of("BRONZE", "SILVER", "GOLD", "BRONZE,SILVER,GOLD");
          String command =
              from
                  + " "
                  + (to.isAfter(LAST) ? LAST : to)
                  + " "
                  + stages.get(Math.min(3, random.nextInt(8)))
                  + " "
                  + random.nextBoolean()
                  + " "
                  + (1 + random.nextInt(4));
          told.add(command);
          worker.ask(command + " " + root + " " + landing);
        }
      }
    }

    private void kill(WorkerProcess worker) throws Exception {
      if (worker.isBusy()) {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(4000));
        told.add("kill");
        worker.kill();
      }
    }

    private void rollback() {
      ReleaseLog log = new ReleaseLog(Lakes.lake(root), "small");
      long newest = log.latest().map(Release::number).orElse(0L);
      if (newest > 1) {
        long to = 1L + random.nextInt((int) newest - 1);
        told.add("rollback to " + to);
        try {
          new Rollback(Lakes.lake(root), "small")
              .to(to, "rollback")
              .ifPresent(
                  restored ->
                      assertThat(ReleasedRows.of(root, restored))
                          .as("release %s again after %s", to, told)
                          .isEqualTo(ReleasedRows.of(root, log.existing(to))));
        } catch (AssayException fenced) {
          told.add(fenced.message());
        }
      }
    }

    private void settle(WorkerProcess worker) throws Exception {
      if (worker.isBusy()) {
        String answer = worker.answer(LONGEST_RUN);
        told.add(answer);
        assertThat(answer).as(told.toString()).doesNotStartWith("mismatch");
        assertThat(answer).as(told.toString()).doesNotStartWith("failed");
      }
    }

    private String ran(WorkerProcess worker, String command, String lake) throws Exception {
      worker.ask(command + " " + lake + " " + landing);
      return worker.answer(LONGEST_RUN);
    }

    private LocalDate day() {
      return FIRST.plusDays(random.nextInt(DAYS));
    }

    /** A day's file: its sales, some of the day before, and what checks reject. */
    private void land(LocalDate day, boolean isGood) throws IOException {
      List<String> lines = new ArrayList<>(List.of("Id,At,Amount"));
      for (int i = 0; i <= random.nextInt(3); i++) {
        lines.add("s" + random.nextInt(100) + "," + day + " 10:00," + (1 + random.nextInt(3)));
      }
      if (day.isAfter(FIRST) && random.nextInt(3) == 0) {
        lines.add("l" + random.nextInt(100) + "," + day.minusDays(1) + " 23:00,7");
      }
      if (random.nextInt(3) == 0) {
        lines.add("q," + day + " 11:00,-5");
      }
      if (!isGood) {
        lines.add("d," + day + " 12:00," + TOO_DEAR);
      }
      good.put(day, isGood);
      told.add("land " + day + " " + lines);
      Path file = landing.resolve("small/sales/" + day + ".csv");
      Path draft = landing.resolve("draft");
      Files.write(draft, lines);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** What a run of all days would do. */
  private List<Step> plan(String root, Path landing) {
    AssayConfig config =
        OperationsWorker.config(
            folder.resolve("conf").toString(),
            MinioServer.get().endpoint(),
            credentials,
            root,
            landing.toString());
    Scope scope =
        new Scope(FIRST, LAST, EnumSet.of(Stage.BRONZE, Stage.SILVER, Stage.GOLD), Set.of(), false);
    return Planning.planner(config, scope).plan(scope, DAYS).steps();
  }

  private static Map<String, List<String>> rows(String root) {
    Map<String, List<String>> rows =
        new TreeMap<>(
            ReleasedRows.of(
                root, new ReleaseLog(Lakes.lake(root), "small").latest().orElseThrow()));
    rows.computeIfPresent("sales_raw", (table, raw) -> SmallTables.asReceived(raw));
    return rows;
  }

  /** Reads release after release while others write. */
  private static final class Reader implements AutoCloseable {
    private static final long POLL_MS = 50;

    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicReference<String> problem = new AtomicReference<>();
    private final Thread thread;

    Reader(String root) {
      thread = new Thread(() -> read(new ReleaseLog(Lakes.lake(root), "small"), root), "reader");
      thread.start();
    }

    @Nullable String problem() {
      return problem.get();
    }

    private void read(ReleaseLog log, String root) {
      long seen = 0;
      try {
        // Every look is some requests, and looking all the time took a core from those who write.
        while (!done.await(POLL_MS, TimeUnit.MILLISECONDS)) {
          Release release = log.latest().orElse(null);
          if (release != null && release.number() != seen) {
            seen = release.number();
            look(release, ReleasedRows.of(root, release));
          }
        }
      } catch (RuntimeException failed) {
        problem.compareAndSet(null, "release " + seen + ": " + failed);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void look(Release release, Map<String, List<String>> rows) {
      Map<String, String> daily = new HashMap<>();
      for (String row : rows.getOrDefault("daily", List.of())) {
        String[] cells = cells(row);
        daily.put(cells[0], cells[1]);
      }
      for (String row : rows.getOrDefault("trailing", List.of())) {
        String[] cells = cells(row);
        if (!cells[2].equals(daily.get(cells[0]))) {
          problem.compareAndSet(
              null, "release " + release.number() + " mixes runs: " + row + " beside " + daily);
        }
      }
      for (String row : rows.getOrDefault("sales", List.of())) {
        int amount = Integer.parseInt(cells(row)[3]);
        if (amount < 1 || amount >= TOO_DEAR) {
          problem.compareAndSet(null, "release " + release.number() + " has " + row);
        }
      }
    }

    private static String[] cells(String row) {
      return row.substring(1, row.length() - 1).split(",", -1);
    }

    @Override
    public void close() {
      done.countDown();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
