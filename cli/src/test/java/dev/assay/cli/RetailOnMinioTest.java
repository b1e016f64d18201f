package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.audit.AuditReport;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Outcome;
import dev.assay.ledger.OutcomeKind;
import dev.assay.ledger.TableDayRecord;
import dev.assay.store.LakeStore;
import dev.assay.testing.JavaProcess;
import dev.assay.testing.Lakes;
import dev.assay.testing.MinioServer;
import dev.assay.testing.OnlineRetail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The retail pipeline by the tool, on MinIO: publish, publish again, correct a day, look back. */
class RetailOnMinioTest {
  private final String root = Lakes.newRoot();
  @TempDir private Path landing;

  @Test
  void publishesTwiceTheSameAndACorrectedDayAlone() throws IOException {
    Path orders = Files.createDirectories(landing.resolve("retail/orders"));
    for (String day : List.of("2010-12-01", "2010-12-02")) {
      Files.copy(OnlineRetail.bundled().resolve(day + ".csv"), orders.resolve(day + ".csv"));
    }

    ran(0, "run", "--pipeline", "retail", "--from", "2010-12-01", "--to", "2010-12-02");
    Map<String, String> first = contents();
    assertThat(rows("2010-12-01", "order_lines")).isEqualTo(3064);
    assertThat(first).hasSize(14);
    assertThat(
            ran(
                0,
                "query",
                "--format",
                "json",
                "SELECT invoiced_at, customer_id FROM retail.order_lines WHERE invoice_no = '536414'"))
        .contains("{\"invoiced_at\":\"2010-12-01T11:52:00.000Z\",\"customer_id\":null}");

    ran(0, "run", "--pipeline", "retail", "--date", "2010-12-01");
    assertThat(contents()).isEqualTo(first);

    long before =
        new dev.assay.release.ReleaseLog(lake(), "retail").latest().orElseThrow().number();
    Path file = orders.resolve("2010-12-02.csv");
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, 101));
    ran(0, "run", "--pipeline", "retail", "--date", "2010-12-02");

    Map<String, String> corrected = contents();
    assertThat(corrected).hasSameSizeAs(first);
    corrected.forEach(
        (tableDay, content) -> {
          if (tableDay.startsWith("2010-12-01")) {
            assertThat(content).as(tableDay).isEqualTo(first.get(tableDay));
          } else {
            assertThat(content).as(tableDay).isNotEqualTo(first.get(tableDay));
          }
        });
    String sql = "SELECT count(*) FROM retail.orders_raw WHERE landing_date = DATE'2010-12-02'";
    assertThat(ran(0, "query", "--format", "csv", sql)).contains("\n100\n");
    assertThat(ran(0, "query", "--format", "csv", "--release", Long.toString(before), sql))
        .contains("\n2109\n");
    assertThat(lake().tree("_assay"))
        .hasSizeGreaterThan(40)
        .noneMatch(path -> text("_assay/" + path).contains(MinioServer.SECRET));
  }

  private String ran(int code, String... command) {
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
    assertThat(process.exitCode()).as(process.said()).isEqualTo(code);
    assertThat(process.said()).doesNotContain(MinioServer.SECRET);
    return process.said();
  }

  private String text(String path) {
    return new String(lake().read(path).orElseThrow(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private LakeStore lake() {
    return Lakes.lake(root);
  }

  /** The content hash of each table-day as it is published now. */
  private Map<String, String> contents() {
    Map<String, String> contents = new TreeMap<>();
    for (TableDayRecord record : new Ledger(lake()).records("retail")) {
      record
          .newest(OutcomeKind.PUBLISHED)
          .ifPresent(
              entry ->
                  contents.put(record.day() + " " + record.table(), audit(entry).contentHash()));
    }
    return contents;
  }

  private long rows(String day, String table) {
    return new Ledger(lake())
        .records("retail").stream()
            .filter(record -> record.day().toString().equals(day) && record.table().equals(table))
            .map(record -> record.newest(OutcomeKind.PUBLISHED).orElseThrow())
            .mapToLong(entry -> audit(entry).rows().published())
            .sum();
  }

  private AuditReport audit(TableDayRecord.Entry entry) {
    Outcome outcome = new Ledger(lake()).outcome("retail", entry);
    return Objects.requireNonNull(outcome.audit());
  }
}
