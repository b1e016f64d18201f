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
 * is found written by the next time, which goes on.
 */
public final class Archiving {
  private final SparkSession spark;
  private final PipelineConfig pipeline;
  private final LakeStore lake;
  private final DeltaTables tables;

  public Archiving(SparkSession spark, AssayConfig config) {
    this.spark = spark;
    this.pipeline = config.pipeline();
    this.lake = new LakeStore(config.lake().root(), spark.sessionState().newHadoopConf());
    this.tables = new DeltaTables(spark, lake);
  }

  /** A month, and the table-days of it that may leave the table now. */
  record Written(ArchivedMonth month, List<ExpiredDays.Archived> tableDays) {}

  /**
   * Does all that is due.
   *
   * @param today the day that ages are counted to
   * @param runId what to call this run in ledger and releases
   * @throws AssayException if a file does not have the rows that it should: then all of them stay
   *     in their tables
   */
  public List<ArchivedMonth> run(LocalDate today, String runId) throws IOException {
    List<Written> written = write(today);
    new ExpiredDays(lake, pipeline)
        .withdraw(written.stream().flatMap(one -> one.tableDays().stream()).toList(), runId);
    return written.stream().map(Written::month).toList();
  }

  /** Writes what is due, and takes nothing away. */
  List<Written> write(LocalDate today) throws IOException {
    Optional<Release> newest = new ReleaseLog(lake, pipeline.name()).latest();
    List<Written> written = new ArrayList<>();
    if (newest.isEmpty()) {
      return written;
    }
    List<TableDayState> known =
        Ledger.of(lake, pipeline.name()).asOf(newest.get().number()).ended();
    for (TableContract contract : pipeline.tables().values()) {
      for (Map.Entry<YearMonth, List<TableDayState>> due : due(contract, known, today).entrySet()) {
        Release.TableVersion version =
            Objects.requireNonNull(
                newest.get().tables().get(contract.name().table()), "it has table-days");
        Dataset<Row> table = tables.read(TableLayout.of(contract), version.version());
        written.add(write(new Archive(lake, contract), table, due.getKey(), due.getValue()));
      }
    }
    return written;
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
    LocalDate first = month.atDay(1);
    LocalDate last = month.atEndOfMonth();
    // Days that left the table before stay in the month's file.
    Dataset<Row> rows =
        ExportedRows.of(
            archive.with(table, first, last), contract, whole(contract), List.of(first, last));
    SortedMap<LocalDate, DayContent> wanted = DayContent.of(rows, contract);
    String file = archive.file(month);
    boolean isThere = archive.months().contains(month) && wanted.equals(contents(file, contract));
    if (!isThere) {
      new ExportedFile(lake.path(file), Existing.REPLACED, lake.conf())
          .write(ExportFormat.PARQUET, rows);
      requireSame(file, wanted, contents(file, contract));
    }
    return new Written(
        new ArchivedMonth(
            contract.name().toString(),
            month,
            file,
            tableDays.size(),
            wanted.values().stream().mapToLong(DayContent::rows).sum(),
            !isThere),
        tableDays.stream().map(state -> archived(state, file)).toList());
  }

  private static ExportConfig whole(TableContract contract) {
    List<String> columns = contract.columns().stream().map(ColumnContract::name).toList();
    return new ExportConfig(
        contract.name().table(), contract.name().table(), ExportFormat.PARQUET, columns, columns);
  }

  private SortedMap<LocalDate, DayContent> contents(String file, TableContract contract) {
    return DayContent.of(
        spark.read().schema(TableLayout.of(contract).schema()).parquet(lake.path(file).toString()),
        contract);
  }

  private static void requireSame(
      String file,
      SortedMap<LocalDate, DayContent> wanted,
      SortedMap<LocalDate, DayContent> found) {
    if (!wanted.equals(found)) {
      throw new AssayException(
          ExitCode.UNEXPECTED,
          file
              + " has other rows than the table: "
              + found
              + " instead of "
              + wanted
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
