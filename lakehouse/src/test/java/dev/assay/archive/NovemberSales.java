package dev.assay.archive;

import static org.apache.spark.sql.functions.col;

import dev.assay.config.AssayConfig;
import dev.assay.config.PipelineConfig;
import dev.assay.config.Stage;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.config.Upkeep;
import dev.assay.feed.Landing;
import dev.assay.job.DayDrafts;
import dev.assay.job.StageResult;
import dev.assay.job.StageRunner;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerState;
import dev.assay.model.Champions;
import dev.assay.plan.Plan;
import dev.assay.plan.Planner;
import dev.assay.plan.Scope;
import dev.assay.plan.TableDayStatus;
import dev.assay.release.ExpiredDays;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableLayout;
import dev.assay.testing.Contracts;
import dev.assay.testing.FakeStage;
import dev.assay.testing.Sales;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Sales of the last two days of November and the first of December, kept for 30 days. */
final class NovemberSales {
  static final LocalDate THE_29TH = LocalDate.of(2010, 11, 29);
  static final LocalDate THE_30TH = LocalDate.of(2010, 11, 30);
  static final LocalDate DECEMBER = LocalDate.of(2010, 12, 1);

  /** The first day on which all of November is older than 30 days. */
  static final LocalDate TODAY = LocalDate.of(2010, 12, 31);

  private final SparkSession spark = TestSpark.session();
  private final TableContract sales =
      with(Contracts.sales("sales"), new Upkeep(null, 30, List.of()));
  private final TableContract totals = Contracts.salesFrom(List.of("sales"), "totals");
  private final PipelineConfig pipeline = Contracts.pipeline(sales, totals);
  private final Path folder;

  /** A lake in this folder. */
  NovemberSales(Path folder) {
    this.folder = folder;
  }

  TableContract sales() {
    return sales;
  }

  /** What is made from the sales of its day. */
  TableContract totals() {
    return totals;
  }

  long publishThreeDays() {
    return publish(THE_29TH, DECEMBER, "a").number();
  }

  /** Days with a sale each, all by one release. */
  Release publish(LocalDate first, LocalDate last, String id) {
    return run(plan(first, last), id).release();
  }

  /** What a run does that makes again what is current, too. */
  Plan planAgain(LocalDate first, LocalDate last) {
    return planner().plan(new Scope(first, last, Set.of(Stage.GOLD), Set.of(), true), 3);
  }

  StageResult run(Plan plan, String id) {
    FakeStage stage =
        new FakeStage(
            Stage.GOLD,
            (run, day, contracts) ->
                DayDrafts.of(
                    contracts, contract -> Sales.draft(spark, contract, day, Map.of(id, "1.00"))));
    StageRunner runner = new StageRunner(spark, config());
    return plan.batches().stream()
        .map(batch -> runner.run(stage, batch, false, id))
        .findFirst()
        .orElseThrow();
  }

  Plan plan(LocalDate first, LocalDate last) {
    return planner().plan(new Scope(first, last, Set.of(Stage.GOLD), Set.of(), false), 3);
  }

  TableDayStatus status(TableContract contract, LocalDate day) {
    return planner().status(new TableDay(contract.name(), day));
  }

  private Planner planner() {
    return new Planner(
        pipeline,
        Ledger.of(lake(), "test").state(),
        (feed, date) -> noLanding(),
        any -> UUID.randomUUID().toString(),
        model -> Champions.none());
  }

  private static Landing noLanding() {
    throw new IllegalStateException("these tables have no feed");
  }

  private static TableContract with(TableContract plain, Upkeep upkeep) {
    return new TableContract(
        plain.name(),
        plain.stage(),
        plain.description(),
        plain.partition(),
        plain.key(),
        plain.columns(),
        plain.derivation(),
        plain.checks(),
        plain.totals(),
        plain.controls(),
        upkeep,
        null);
  }

  /** Takes away what is older than 30 days, as if it had retention and no archive. */
  void withdrawOldDays() {
    new ExpiredDays(lake(), Contracts.pipeline(with(sales, new Upkeep(30, null, List.of()))))
        .withdraw(TODAY, "withdrawal");
  }

  Archiving archiving() {
    return new Archiving(spark, config());
  }

  private AssayConfig config() {
    return TestSpark.config(folder.toString(), pipeline);
  }

  /** What the newest release has, and the archive. */
  Dataset<Row> withArchive() {
    LedgerState known = Ledger.of(lake(), "test").asOf(newest().number());
    Archive archive = new Archive(lake(), sales);
    Dataset<Row> all = table();
    for (var file : archive.archived(known, THE_29TH, DECEMBER).entrySet()) {
      all =
          all.unionByName(
              archive
                  .rows(spark, file.getKey())
                  .where(col(sales.partition()).isin(file.getValue().toArray())));
    }
    return all;
  }

  /** What the newest release has. */
  Dataset<Row> table() {
    long version = Objects.requireNonNull(newest().tables().get("sales")).version();
    return new DeltaTables(spark, lake()).read(TableLayout.of(sales), version);
  }

  Release newest() {
    return new ReleaseLog(lake(), "test").latest().orElseThrow();
  }

  static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  LakeStore lake() {
    return new LakeStore(folder.toString(), spark.sessionState().newHadoopConf());
  }
}
