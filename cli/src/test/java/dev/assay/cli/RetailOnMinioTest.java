package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The retail pipeline by the tool, on MinIO: publish, publish again, correct a day, look back. */
class RetailOnMinioTest {
  /** They have rows for the day of a training alone, which here is the first. */
  private static final Set<String> TRAINED_WEEKLY =
      Set.of("customer_segments_training", "customer_segments_profiles");

  private final String root = Lakes.newRoot();
  @TempDir private Path landing;

  @Test
  @Tag("soak")
  void publishesTwiceTheSameAndACorrectedDayAlone() throws IOException {
    Path orders = Files.createDirectories(landing.resolve("retail/orders"));
    for (String day : List.of("2010-12-01", "2010-12-02")) {
      Files.copy(OnlineRetail.bundled().resolve(day + ".csv"), orders.resolve(day + ".csv"));
    }

    ran("run", "--pipeline", "retail", "--from", "2010-12-01", "--to", "2010-12-02");
    Map<String, List<String>> first = rows();
    assertThat(first).hasSize(10);
    assertThat(of("2010-12-01", first.get("order_lines"))).hasSize(3064);
    long before = newest().number();

    Path file = orders.resolve("2010-12-02.csv");
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, 101));
    ran("run", "--pipeline", "retail", "--from", "2010-12-01", "--to", "2010-12-02");

    Map<String, List<String>> corrected = rows();
    assertThat(corrected).hasSameSizeAs(first);
    corrected.forEach(
        (table, now) -> {
          List<String> then = first.get(table);
          assertThat(of("2010-12-01", now)).as(table).isEqualTo(of("2010-12-01", then));
          if (!TRAINED_WEEKLY.contains(table)) {
            assertThat(of("2010-12-02", now)).as(table).isNotEqualTo(of("2010-12-02", then));
          }
        });
    assertThat(of("2010-12-02", corrected.get("orders_raw"))).hasSize(100);
    String sql =
        "SELECT invoiced_at, customer_id, (SELECT count(*) FROM retail.orders_raw WHERE"
            + " landing_date = DATE'2010-12-02') AS landed FROM retail.order_lines WHERE invoice_no"
            + " = '536414'";
    assertThat(ran("query", "--format", "json", "--release", Long.toString(before), sql))
        .contains(
            "{\"invoiced_at\":\"2010-12-01T11:52:00.000Z\",\"customer_id\":null,\"landed\":2109}");
    assertThat(lake().tree("_assay"))
        .hasSizeGreaterThan(20)
        .noneMatch(path -> text("_assay/" + path).contains(MinioServer.SECRET));
  }

  private String ran(String... command) {
    JavaProcess process =
        AssayProcess.on(
                root,
                landing.toString(),
                "-D",
                "store.endpoint=" + MinioServer.get().endpoint(),
                "-D",
                "session.master=local[2]",
                "-D",
                "session.sizes.small.spark={ \"spark.sql.shuffle.partitions\" = 2 }")
            .as(MinioServer.USER, MinioServer.SECRET)
            .run(command);
    assertThat(process.exitCode()).as(process.said()).isZero();
    assertThat(process.said()).doesNotContain(MinioServer.SECRET);
    return process.said();
  }

  private String text(String path) {
    return new String(lake().read(path).orElseThrow(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private LakeStore lake() {
    return Lakes.lake(root);
  }

  private Release newest() {
    return new ReleaseLog(lake(), "retail").latest().orElseThrow();
  }

  private Map<String, List<String>> rows() {
    return ReleasedRows.of(root, newest());
  }

  /** A day's rows; the first column of every table is its day. */
  private static List<String> of(String day, List<String> rows) {
    return rows.stream().filter(row -> row.startsWith("[" + day)).toList();
  }
}
