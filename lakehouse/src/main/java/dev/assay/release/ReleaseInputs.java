package dev.assay.release;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.TableDayState;
import dev.assay.table.DeltaTables;
import dev.assay.table.Inputs;
import dev.assay.table.TableCommits;
import dev.assay.table.TableLayout;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A pipeline's tables as one release has them. */
public final class ReleaseInputs implements Inputs {
  private final PipelineConfig pipeline;
  private final @Nullable Release release;
  private final DeltaTables tables;
  private final TableCommits commits;
  private final LedgerState ledger;
  private final Map<String, Long> read = new ConcurrentSkipListMap<>();

  /**
   * The tables of a release.
   *
   * @param release the release; empty before a pipeline's first
   * @param ledger what was known when it was the newest
   */
  public ReleaseInputs(
      PipelineConfig pipeline,
      Optional<Release> release,
      DeltaTables tables,
      TableCommits commits,
      LedgerState ledger) {
    this.pipeline = pipeline;
    this.release = release.orElse(null);
    this.tables = tables;
    this.commits = commits;
    this.ledger = ledger;
  }

  /** Whether a release has every table that was read at the version that was read. */
  public boolean areThoseOf(Optional<Release> other) {
    return read.entrySet().stream()
        .allMatch(
            entry ->
                other
                    .map(Release::tables)
                    .map(all -> all.get(TableName.parse(entry.getKey()).table()))
                    .map(table -> table.version() == entry.getValue())
                    .orElse(false));
  }

  /** The versions that were read, by the tables' full names. */
  public Map<String, Long> versionsRead() {
    return new java.util.TreeMap<>(read);
  }

  @Override
  public Dataset<Row> days(String table, LocalDate from, LocalDate to) {
    TableContract contract = pipeline.table(table);
    long version = version(table);
    return tables
        .read(TableLayout.of(contract), version)
        .where(col(contract.partition()).between(lit(from), lit(to)));
  }

  @Override
  public boolean has(String table) {
    return release != null && release.tables().containsKey(table);
  }

  @Override
  public boolean hasDay(String table, LocalDate day) {
    if (publication(table, day).isPresent()) {
      return true;
    }
    TableContract contract = pipeline.table(table);
    long visible = ledger.of(new TableDay(contract.name(), day)).visible();
    if (has(table) && commits.fence(TableLayout.of(contract), List.of(day.toString())) > visible) {
      // To take this for a day without data would be to skip it and look well.
      throw new AssayException(
          ExitCode.INPUT_MISSING,
          contract.name()
              + "/"
              + day
              + " was published, but the ledger has no record of it in the release that is read;"
              + " if another run published it just now, run again, else restore _assay/ledger or"
              + " run the stage of that table for the day again");
    }
    return false;
  }

  @Override
  public long version(String table) {
    Release.TableVersion version = release == null ? null : release.tables().get(table);
    if (version == null) {
      throw new AssayException(
          ExitCode.INPUT_MISSING,
          pipeline.name()
              + "."
              + table
              + " was never published, and it is an input; run the stage before first: assay run"
              + " --pipeline "
              + pipeline.name()
              + " --date D --stage "
              + pipeline.table(table).stage().id());
    }
    read.put(pipeline.name() + "." + table, version.version());
    return version.version();
  }

  /** What the release has of a table-day. */
  public Optional<TableDayState.Publication> publication(String table, LocalDate day) {
    return has(table)
        ? ledger.published(new TableDay(pipeline.table(table).name(), day))
        : Optional.empty();
  }
}
