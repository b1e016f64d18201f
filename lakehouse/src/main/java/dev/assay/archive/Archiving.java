package dev.assay.archive;

import dev.assay.audit.DayContent;
import dev.assay.config.AssayConfig;
import dev.assay.config.ColumnContract;
import dev.assay.config.ExportConfig;
import dev.assay.config.ExportFormat;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.export.ExportedFile;
import dev.assay.export.ExportedRows;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.TableDayState;
import dev.assay.release.ExpiredDays;
import dev.assay.release.Release;
import dev.assay.release.ReleaseLog;
import dev.assay.store.Existing;
import dev.assay.store.LakeStore;
import dev.assay.table.DeltaTables;
import dev.assay.table.TableLayout;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Moves rows from tables to the archive, a month at a time, once its last day is old enough by the
 * contract: all is written and read back before anything is taken away. What was killed in between
 * is found written by the next time, which goes on. Several at once do no harm: each writes files
 * of its own, and a day leaves the table for the file of whoever takes it away.
 */
public final class Archiving {
  private final SparkSession spark;
  private final AssayConfig config;
  private final PipelineConfig pipeline;
  private final LakeStore lake;
  private final DeltaTables tables;

  public Archiving(SparkSession spark, AssayConfig config) {
    this.spark = spark;
    this.config = config;
    this.pipeline = config.pipeline();
    this.lake = new LakeStore(config.lake().root(), spark.sessionState().newHadoopConf());
    this.tables = new DeltaTables(spark, lake);
  }

  /**
   * A file, and the table-days of it that may leave the table now.
   *
   * @param month what to say of it
   * @param contract the table's contract
   * @param wanted what the table has of each day
   * @param tableDays the table-days
   */
  record Written(
      ArchivedMonth month,
      TableContract contract,
      SortedMap<LocalDate, DayContent> wanted,
      List<ExpiredDays.Archived> tableDays) {}

  /**
   * Does all that is due.
   *
   * @param today the day that ages are counted to
   * @param runId what to call this run in ledger and releases
   * @throws AssayException if a file does not have the rows that it should: then all of them stay
   *     in their tables
   */
  public List<ArchivedMonth> run(LocalDate today, String runId) throws IOException {
    Optional<Release> newest = new ReleaseLog(lake, pipeline.name()).latest();
    if (newest.isEmpty()) {
      return List.of();
    }
    List<Written> written = write(newest.get(), today);
    takeAway(written, runId);
    removeDrafts();
    return written.stream().map(Written::month).toList();
  }

  /** Writes what is due of a release, and takes nothing away. */
  List<Written> write(Release release, LocalDate today) throws IOException {
    List<TableDayState> known = Ledger.of(lake, pipeline.name()).asOf(release.number()).ended();
    List<Written> written = new ArrayList<>();
    for (TableContract contract : pipeline.tables().values()) {
      for (Map.Entry<YearMonth, List<TableDayState>> due : due(contract, known, today).entrySet()) {
        Release.TableVersion version =
            Objects.requireNonNull(
                release.tables().get(contract.name().table()), "it has table-days");
        Dataset<Row> table = tables.read(TableLayout.of(contract), version.version());
        written.add(write(new Archive(lake, contract), table, due.getKey(), due.getValue()));
      }
    }
    return written;
  }

  /** Reads back what was written, and only then takes it from the tables, all by one release. */
  void takeAway(List<Written> written, String runId) {
    written.forEach(this::requireSame);
    new ExpiredDays(lake, pipeline)
        .withdraw(written.stream().flatMap(one -> one.tableDays().stream()).toList(), runId);
  }

  private void removeDrafts() throws IOException {
    Instant before = Instant.now().minus(config.lake().fileRetention());
    for (TableContract contract : pipeline.tables().values()) {
      if (contract.upkeep().archiveDays() != null) {
        new Archive(lake, contract).removeDrafts(before);
      }
    }
  }

  /** The published table-days of months that are old enough as a whole. */
  private static SortedMap<YearMonth, List<TableDayState>> due(
      TableContract contract, List<TableDayState> known, LocalDate today) {
    SortedMap<YearMonth, List<TableDayState>> due = new TreeMap<>();
    for (TableDayState state : known) {
      YearMonth month = YearMonth.from(state.tableDay().day());
      if (state.tableDay().table().equals(contract.name())
          && state.published() != null
          && contract.upkeep().isForTheArchive(month.atEndOfMonth(), today)) {
        due.computeIfAbsent(month, key -> new ArrayList<>()).add(state);
      }
    }
    return due;
  }

  private Written write(
      Archive archive, Dataset<Row> table, YearMonth month, List<TableDayState> tableDays)
      throws IOException {
    TableContract contract = archive.contract();
    Dataset<Row> rows =
        ExportedRows.of(
            table, contract, whole(contract), List.of(month.atDay(1), month.atEndOfMonth()));
    SortedMap<LocalDate, DayContent> wanted = DayContent.of(rows, contract);
    Optional<String> before =
        archive.files(month).stream()
            .filter(file -> wanted.equals(contents(file, contract)))
            .findFirst();
    String file = before.orElseGet(() -> archive.newFile(month));
    if (before.isEmpty()) {
      new ExportedFile(lake.path(file), Existing.KEPT, lake.conf())
          .write(ExportFormat.PARQUET, rows);
    }
    ArchivedMonth done =
        new ArchivedMonth(
            contract.name().toString(),
            month,
            file,
            tableDays.size(),
            wanted.values().stream().mapToLong(DayContent::rows).sum(),
            before.isEmpty());
    return new Written(
        done, contract, wanted, tableDays.stream().map(state -> archived(state, file)).toList());
  }

  private static ExportConfig whole(TableContract contract) {
    List<String> columns = contract.columns().stream().map(ColumnContract::name).toList();
    return new ExportConfig(
        contract.name().table(), contract.name().table(), ExportFormat.PARQUET, columns, columns);
  }

  private SortedMap<LocalDate, DayContent> contents(String file, TableContract contract) {
    return DayContent.of(new Archive(lake, contract).rows(spark, file), contract);
  }

  private void requireSame(Written written) {
    String file = written.month().file();
    SortedMap<LocalDate, DayContent> found = contents(file, written.contract());
    if (!written.wanted().equals(found)) {
      throw new AssayException(
          ExitCode.UNEXPECTED,
          file
              + " has other rows than the table: "
              + found
              + " instead of "
              + written.wanted()
              + ". Nothing was taken away from the table; run assay archive again, and if it says so"
              + " again, look at the store");
    }
  }

  private static ExpiredDays.Archived archived(TableDayState state, String file) {
    return new ExpiredDays.Archived(
        state.tableDay(),
        Objects.requireNonNull(state.published(), "it is published").token(),
        file);
  }
}
