package dev.assay.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.TableContract;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableLayout;
import dev.assay.testing.Contracts;
import dev.assay.testing.JavaProcess;
import dev.assay.testing.Lakes;
import dev.assay.testing.MinioServer;
import dev.assay.testing.PublishDays;
import dev.assay.testing.Sales;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real processes on one lake in MinIO. */
class TwoProcessesTest {
  private static final String DAY = "2010-12-01";

  private final TableContract contract = Contracts.sales("sales");
  private final String root = Lakes.newRoot();
  @TempDir private Path folder;

  @Test
  void aSlowAttemptThatWakesUpAfterANewerOnePublishedIsRefused() throws IOException {
    String gate = folder.resolve("gate").toString();
    JavaProcess older = start("older", DAY, "1", gate);
    await(Path.of(gate + ".waiting"), older);

    JavaProcess newer = start("newer", DAY, "1");
    assertThat(newer.exitCode()).as(newer.said()).isZero();
    Files.writeString(Path.of(gate + ".open"), "");

    assertThat(older.exitCode()).as(older.said()).isEqualTo(5);
    assertThat(older.said()).contains("attempt 1 at test.sales/2010-12-01 is refused: attempt 2");
    assertThat(ids()).containsExactly("2010-12-01 newer");
  }

  @Test
  void aNewerAttemptGetsThroughThoughAnOlderOneCommitsFirst() throws IOException {
    String gate = folder.resolve("gate").toString();
    JavaProcess older = start("older", DAY, "1", folder.resolve("older").toString());
    await(folder.resolve("older.waiting"), older);
    JavaProcess newer = start("newer", DAY, "1", gate);
    await(Path.of(gate + ".waiting"), newer);

    Files.writeString(folder.resolve("older.open"), "");
    assertThat(older.exitCode()).as(older.said()).isZero();
    Files.writeString(Path.of(gate + ".open"), "");

    assertThat(newer.exitCode()).as(newer.said()).isZero();
    assertThat(ids()).containsExactly("2010-12-01 newer");
  }

  @Test
  void bothPublishTheirDays() {
    publishSideBySide(5);
  }

  @Test
  @Tag("soak")
  void bothPublishAHundredDaysEach() {
    publishSideBySide(100);
  }

  private void publishSideBySide(int days) {
    JavaProcess left = start("left", "2011-01-01", Integer.toString(days));
    JavaProcess right = start("right", "2012-01-01", Integer.toString(days));

    Duration within = Duration.ofMinutes(5).plusSeconds(10L * days);
    assertThat(left.exitCode(within)).as(left.said()).isZero();
    assertThat(right.exitCode(within)).as(right.said()).isZero();
    assertThat(ids()).hasSize(2 * days).doesNotHaveDuplicates();
    assertThat(log().latest().orElseThrow().number()).isEqualTo(2L * days);
  }

  private JavaProcess start(String id, String day, String days, String... gate) {
    MinioServer.get();
    String[] args = new String[4 + gate.length];
    System.arraycopy(new String[] {root, id, day, days}, 0, args, 0, 4);
    System.arraycopy(gate, 0, args, 4, gate.length);
    Map<String, String> environment = Map.of("ASSAY_TEST_MINIO", MinioServer.get().endpoint());
    return JavaProcess.start(List.of(), environment, PublishDays.class, args);
  }

  private static void await(Path file, JavaProcess process) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!Files.exists(file)) {
      assertThat(process.process().isAlive()).as(process.said()).isTrue();
      assertThat(System.nanoTime()).as(process.said()).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private ReleaseLog log() {
    return new ReleaseLog(Lakes.lake(root), "test");
  }

  private List<String> ids() {
    SparkSession spark = TestSpark.session();
    Sales.runner(root, contract);
    LakeStore lake = new LakeStore(root, spark.sessionState().newHadoopConf());
    TableLayout layout = TableLayout.of(contract);
    long version = log().latest().orElseThrow().tables().get("sales").version();
    return new DeltaTables(spark, lake)
        .read(layout, version).orderBy("day").collectAsList().stream()
            .map(row -> row.getDate(0) + " " + row.getString(1))
            .toList();
  }
}
