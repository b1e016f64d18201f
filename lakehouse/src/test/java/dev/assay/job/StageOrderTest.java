package dev.assay.job;

import static dev.assay.testing.StageLake.sale;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.assay.checks.RowCheck;
import dev.assay.checks.Severity;
import dev.assay.config.Cadence;
import dev.assay.config.Derivation;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.config.Transform;
import dev.assay.error.ExitCode;
import dev.assay.feed.Landings;
import dev.assay.model.Champions;
import dev.assay.plan.Batch;
import dev.assay.plan.Plan;
import dev.assay.plan.Planner;
import dev.assay.plan.Scope;
import dev.assay.table.Draft;
import dev.assay.testing.Contracts;
import dev.assay.testing.StageLake;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that is made from another of its stage: {@code total} of two days of {@code sales}. */
class StageOrderTest {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final LocalDate SECOND = FIRST.plusDays(1);

  private final TableContract sales =
      Contracts.sales(
          "sales", new RowCheck.Range("not_dear", Severity.FAIL, "amount", null, "100"));
  private final TableContract total =
      overTwoDays(
          Contracts.salesFrom(
              List.of("sales"),
              "total",
              new RowCheck.Range("not_much", Severity.FAIL, "amount", null, "50")));
  // Named before what it is made from, as conf may.
  private final PipelineConfig pipeline = Contracts.pipeline(total, sales);
  private final Map<LocalDate, String> sold = new HashMap<>();
  private final Set<LocalDate> without = new HashSet<>();
  private final List<String> made = new ArrayList<>();
  private final Map<String, String> transforms = new HashMap<>();

  @TempDir private Path folder;
  private StageLake lake;

  @BeforeEach
  void openLake() {
    lake = new StageLake(folder);
    sold.put(FIRST, "1.00");
    sold.put(SECOND, "2.00");
  }

  @Test
  void aTableIsMadeFromWhatItsStageWroteAndBothBecomeVisibleTogether() {
    StageResult result = run(FIRST, SECOND, false);

    assertThat(result.release().number()).isEqualTo(1);
    assertThat(rows(result)).containsExactly("2010-12-01 sum 1.00", "2010-12-02 sum 3.00");
    assertThat(plan(FIRST, SECOND).steps()).isEmpty();
  }

  @Test
  void itReadsTheDaysThatAreReleasedBesideThoseThatAreWritten() {
    run(FIRST, FIRST, false);

    StageResult result = run(SECOND, SECOND, false);

    assertThat(rows(result)).containsExactly("2010-12-01 sum 1.00", "2010-12-02 sum 3.00");
    sell(FIRST, "10.00");
    assertThat(rows(run(FIRST, SECOND, false)))
        .containsExactly("2010-12-01 sum 10.00", "2010-12-02 sum 12.00");
  }

  @Test
  void itIsNotMadeAgainOfTheSameRows() {
    run(FIRST, FIRST, false);
    made.clear();
    transforms.put("sales", "other");

    StageResult result = run(FIRST, FIRST, false);

    assertThat(made).containsExactly("sales 2010-12-01");
    assertThat(result.published()).containsOnlyKeys(of(sales, FIRST));
    assertThat(result.unchanged()).containsOnlyKeys(of(total, FIRST));
    PipelineLake opened = open();
    assertThat(opened.ledger().state().running(of(total, FIRST))).isEmpty();
  }

