package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import dev.assay.config.Stage;
import dev.assay.job.StageRunner;
import dev.assay.plan.Scope;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableLayout;
import dev.assay.testing.JavaProcess;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two days of visitors from files to marts, every control total among them, and to an answer. */
class WebDaysTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 3, 9);
  private static final LocalDate LAST = FIRST.plusDays(1);
  private static final String HEADER =
      "event_id,user_id,event_type,page,referrer,utm_source,utm_medium,utm_campaign,device_type,"
          + "timestamp,revenue,cost,feature";

  @TempDir private Path folder;

  @Test
  void everyTableIsPublishedAndVisitorsAreAnsweredFromSketches() throws IOException {
    land(
        FIRST,
        "e01,u1,landing,/,,crm,email,spring,mobile,2024-03-09 23:50:00,0,0.5,",
        "e02,u2,landing,/,https://www.google.com/,,,,desktop,2024-03-09 12:00:00,0,0,",
        "e03,u2,product_view,/p/1,,,,,desktop,2024-03-09 12:01:00,0,0,search");
    land(
        LAST,
        "e04,u1,purchase,/thanks,,,,,mobile,2024-03-10 00:10:00,20.5,0,",
        "e05,u3,landing,/,,,,,tablet,2024-03-10 09:00:00,0,0,",
        "e05,u3,landing,/x,,,,,tablet,2024-03-10 09:00:00,0,0,",
        "e06,u3,signup,/signup,,,,,tablet,2024-03-10 09:05:00,,,chat",
        "e07,u3,signup,/signup,,,,,watch,2024-03-10 09:06:00,0,0,");
    Path profiles = Files.createDirectories(folder.resolve("landing/web/user_profiles"));
    Files.writeString(
        profiles.resolve(FIRST + ".csv"),
        """
        user_id,signed_up_at,country,age_group,gender,plan,email
        u1,2024-03-09 10:00:00,DE,18-24,F,free,u1@example.com
        u2,2024-03-09 11:00:00.5,,,,gold,
        """);
    AssayConfig config =
        ConfigLoader.load(
            new ConfigSource(
                Path.of(System.getProperty("assay.home"), "conf"),
                "embedded",
                "web",
                Map.of("lake", folder.toString()),
                Map.of()));
    Scope scope =
        new Scope(FIRST, LAST, EnumSet.of(Stage.BRONZE, Stage.SILVER, Stage.GOLD), Set.of(), false);

    new PlanRun(new StageRunner(TestSpark.session(), config), false, "web")
        .run(Planning.plan(Planning.planner(config, scope), scope), (batch, result) -> {});

    assertThat(Planning.plan(Planning.planner(config, scope), scope).steps()).isEmpty();
    assertThat(rows(config, "visitors_daily"))
        .containsExactly("[2024-03-09,2,1,1,0,2,0]", "[2024-03-10,2,1,0,1,1,1]");
    assertThat(rows(config, "channel_performance"))
        .contains(
            "[2024-03-10,direct,1,1,0.0000,1.000000,0.0000,0.0,null,null]",
            "[2024-03-10,email,0,0,0.0000,1.000000,20.5000,0.0,null,null]");
    assertThat(rows(config, "user_profiles"))
        .as("a state holds until the next; a plan that is none is in quarantine")
        .containsExactly(
            "[2024-03-09,u1,2024-03-09 10:00:00.0,DE,18-24,F,free,u1@example.com]",
            "[2024-03-10,u1,2024-03-09 10:00:00.0,DE,18-24,F,free,u1@example.com]");
    assertThat(rows(config, "engagement"))
        .containsExactly(
            "[2024-03-09,2,2,2,1.0,1.0,16]",
            "[2024-03-10,2,3,3,0.6666666666666666,0.6666666666666666,16]");

    assertThat(uniques()).contains("\"estimate\" : 3").contains("\"wasCached\" : false");
    assertThat(uniques()).contains("\"estimate\" : 3").contains("\"wasCached\" : true");
  }

  /** What the newest release has of a table. */
  private List<String> rows(AssayConfig config, String table) {
    LakeStore lake = new LakeStore(folder.toString(), new Configuration());
    Release release = new ReleaseLog(lake, "web").latest().orElseThrow();
    assertThat(release.tables().keySet()).isEqualTo(config.pipeline().tables().keySet());
    return new DeltaTables(TestSpark.session(), lake)
            .read(
                TableLayout.of(config.pipeline().table(table)),
                Objects.requireNonNull(release.tables().get(table)).version())
            .collectAsList()
            .stream()
            .map(Row::toString)
            .sorted()
            .toList();
  }

  private String uniques() {
    JavaProcess asked =
        AssayProcess.on(folder.toString(), folder.resolve("landing").toString())
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

  private void land(LocalDate day, String... lines) throws IOException {
    Path into = Files.createDirectories(folder.resolve("landing/web/user_events/" + day));
    Files.writeString(into.resolve("events.csv"), HEADER + "\n" + String.join("\n", lines) + "\n");
  }
}
