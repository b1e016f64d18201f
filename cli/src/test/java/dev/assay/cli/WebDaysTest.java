package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.testing.JavaProcess;
import dev.assay.testing.Lakes;
import dev.assay.testing.SharedData;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two days of visitors from files to marts, every control total among them, and to an answer. */
class WebDaysTest {
  /** A Sunday, and the last of a month. */
  private static final LocalDate FIRST = LocalDate.of(2024, 3, 31);

  private static final LocalDate LAST = FIRST.plusDays(1);
  private static final int ROWS = 2_500;

  @TempDir private Path lake;

  @Test
  void everyTableHasTheRowsOfAnotherEngineAndVisitorsAreAnsweredFromSketches() throws IOException {
    GeneratedFeeds.writeWeb(ROWS, FIRST, 2, lake.resolve("landing/web"));
    AssayConfig config = SharedData.config("web", Map.of("lake", lake.toString()));

    PipelineDays.run(config, FIRST, LAST);

    Agreement.assertOf(config, FIRST, LAST);
    Release release = new ReleaseLog(Lakes.lake(lake.toString()), "web").latest().orElseThrow();
    assertThat(release.tables().keySet()).isEqualTo(config.pipeline().tables().keySet());
    String visitors = "\"estimate\" : " + visitors();
    assertThat(uniques()).contains(visitors).contains("\"wasCached\" : false");
    assertThat(uniques()).contains(visitors).contains("\"wasCached\" : true");
  }

  /** How many visitors both days had. */
  private long visitors() {
    return TestSpark.session()
        .read()
        .format("delta")
        .load(lake + "/silver/web/web_events")
        .select("user_id")
        .distinct()
        .count();
  }

  private String uniques() {
    JavaProcess asked =
        AssayProcess.on(lake.toString(), lake.resolve("landing").toString())
            .run(
                "uniques",
                "--dataset",
                "web",
                "--from",
                FIRST.toString(),
                "--to",
                LAST.toString(),
                "--format",
                "json");
    assertThat(asked.exitCode()).as(asked.said()).isZero();
    return asked.said();
  }
}