  @Test
  void itIsNotMadeOfWhatIsRefused() {
    sell(FIRST, "101.00");

    StageResult result = run(FIRST, FIRST, false);

    assertThat(made).containsExactly("sales 2010-12-01");
    assertThat(result.failures().get(FIRST).exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(result.newRelease()).isEmpty();
    assertThat(lake.outcomes()).containsExactly("sales 1 refused", "total 1 refused");
  }

  @Test
  void itHoldsBackWhatItWasMadeFrom() {
    sell(FIRST, "51.00");

    StageResult result = run(FIRST, FIRST, false);

    assertThat(result.failures().get(FIRST)).hasMessageContaining("check not_much");
    assertThat(result.newRelease()).isEmpty();
  }

  @Test
  void aDateThatReadWhatWasNotPublishedIsHeldBackTooAndTheOthersGoOn() {
    LocalDate third = SECOND.plusDays(1);
    sell(FIRST, "51.00");
    sell(third, "3.00");

    StageResult result = run(FIRST, third, true);

    assertThat(result.failures().get(FIRST)).hasMessageContaining("check not_much");
    assertThat(result.failures().get(SECOND)).hasMessageContaining("check not_much");
    assertThat(result.failures().get(third))
        .hasMessageContaining("made from what was not published of [2010-12-01, 2010-12-02]");
    sell(FIRST, "1.00");
    assertThat(rows(run(FIRST, third, true)))
        .containsExactly("2010-12-01 sum 1.00", "2010-12-02 sum 3.00", "2010-12-03 sum 5.00");
  }

  @Test
  void itGoesWithWhatItWasMadeFrom() {
    run(FIRST, FIRST, false);
    without.add(FIRST);
    transforms.put("sales", "other");

    StageResult result = run(FIRST, FIRST, false);

    assertThat(result.withdrawn()).containsOnlyKeys(of(sales, FIRST), of(total, FIRST));
    assertThat(rows(result)).isEmpty();
    assertThat(plan(FIRST, FIRST).steps()).isEmpty();
  }

  @Test
  void itIsMadeAsItWasOfWhatTheSameReleaseHad() {
    StageResult first = run(FIRST, SECOND, false);
    sell(FIRST, "9.00");
    AsWasRelease was = new AsWasRelease(open(), first);
    run(FIRST, FIRST, false);

    StageResult again = lake.runner(pipeline).remake(job(), was.remaking(of(total, SECOND)), "as");

    assertThat(again.published()).containsOnlyKeys(of(total, SECOND));
    assertThat(rows(again)).contains("2010-12-02 sum 3.00");
  }

  /** What a release made, to be made again. */
  private record AsWasRelease(PipelineLake opened, StageResult result) {
    Remaking remaking(TableDay tableDay) {
      var publication = opened.ledger().state().published(tableDay).orElseThrow();
      return new Remaking(
          Stage.GOLD,
          tableDay.day(),
          result.release().number(),
          java.util.Objects.requireNonNull(publication.recipe()),
          new java.util.TreeMap<>(publication.inputs()),
          Map.of(tableDay, publication));
    }
  }

  private StageResult run(LocalDate from, LocalDate to, boolean keepGoing) {
    Plan plan = plan(from, to);
    assertThat(plan.batches()).hasSize(1);
    Batch batch = plan.batches().get(0);
    return lake.runner(pipeline).run(job(), batch, keepGoing, "run");
  }

  private Plan plan(LocalDate from, LocalDate to) {
    Planner planner =
        new Planner(
            pipeline,
            open().ledger().state(),
            new Landings(TestSpark.session().sessionState().newHadoopConf()),
            Transforming.of(job(), pipeline),
            model -> Champions.none());
    return planner.plan(new Scope(from, to, Set.of(Stage.GOLD), Set.of(), false), 8);
  }

  private PipelineLake open() {
    return PipelineLake.open(TestSpark.session(), TestSpark.config(folder.toString(), pipeline));
  }

  /** A day's sales are of a transform that changes with them, for want of an input that does. */
  private void sell(LocalDate day, String amount) {
    sold.put(day, amount);
    transforms.put("sales", sold.toString());
  }

  private StageJob job() {
    return new StageJob() {
      @Override
      public Stage stage() {
        return Stage.GOLD;
      }

      @Override
      public String transform(PipelineConfig of, TableContract contract) {
        return transforms.getOrDefault(contract.name().table(), "first");
      }

      @Override
      public DayDrafts drafts(StageRun run, LocalDate day, List<TableContract> tables) {
        return DayDrafts.of(tables, contract -> draft(run, day, contract));
      }
    };
  }

  private synchronized Draft draft(StageRun run, LocalDate day, TableContract contract) {
    if (without.contains(day)) {
      throw new dev.assay.error.AssayException(ExitCode.NO_DATA, "nothing was sold");
    }
    made.add(contract.name().table() + " " + day);
    if (contract.equals(sales)) {
      return lake.draft(sales, day, sale("a", sold.getOrDefault(day, "0.00")));
    }
    Dataset<Row> sum =
        run.inputs()
            .days("sales", day.minusDays(1), day)
            .agg(sum("amount").cast("decimal(12,2)").as("amount"))
            .withColumn("id", lit("sum"))
            .withColumn("day", lit(day));
    return new Draft(total, day, sum);
  }

  private List<String> rows(StageResult result) {
    return lake.rows(total, result.release());
  }

  private static TableDay of(TableContract contract, LocalDate day) {
    return new TableDay(contract.name(), day);
  }

  private static TableContract overTwoDays(TableContract of) {
    return new TableContract(
        of.name(),
        of.stage(),
        of.description(),
        of.partition(),
        of.key(),
        of.columns(),
        new Derivation.Computed(
            List.of("sales"),
            new Transform.InClass("none"),
            new Cadence.Daily(1),
            ConfigFactory.empty()),
        of.checks(),
        of.totals(),
        of.controls(),
        of.upkeep(),
        null);
  }
}
