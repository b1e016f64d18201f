package dev.assay.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.job.StageRunner;
import dev.assay.plan.Scope;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.testing.Lakes;
import dev.assay.testing.SharedData;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two days of visitors from files to marts, every control total among them, and to an answer, which
 * stays the same when sketches were rebuilt and when they are archived.
 */
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
    List<String> ofModels =
        config.pipeline().tablesOf(Stage.ML).stream().map(one -> one.name().table()).toList();
    assertThat(PipelineDays.withoutModels(config, LAST))
        .as("two days tell nothing of months")
        .containsExactlyInAnyOrderElementsOf(ofModels);
    Release release = new ReleaseLog(Lakes.lake(lake.toString()), "web").latest().orElseThrow();
    Set<String> tables = new TreeSet<>(config.pipeline().tables().keySet());
    ofModels.forEach(tables::remove);
    assertThat(release.tables().keySet()).isEqualTo(tables);
    String visitors = "\"estimate\" : " + visitors();
    assertThat(uniques()).contains(visitors).contains("\"wasCached\" : false");
    assertThat(uniques()).contains(visitors).contains("\"wasCached\" : true");

    rebuild(14);
    assertThat(precisions()).containsExactly("[2024-03-31,14]", "[2024-04-01,14]");
    rebuild(16);
    assertThat(precisions()).containsExactly("[2024-03-31,16]", "[2024-04-01,16]");

    assertThat(asked("archive", "--pipeline", "web"))
        .contains("archive/web/visitor_sketches/2024-03.")
        .contains("archive/web/visitor_sketches/2024-04.");
    assertThat(precisions()).as("left the table").isEmpty();
    Scope marts = new Scope(FIRST, LAST, EnumSet.of(Stage.GOLD), Set.of(), false);
    assertThat(Planning.plan(Planning.planner(config, marts), marts).steps())
        .as("what was made from them stays")
        .isEmpty();
    assertThat(uniques()).contains(visitors).contains("\"wasCached\" : false");
    assertThat(
            asked(
                "run",
                "--pipeline",
                "web",
                "--from",
                FIRST.toString(),
                "--to",
                LAST.toString(),
                "--tables",
                "visitor_sketches,engagement,daily_users",
                "--again"))
        .as("what is archived is told, what was made from it is current, the others are made")
        .containsPattern("web.visitor_sketches/2024-03-31.*archived in archive/web/visitor_sk")
        .containsPattern("web.engagement/2024-04-01: current, .*past their retention, or archived")
        .containsPattern("web.daily_users/2024-04-01: \\d+ rows published");
    assertThat(precisions()).as("still archived").isEmpty();
  }

  /** Makes the sketches of both days again, with so many registers. */
  private void rebuild(int precision) {
    AssayConfig config =
        SharedData.config(
            "web",
            Map.of(
                "lake",
                lake.toString(),
                "pipeline.tables.visitor_sketches.parameters.precision",
                Integer.toString(precision)));
    Scope sketches =
        new Scope(FIRST, LAST, EnumSet.of(Stage.GOLD), Set.of("visitor_sketches"), false);
    new PlanRun(new StageRunner(TestSpark.session(), config), false, "rebuild")
        .run(Planning.plan(Planning.planner(config, sketches), sketches), (batch, result) -> {});
  }

  /** Of the days of both months, what sketches the newest release has. */
  private List<String> precisions() {
    return TestSpark.session()
        .read()
        .format("delta")
        .load(lake + "/gold/web/visitor_sketches")
        .where(col("day").between(lit(FIRST), lit(LAST)))
        .select("day", "precision")
        .distinct()
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
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
    return asked(
        "uniques",
        "--dataset",
        "web",
        "--from",
        FIRST.toString(),
        "--to",
        LAST.toString(),
        "--format",
        "json",
        // No Spark could start with this.
        "-D",
        "session.master=nowhere");
  }

  private String asked(String... command) {
    Tool.Answer asked = Tool.run(lake, command);
    assertThat(asked.exitCode()).as(asked.said()).isZero();
    return asked.said();
  }
}
