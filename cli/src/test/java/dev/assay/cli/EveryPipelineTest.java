package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.AssayConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableDay;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.plan.Plan;
import dev.assay.plan.Scope;
import dev.assay.plan.Step;
import dev.assay.release.ReleaseLog;
import dev.assay.samples.Domain;
import dev.assay.samples.Format;
import dev.assay.testing.Lakes;
import dev.assay.testing.OnlineRetail;
import dev.assay.testing.ReleasedRows;
import dev.assay.testing.SharedData;
import dev.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an operator does, with each of the six pipelines: a range, a stage again, a corrected file,
 * a refused day and rejected rows.
 */
@Tag("soak")
class EveryPipelineTest {
  private static final int ROWS = 2_000;
  private static final Set<Stage> STAGES = EnumSet.of(Stage.BRONZE, Stage.SILVER, Stage.GOLD);

  @TempDir private Path lake;

  /** Two days of a pipeline's feed, with something in them that a check rejects. */
  private enum Fed {
    RETAIL(LocalDate.of(2010, 12, 1), "orders") {
      @Override
      void land(Path landing) throws IOException {
        Path orders = Files.createDirectories(landing.resolve("retail/orders"));
        for (String day : List.of("2010-12-01", "2010-12-02")) {
          Files.copy(OnlineRetail.bundled().resolve(day + ".csv"), orders.resolve(day + ".csv"));
        }
        append(orders.resolve("2010-12-01.csv"), "torn");
      }
    },
    ADS(LocalDate.of(2024, 4, 1), "ad_events") {
      @Override
      void land(Path landing) throws IOException {
        GeneratedFeeds.write(Domain.ADS, Format.CSV, ROWS, first, 2, landing.resolve("ads"));
      }
    },
    WEB(LocalDate.of(2024, 4, 1), "user_events") {
      @Override
      void land(Path landing) throws IOException {
        GeneratedFeeds.writeWeb(ROWS, first, 2, landing.resolve("web"));
      }
    },
    PURCHASES(LocalDate.of(2024, 4, 1), "black_friday") {
      @Override
      void land(Path landing) throws IOException {
        Path into = landing.resolve("purchases");
        GeneratedFeeds.write(Domain.PURCHASES, Format.CSV, ROWS, first, 1, into);
        Path file = into.resolve("black_friday").resolve(first + ".csv");
        Files.copy(file, file.resolveSibling(first.plusDays(1) + ".csv"));
      }
    },
    LISTENING(LocalDate.of(2024, 4, 1), "tracks") {
      @Override
      void land(Path landing) throws IOException {
        Path into = landing.resolve("listening");
        GeneratedFeeds.write(Domain.TRACKS, Format.CSV, ROWS, first, 2, into);
        Path customers = Files.createDirectories(into.resolve("customers"));
        Files.copy(SharedData.file("listening/cust.csv"), customers.resolve(first + ".csv"));
      }
    },
    HOUSING(LocalDate.of(2024, 4, 1), "valuations") {
      @Override
      void land(Path landing) throws IOException {
        Path into = Files.createDirectories(landing.resolve("housing/valuations"));
        Path real = SharedData.file("taipei-real-estate/real_estate_valuation.csv");
        for (LocalDate day : List.of(first, first.plusDays(1))) {
          Path file = into.resolve(day + ".csv");
          Files.copy(real, file);
          file.toFile().setWritable(true);
          append(file, "9999,2013.25,-1,0,0,24.98,121.54,30");
        }
      }
    };

    final LocalDate first;
    private final String feed;

    Fed(LocalDate first, String feed) {
      this.first = first;
      this.feed = feed;
    }

    abstract void land(Path landing) throws IOException;

    /** How many lines of a file are no row. */
    int headerLines() {
      return this == LISTENING ? 0 : 1;
    }

    String pipeline() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The file that landed on a day. */
    Path file(Path landing, LocalDate day) throws IOException {
      try (Stream<Path> files = Files.walk(landing.resolve(pipeline()).resolve(feed))) {
        return files
            .filter(file -> file.toString().contains(day.toString()) && Files.isRegularFile(file))
            .findFirst()
            .orElseThrow();
      }
    }

