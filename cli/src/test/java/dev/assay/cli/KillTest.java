package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.store.LakeStore;
import dev.assay.testing.JavaProcess;
import dev.assay.testing.Lakes;
import dev.assay.testing.MinioServer;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.ReleasedRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the gold stage at random moments, on MinIO. */
@Tag("soak")
class KillTest {
  private static final int KILLS = 20;
  private static final List<String> MARTS =
      List.of("daily_sales", "product_daily", "customer_rfm", "cohort_retention", "customer_value");

  private final String root = Lakes.newRoot();
  private final ReleaseLog releases = new ReleaseLog(Lakes.lake(root), "retail");
  @TempDir private Path landing;

  @Test
  void leavesTheOldReleaseOrTheNewOneWholeAndTheNextRunCompletesTheDay() throws Exception {
    Path orders = Files.createDirectories(landing.resolve("retail/orders"));
    Files.copy(OnlineRetail.bundled().resolve("2010-12-01.csv"), orders.resolve("2010-12-01.csv"));
    ran("run", "--stage", "bronze");
    ran("run", "--stage", "silver");
    long started = System.nanoTime();
    ran("run", "--stage", "gold");
    long undisturbed = System.nanoTime() - started;
    Map<String, List<String>> rows = ReleasedRows.of(root, releases.latest().orElseThrow());
    assertThat(rows).hasSize(2 + MARTS.size());
    Random random = new Random(42);
    int killedAlive = 0;
    int killedBetweenCommits = 0;

    for (int kill = 0; kill < KILLS; kill++) {
      Release before = releases.latest().orElseThrow();
      JavaProcess process = tool().start(command("run", "--stage", "gold", "--again"));
      boolean ended =
          kill % 4 == 0
              ? endedBeforeItDecided(process, before)
              : process
                  .process()
                  .waitFor((long) (undisturbed * random.nextDouble()), TimeUnit.NANOSECONDS);
      if (!ended) {
        process.process().destroyForcibly().waitFor();
        killedAlive++;
        if (decidedAfter(before) && releases.sealed(before.number() + 1).isEmpty()) {
          killedBetweenCommits++;
        }
      }
      Release left = releases.latest().orElseThrow();
      assertWhole(left);
      assertThat(ReleasedRows.of(root, left)).isEqualTo(rows);

      ran("run", "--stage", "gold", "--again");
      Release completed = releases.latest().orElseThrow();
      assertThat(completed.number()).isGreaterThan(left.number());
      assertWhole(completed);
      assertThat(ReleasedRows.of(root, completed)).isEqualTo(rows);
    }
    assertThat(killedAlive).isGreaterThan(KILLS / 2);
    assertThat(killedBetweenCommits).isPositive();
  }

  private boolean endedBeforeItDecided(JavaProcess process, Release before)
      throws InterruptedException {
    while (!decidedAfter(before)) {
      if (process.process().waitFor(10, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  private boolean decidedAfter(Release before) {
    return lake()
        .exists(
            String.format(
                Locale.ROOT, "_assay/releases/retail/%010d-intent.json", before.number() + 1));
  }

  /** The marts of a release were committed by it, or by one and the same before it. */
  private void assertWhole(Release release) throws IOException {
    ObjectMapper json = new ObjectMapper();
    TreeMap<Long, Integer> committedBy = new TreeMap<>();
    for (String mart : MARTS) {
      long version = Objects.requireNonNull(release.tables().get(mart)).version();
      String path =
          String.format(Locale.ROOT, "gold/retail/%s/_delta_log/%020d.json", mart, version);
      for (String line :
          new String(lake().read(path).orElseThrow(), java.nio.charset.StandardCharsets.UTF_8)
              .lines()
              .toList()) {
        JsonNode commit = json.readTree(line).path("commitInfo").path("userMetadata");
        if (!commit.isMissingNode()) {
          committedBy.merge(
              json.readTree(commit.asText()).path("release").asLong(), 1, Integer::sum);
        }
      }
    }
    assertThat(committedBy)
        .as("release " + release.number())
        .hasSize(1)
        .containsValue(MARTS.size());
  }

  private void ran(String... command) {
    JavaProcess process = tool().run(command(command));
    assertThat(process.exitCode()).as(process.said()).isZero();
  }

  private AssayProcess tool() {
    return AssayProcess.on(
            root,
            landing.toString(),
            "-D",
            "store.endpoint=" + MinioServer.get().endpoint(),
            "-D",
            "session.master=local[2]")
        .as(MinioServer.USER, MinioServer.SECRET);
  }

  private static String[] command(String... command) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(command),
            java.util.stream.Stream.of("--pipeline", "retail", "--date", "2010-12-01"))
        .toArray(String[]::new);
  }

  private LakeStore lake() {
    return Lakes.lake(root);
  }
}
