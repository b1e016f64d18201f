package dev.assay.release;

import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.ledger.Hashes;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.TableDayState;
import dev.assay.model.Champions;
import dev.assay.table.DeltaTables;
import dev.assay.table.Inputs;
import dev.assay.table.TableCommits;
import dev.assay.table.TableLayout;
import dev.assay.table.TableVersions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline's tables as one release has them, but for table-days that were written since and that
 * the next release is to have.
 */
public final class ReleaseInputs implements Inputs {
  private final PipelineConfig pipeline;
  private final @Nullable Release release;
  private final DeltaTables tables;
  private final TableVersions versions;
  private final TableCommits commits;
  private final LedgerState ledger;
  private final Map<TableDay, List<String>> written;
  private final Map<String, Long> read;
  private final Function<String, Champions> champions;

  /**
   * The tables of a release.
   *
   * @param release the release; empty before a pipeline's first
   * @param ledger what was known when it was the newest
   * @param champions the champions of a model, by its name
   */
  public ReleaseInputs(
      PipelineConfig pipeline,
      Optional<Release> release,
      DeltaTables tables,
      TableVersions versions,
      TableCommits commits,
      LedgerState ledger,
      Function<String, Champions> champions) {
    this(
        pipeline,
        release.orElse(null),
        tables,
        versions,
        commits,
        ledger,
        Map.of(),
        new ConcurrentSkipListMap<>(),
        champions);
  }

  private ReleaseInputs(
      PipelineConfig pipeline,
      @Nullable Release release,
      DeltaTables tables,
      TableVersions versions,
      TableCommits commits,
      LedgerState ledger,
      Map<TableDay, List<String>> written,
      Map<String, Long> read,
      Function<String, Champions> champions) {
    this.pipeline = pipeline;
    this.release = release;
    this.tables = tables;
    this.versions = versions;
    this.commits = commits;
    this.ledger = ledger;
    this.written = written;
    this.read = read;
    this.champions = champions;
  }

  /**
   * The same tables, with table-days as they will be.
   *
   * @param foreseen what will be known
   * @param actions Delta's actions that add the new files of each such table-day; none where it is
   *     taken away
   */
  public ReleaseInputs foreseeing(LedgerState foreseen, Map<TableDay, List<String>> actions) {
    return new ReleaseInputs(
        pipeline,
        release,
        tables,
        versions,
        commits,
        foreseen,
        Map.copyOf(actions),
        read,
        champions);
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
    return new TreeMap<>(read);
  }

  @Override
  public Dataset<Row> days(String table, LocalDate from, LocalDate to) {
    TableLayout layout = TableLayout.of(pipeline.table(table));
    SortedMap<String, List<String>> files = new TreeMap<>();
    SortedMap<String, List<String>> replaced = replaced(table, from, to);
    StructType schema = layout.schema();
    if (isReleased(table) || replaced.isEmpty()) {
      TableVersions.Content released = versions.content(layout, version(table));
      StructType columns = (StructType) DataType.fromJson(released.schema());
      schema = replaced.isEmpty() ? columns : layout.after(columns);
      files.putAll(released.files().subMap(from.toString(), to.plusDays(1).toString()));
    }
    files.putAll(replaced);
    return tables.read(layout, schema, files.values().stream().flatMap(List::stream).toList());
  }

  /** By day, what was written of a table since the release. */
  private SortedMap<String, List<String>> replaced(String table, LocalDate from, LocalDate to) {
    SortedMap<String, List<String>> replaced = new TreeMap<>();
    written.forEach(
        (tableDay, actions) -> {
          LocalDate day = tableDay.day();
          boolean isRead = !day.isBefore(from) && !day.isAfter(to);
          if (isRead && tableDay.table().table().equals(table)) {
            replaced.put(day.toString(), actions);
          }
        });
    return replaced;
  }

  @Override
  public boolean has(String table) {
    return isReleased(table)
        || written.keySet().stream().anyMatch(one -> one.table().table().equals(table));
  }

  private boolean isReleased(String table) {
    return release != null && release.tables().containsKey(table);
  }

  @Override
  public boolean hasDay(String table, LocalDate day) {
    if (publication(table, day).isPresent()) {
      return true;
    }
    TableContract contract = pipeline.table(table);
    long visible = ledger.of(new TableDay(contract.name(), day)).visible();
    if (isReleased(table)
        && !written.containsKey(new TableDay(contract.name(), day))
        && commits.fence(TableLayout.of(contract), List.of(day.toString())) > visible) {
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

  @Override
  public Content content(String table, LocalDate from, LocalDate to) {
    long rows = 0;
    StringBuilder hashes = new StringBuilder();
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      Optional<TableDayState.Publication> one = publication(table, day);
      rows += one.map(publication -> publication.rows().published()).orElse(0L);
      hashes.append(one.map(TableDayState.Publication::contentHash).orElse("-")).append(' ');
    }
    return new Content(rows, Hashes.sha256(hashes.toString()));
  }

  @Override
  public Champions champions(String model) {
    return champions.apply(model);
  }

  /** What the release has of a table-day. */
  public Optional<TableDayState.Publication> publication(String table, LocalDate day) {
    return has(table)
        ? ledger.published(new TableDay(pipeline.table(table).name(), day))
        : Optional.empty();
  }
}