    private static void append(Path file, String line) throws IOException {
      Files.writeString(file, Files.readString(file) + line + "\n");
    }
  }

  @ParameterizedTest
  @EnumSource(Fed.class)
  void passesWhatAnOperatorDoes(Fed fed) throws IOException {
    Path landing = lake.resolve("landing");
    LocalDate second = fed.first.plusDays(1);
    LocalDate third = fed.first.plusDays(2);
    AssayConfig config = SharedData.config(fed.pipeline(), Map.of("lake", lake.toString()));
    fed.land(landing);

    List<StageResult> range = run(config, scope(fed.first, second, STAGES, false));
    assertThat(quarantined(range)).as("rows that checks rejected").isPositive();

    Map<String, List<String>> before = rows(fed);
    run(config, scope(fed.first, second, EnumSet.of(Stage.SILVER), true));
    assertThat(rows(fed)).as("after silver was made again").isEqualTo(before);

    Path file = fed.file(landing, second);
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() - 5));
    Plan plan = plan(config, scope(fed.first, second, STAGES, false));
    Set<TableDay> planned = plan.steps().stream().map(Step::tableDay).collect(Collectors.toSet());
    Set<TableDay> published =
        run(config, scope(fed.first, second, STAGES, false)).stream()
            .flatMap(result -> result.published().keySet().stream())
            .collect(Collectors.toSet());
    assertThat(published).as("a corrected file").isNotEmpty().isSubsetOf(planned);
    assertThat(published).allMatch(tableDay -> lateOr(tableDay, second, config));
    assertThat(rows(fed)).isNotEqualTo(before);

    Map<String, List<String>> corrected = rows(fed);
    Path refused = Path.of(file.toString().replace(second.toString(), third.toString()));
    Files.createDirectories(refused.getParent());
    Files.write(refused, lines.subList(0, fed.headerLines()));
    assertThat(failures(config, scope(third, third, STAGES, false)))
        .extracting(AssayException::exitCode)
        .contains(ExitCode.REFUSED);
    assertThat(rows(fed)).as("after a refused day").isEqualTo(corrected);
  }

  /** Whether a table-day may depend on what landed on a day: its own, or one of before if late. */
  private static boolean lateOr(TableDay tableDay, LocalDate landed, AssayConfig config) {
    int late =
        config.pipeline().feeds().values().stream()
            .mapToInt(feed -> feed.allowedLatenessDays())
            .max()
            .orElse(0);
    return !tableDay.day().isBefore(landed.minusDays(late));
  }

  private static Scope scope(LocalDate from, LocalDate to, Set<Stage> stages, boolean again) {
    return new Scope(from, to, stages, Set.of(), again);
  }

  private static Plan plan(AssayConfig config, Scope scope) {
    return Planning.plan(Planning.planner(config, scope), scope);
  }

  /** Runs to the end, without a failure and with nothing left to do. */
  private static List<StageResult> run(AssayConfig config, Scope scope) {
    List<StageResult> results =
        new PlanRun(new StageRunner(TestSpark.session(), config), false, "test")
            .run(plan(config, scope), (batch, result) -> {});
    assertThat(results).allSatisfy(result -> assertThat(result.failures()).isEmpty());
    Scope all = scope(scope.from(), scope.to(), STAGES, false);
    assertThat(plan(config, all).steps()).as("what is left to do").isEmpty();
    return results;
  }

  private static List<AssayException> failures(AssayConfig config, Scope scope) {
    return new PlanRun(new StageRunner(TestSpark.session(), config), false, "test")
        .run(plan(config, scope), (batch, result) -> {}).stream()
            .flatMap(result -> result.failures().values().stream())
            .toList();
  }

  private static long quarantined(List<StageResult> results) {
    return results.stream()
        .flatMap(result -> result.published().values().stream())
        .mapToLong(audit -> audit.rows().quarantined())
        .sum();
  }

  private Map<String, List<String>> rows(Fed fed) {
    ReleaseLog log = new ReleaseLog(Lakes.lake(lake.toString()), fed.pipeline());
    return ReleasedRows.of(lake.toString(), log.latest().orElseThrow());
  }
}
