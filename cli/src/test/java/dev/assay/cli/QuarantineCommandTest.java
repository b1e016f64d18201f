package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.job.StageRunner;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.TableDayState;
import dev.assay.plan.Scope;
import dev.assay.release.ReleaseLog;
import dev.assay.testing.Lakes;
import dev.assay.testing.ReleasedRows;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From rows that a check rejects to the same rows in the marts, once the check is corrected. */
class QuarantineCommandTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 6);
  private static final LocalDate NEXT = DAY.plusDays(1);

  @TempDir private Path folder;
  private SmallPipeline pipeline;

  /** A lake whose second row a check has rejected that asks too much. */
  @BeforeEach
  void rejectARow() throws IOException {
    pipeline = SmallPipeline.in(folder.resolve("conf"));
    Path landing = Files.createDirectories(folder.resolve("landing/small/sales"));
    Files.write(
        landing.resolve(DAY + ".csv"),
        List.of("Id,At,Amount", "dear," + DAY + " 08:26,60", "cheap," + DAY + " 08:28,6"));
    Files.write(
        landing.resolve(NEXT + ".csv"), List.of("Id,At,Amount", "later," + NEXT + " 08:26,60"));
    AssayConfig strict = config(Map.of("pipeline.tables.sales.checks.positive.min", "10"));
    Scope scope =
        new Scope(DAY, NEXT, EnumSet.of(Stage.BRONZE, Stage.SILVER, Stage.GOLD), Set.of(), false);
    new PlanRun(new StageRunner(TestSpark.session(), strict), false, "strict")
        .run(Planning.plan(Planning.planner(strict, scope), scope), (batch, result) -> {});
  }

  @Test
  void showsRejectedRowsAndTakesThemInAgainOnceTheCheckIsCorrected() {
    assertThat(quarantine("list", "--format", "csv").said()).contains(DAY + ",sales,1,2,published");

    Tool.Answer show = quarantine("show", ofDays("--format", "json"));
    assertThat(show.said()).contains("positive").contains("cheap").doesNotContain("later");
    Tool.Answer none = quarantine("show", ofDays("--reason", "not_too_dear", "--format", "json"));
    assertThat(none.exitCode()).isZero();
    assertThat(none.said()).doesNotContain("cheap");

    Optional<TableDayState.Publication> other = published(NEXT);
    long strict = newest();
    Tool.Answer replay = quarantine("replay", ofDays());
    assertThat(replay.exitCode()).as(replay.said()).isZero();
    assertThat(replay.said()).contains("small.sales/" + DAY + ": 1 rows were rejected, now 0");
    assertThat(released("daily"))
        .containsExactlyInAnyOrder("[" + DAY + ",66]", "[" + NEXT + ",60]");
    assertThat(published(NEXT)).as("a day without rejected rows").isEqualTo(other);

    assertThat(
            assay("releases", "diff", Long.toString(strict), Long.toString(newest()))
                .answered()
                .lines()
                .skip(1)
                .map(line -> line.replaceFirst("[0-9]+ +", "").replaceAll(" +", " ")))
        .containsExactly(
            "daily " + DAY + " other rows 1",
            "sales " + DAY + " other rows 2",
            "trailing " + DAY + " other rows 1");

    assertThat(quarantine("replay", ofDays()).exitCode())
        .as("nothing is left to replay")
        .isEqualTo(7);

    assay("releases", "rollback", Long.toString(strict));
    assertThat(quarantine("list", "--format", "csv").said()).contains(DAY + ",sales,1,2,published");
    Tool.Answer gone = quarantine("show", ofDays());
    assertThat(gone.exitCode()).as(gone.said()).isEqualTo(7);
    assertThat(gone.complained())
        .containsPattern(
            "small.sales/2020-01-06: of the 1 rows that attempt [0-9]+ counts as rejected none is"
                + " in quarantine: .* To have them again: assay quarantine replay --pipeline small"
                + " --table sales --date 2020-01-06");
  }

  @Test
  void showsTheRowsThatAreCountedOfARefusedAttemptAndOthersWhenAsked() throws IOException {
    long published = published(DAY).orElseThrow().token();
    Files.write(
        folder.resolve("landing/small/sales").resolve(DAY + ".csv"),
        List.of(
            "Id,At,Amount",
            "dearest," + DAY + " 08:26,6000",
            "cheap," + DAY + " 08:28,-6",
            "cheaper," + DAY + " 08:29,-7"));
    assertThat(assay("run", "--date", DAY.toString()).exitCode()).isEqualTo(3);

    assertThat(quarantine("list", "--format", "csv").said()).contains(DAY + ",sales,2,3,refused");
    assertThat(quarantine("show", ofDays("--format", "csv")).answered().lines().skip(1))
        .hasSize(2)
        .allMatch(line -> line.contains("-6") || line.contains("-7"));
    assertThat(
            quarantine("show", ofDays("--attempt", published + "", "--format", "csv"))
                .answered()
                .lines()
                .skip(1))
        .singleElement()
        .asString()
        .contains("cheap", "6")
        .doesNotContain("-6");
    Tool.Answer none = quarantine("show", ofDays("--attempt", "99"));
    assertThat(none.exitCode()).isEqualTo(7);
    assertThat(none.complained())
        .contains("small.sales has no rows of attempt 99 there; it has of [" + published + ", ");
  }

  private Tool.Answer quarantine(String command, String... options) {
    List<String> words = new ArrayList<>(List.of("quarantine", command));
    words.addAll(List.of(options));
    return assay(words.toArray(String[]::new));
  }

  private Tool.Answer assay(String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--pipeline", "small", "--conf-dir", pipeline.conf().toString()));
    return Tool.run(folder, words.toArray(String[]::new));
  }

  private long newest() {
    return new ReleaseLog(Lakes.lake(folder.toString()), "small").latest().orElseThrow().number();
  }

  private static String[] ofDays(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("--table", "sales", "--from", DAY.toString(), "--to", NEXT.toString()));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private AssayConfig config(Map<String, String> overrides) {
    Map<String, String> all = new HashMap<>(overrides);
    all.put("lake", folder.toString());
    return pipeline.config("embedded", all);
  }

  private Optional<TableDayState.Publication> published(LocalDate day) {
    AssayConfig config = config(Map.of());
    return Ledger.of(Lakes.lake(folder.toString()), "small")
        .state()
        .published(new TableDay(config.pipeline().table("sales").name(), day));
  }

  private List<String> released(String table) {
    ReleaseLog log = new ReleaseLog(Lakes.lake(folder.toString()), "small");
    return ReleasedRows.of(folder.toString(), log.latest().orElseThrow()).get(table);
  }
}
