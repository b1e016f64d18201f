package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.AssayConfig;
import dev.assay.config.ConfigLoader;
import dev.assay.config.ConfigSource;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.AsWas;
import dev.assay.job.Remaking;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Recipe;
import dev.assay.ledger.TableDayState;
import dev.assay.plan.Scope;
import dev.assay.release.ReleaseLog;
import dev.assay.release.Rollback;
import dev.assay.store.LakeStore;
import dev.assay.table.TableLayout;
import dev.assay.table.TableVersions;
import dev.assay.testing.Lakes;
import dev.assay.testing.ReleasedRows;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Table-days made again as they were, after their inputs and the conf changed. */
class AsWasTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 6);
  private static final Set<Stage> ALL = EnumSet.of(Stage.BRONZE, Stage.SILVER, Stage.GOLD);
  private static final Map<String, String> STRICT =
      Map.of("pipeline.tables.sales.checks.positive.min", "10");

  @TempDir private static Path shared;
  private static SmallPipeline pipeline;
  @TempDir private Path folder;
  private LakeStore lake;

  /** A day whose mart is of 66 pence; since then a check rejects 6 of them from its input. */
  @BeforeAll
  static void publishThenChangeTheInput() throws IOException {
    pipeline = SmallPipeline.in(shared.resolve("conf"));
    land("dear," + DAY + " 08:26,60", "cheap," + DAY + " 08:28,6");
    run(shared.resolve("lake"), ALL, Map.of());
    run(shared.resolve("lake"), EnumSet.of(Stage.SILVER), STRICT);
  }

  @BeforeEach
  void copyTheLake() throws IOException {
    try (Stream<Path> files = Files.walk(shared.resolve("lake"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(shared.resolve("lake").relativize(file));
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy);
      }
    }
    lake = Lakes.lake(folder.toString());
    assertThat(rows("sales")).hasSize(1);
  }

  @Test
  void readsWhatWasReadThenByTheConfOfThen() {
    TableDayState.Publication before = published("daily");

    StageResult result = remake(only(Stage.GOLD, "daily"));

    assertThat(rows("daily")).containsExactly("[" + DAY + ",66]");
    TableDayState.Publication after = published("daily");
    assertThat(after.release()).isEqualTo(result.release().number());
    assertThat(after.inputs()).isEqualTo(before.inputs());
    assertThat(after.basis()).isEqualTo(before.basis());
    assertThat(after.recipe()).isEqualTo(before.recipe());
    assertThat(published("sales").recipe()).as("by another conf").isNotEqualTo(before.recipe());
    assertThat(only(Stage.GOLD, "daily").compared(result))
        .containsExactly(
            "small.daily/" + DAY + ": the same rows as release " + after.release() + " had");
    run(folder, EnumSet.of(Stage.GOLD), STRICT);
    assertThat(rows("daily")).as("of what is there now").containsExactly("[" + DAY + ",60]");
  }

  @Test
  void makesTheSameAgainHoweverOften() {
    Remaking first = only(Stage.GOLD, "daily");

    remake(first);
    StageResult second = remake(only(Stage.GOLD, "daily"));

    assertThat(second.published()).hasSize(1);
    assertThat(rows("daily")).containsExactly("[" + DAY + ",66]");
    assertThat(published("daily").recipe()).isEqualTo(first.recipe());
  }

  @Test
  void makesWhatWasGoneBackToByTheChecksOfThen() {
    new Rollback(lake, "small").to(3, "back");
    assertThat(rows("sales")).hasSize(2);

    StageResult result = remake(only(Stage.SILVER, "sales"));

    assertThat(rows("sales")).as("the conf of now rejects one of them").hasSize(2);
    assertThat(result.published().values()).allMatch(audit -> audit.rows().quarantined() == 0);
  }

  @Test
  void leavesAloneWhatOthersPublishedMeanwhile() {
    Remaking looked = only(Stage.GOLD, "daily");
    run(folder, EnumSet.of(Stage.GOLD), STRICT);
    TableDayState.Publication others = published("daily");

    AssayException refused = refused(looked);

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FENCED);
    assertThat(refused).hasMessageContaining("release " + others.release() + " published it again");
    assertThat(published("daily")).isEqualTo(others);
  }

  @Test
  void readsTheConfOfThenWhereverFeedsLandAndWhateverElseIsConfigured() {
    Map<String, String> now = new HashMap<>(overrides(folder, Map.of("store.novel", "1")));
    now.put("landing", folder.resolve("elsewhere").toString());
    ConfigSource source = new ConfigSource(pipeline.conf(), "embedded", "small", now, Map.of());

    AssayConfig then = new AsWas(source).config(only(Stage.SILVER, "sales"));

    assertThat(then.text())
        .as("of the conf of then")
        .isEqualTo(pipeline.config("embedded", overrides(folder, STRICT)).text())
        .isNotEqualTo(pipeline.config("embedded", overrides(folder, Map.of())).text());
    assertThat(then.pipeline().feed("sales").files())
        .isEqualTo(folder.resolve("elsewhere/small/sales/{date}.csv").toString());
    assertThat(catchThrowableOfType(AssayException.class, () -> ConfigLoader.load(source)))
        .hasMessageContaining("novel: is not a known key");
  }

  @Test
  void saysThatTheReleaseThatWasReadIsKeptNoLonger() {
    long read = only(Stage.GOLD, "daily").recipe().release();
    lake.delete("_assay/releases/small/000000000%d-sealed.json".formatted(read));

    AsWas.Found found = asWas().find(new Scope(DAY, DAY, ALL, Set.of("daily", "sales"), true));

    assertThat(found.remakings()).extracting(Remaking::stage).containsExactly(Stage.SILVER);
    AssayException gone = catchThrowableOfType(AssayException.class, found::all);
    assertThat(gone.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(gone)
        .hasMessageContaining("small.daily/" + DAY + " cannot be made as it was: the release")
        .hasMessageContaining("that it was made from, " + read + ", is older than retention");
  }

  @Test
  void refusesToReceiveOtherFilesThanThen() throws IOException {
    StageResult same = remake(only(Stage.BRONZE, "sales_raw"));
    assertThat(same.published()).hasSize(1);
    land("dear," + DAY + " 08:26,61");

    AssayException changed = refused(only(Stage.BRONZE, "sales_raw"));

    assertThat(changed.exitCode()).isEqualTo(ExitCode.INPUT_MISSING);
    assertThat(changed).hasMessageContaining("what landed for it was changed since");
  }

  @Test
  void saysThatTheJarOrTheConfIsNoLongerThere() {
    Remaking ours = only(Stage.GOLD, "daily");
    Remaking others =
        new Remaking(
            ours.stage(),
            ours.day(),
            ours.release(),
            new Recipe(
                "jobs-gold.jar sha256:0123456789abcdef",
                ours.recipe().conf(),
                ours.recipe().release()),
            ours.inputs(),
            ours.made());

    AssayException jar =
        catchThrowableOfType(AssayException.class, () -> asWas().jar(others, folder));
    AssayException notThis = refused(others);
    lake.delete("_assay/recipes/small/" + ours.recipe().conf() + ".json");
    AssayException conf = catchThrowableOfType(AssayException.class, () -> asWas().config(ours));

    assertThat(jar.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(jar)
        .hasMessageContaining("small.daily/" + DAY + " was made by jobs-gold.jar sha256:0123")
        .hasMessageContaining("_assay/recipes/small/0123456789abcdef.jar")
        .hasMessageContaining("no longer there");
    assertThat(notThis.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(notThis).hasMessageContaining("starts the JAR that it was made by");
    assertThat(conf.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(conf).hasMessageContaining("the conf " + ours.recipe().conf());
  }

  @Test
  void saysThatAVersionThatWasReadIsGone() {
    Remaking daily = only(Stage.GOLD, "daily");
    TableContract sales =
        pipeline.config("embedded", overrides(folder, STRICT)).pipeline().table("sales");
    TableLayout layout = TableLayout.of(sales);
    long read = Objects.requireNonNull(daily.inputs().get("small.sales"));
    for (List<String> ofDay : new TableVersions(lake).files(layout, read).values()) {
      ofDay.forEach(file -> lake.delete(layout.folder() + "/" + TableVersions.pathOf(file)));
    }

    AssayException gone = refused(daily);

    assertThat(gone.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(gone).hasMessageContaining("of small.sales expired");
    assertThat(published("daily")).isEqualTo(daily.made().values().iterator().next());
  }

  @Test
  void saysThatNothingIsPublished() {
    Scope other = new Scope(DAY.plusDays(9), DAY.plusDays(9), ALL, Set.of(), true);
    Scope unknown = new Scope(DAY, DAY, ALL, Set.of("dayly"), true);

    AssayException nothing = catchThrowableOfType(AssayException.class, () -> asWas().find(other));
    AssayException none = catchThrowableOfType(AssayException.class, () -> asWas().find(unknown));

    assertThat(nothing.exitCode()).isEqualTo(ExitCode.NO_DATA);
    assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(none).hasMessageContaining("no table 'dayly' is published; there are");
  }

  private AsWas asWas() {
    return new AsWas(
        new ConfigSource(
            pipeline.conf(), "embedded", "small", overrides(folder, STRICT), Map.of()));
  }

  private Remaking only(Stage stage, String table) {
    List<Remaking> remakings =
        asWas().find(new Scope(DAY, DAY, Set.of(stage), Set.of(table), true)).all();
    assertThat(remakings).hasSize(1);
    return remakings.get(0);
  }

  private StageResult remake(Remaking remaking) {
    return new StageRunner(TestSpark.session(), asWas().config(remaking))
        .remake(StageJobs.of(remaking.stage()), remaking, "again");
  }

  private AssayException refused(Remaking remaking) {
    return catchThrowableOfType(AssayException.class, () -> remake(remaking));
  }

  private static void land(String... sales) throws IOException {
    Path landing = Files.createDirectories(shared.resolve("landing/small/sales"));
    Files.writeString(
        landing.resolve(DAY + ".csv"), "Id,At,Amount\n" + String.join("\n", sales) + "\n");
  }

  private static void run(Path lake, Set<Stage> stages, Map<String, String> overrides) {
    AssayConfig config = pipeline.config("embedded", overrides(lake, overrides));
    Scope scope = new Scope(DAY, DAY, stages, Set.of(), false);
    new PlanRun(new StageRunner(TestSpark.session(), config), false, "run")
        .run(Planning.plan(Planning.planner(config, scope), scope), (batch, result) -> {});
  }

  private static Map<String, String> overrides(Path lake, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("lake", lake.toString());
    all.put("landing", shared.resolve("landing").toString());
    return all;
  }

  private TableDayState.Publication published(String table) {
    AssayConfig config = pipeline.config("embedded", overrides(folder, Map.of()));
    return Ledger.of(lake, "small")
        .state()
        .published(new TableDay(config.pipeline().table(table).name(), DAY))
        .orElseThrow();
  }

  private List<String> rows(String table) {
    return ReleasedRows.of(folder.toString(), new ReleaseLog(lake, "small").latest().orElseThrow())
        .get(table);
  }
}
