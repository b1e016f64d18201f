package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testing.JavaProcess;
import dev.assay.testing.Lakes;
import dev.assay.testing.MinioServer;
import dev.assay.testing.OnlineRetail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every real day through all four stages by one command, on a folder and on MinIO; in the folder,
 * every table has the rows that another engine makes of the same files.
 */
@Tag("soak")
class AllDaysTest {
  private static final Duration LONGEST = Duration.ofHours(1);

  @TempDir private Path landing;
  @TempDir private Path folder;

  @BeforeEach
  void land() throws IOException {
    Files.createDirectories(landing.resolve("retail"));
    Files.createSymbolicLink(landing.resolve("retail/orders"), OnlineRetail.everyDay());
  }

  @Test
  void onAFolder() {
    publishesEveryRowAndPenny(
        AssayProcess.on(folder.toString(), landing.toString(), "-D", "session.master=local[2]"));
    Agreement.assertOf(
        OnlineRetail.config(Map.of("lake", folder.toString(), "landing", landing.toString())),
        LocalDate.of(2010, 12, 1),
        LocalDate.of(2011, 5, 31));
  }

  @Test
  void onMinio() {
    publishesEveryRowAndPenny(
        AssayProcess.on(
                Lakes.newRoot(),
                landing.toString(),
                "-D",
                "store.endpoint=" + MinioServer.get().endpoint(),
                "-D",
                "session.master=local[2]")
            .as(MinioServer.USER, MinioServer.SECRET));
  }

  private static void publishesEveryRowAndPenny(AssayProcess assay) {
    JavaProcess run =
        assay.start("run", "--pipeline", "retail", "--from", "2010-12-01", "--to", "2011-05-31");
    assertThat(run.exitCode(LONGEST)).as(run.said()).isZero();

    JavaProcess query =
        assay.run(
            "query",
            "--format",
            "csv",
            "SELECT (SELECT count(*) FROM retail.orders_raw) AS received, count(*) AS lines,"
                + " CAST(sum(CASE WHEN kind = 'sale' THEN amount END) AS DECIMAL(20, 3)) AS sales,"
                + " CAST(sum(CASE WHEN kind = 'cancellation' THEN amount END) AS DECIMAL(20, 2))"
                + " AS cancelled, count_if(customer_id IS NULL) AS unknown,"
                + " count(DISTINCT country) AS countries, count(DISTINCT day) AS days,"
                + " (SELECT CAST(sum(net) AS DECIMAL(20, 3)) FROM retail.daily_sales)"
                + " - CAST(sum(amount) AS DECIMAL(20, 3)) AS off"
                + " FROM retail.order_lines");

    assertThat(query.said()).contains("209029,207282,4056290.261,-357615.76,59955,36,141,0.000");
  }
}
