package dev.assay.archive;

import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.ledger.LedgerState;
import dev.assay.store.LakeStore;
import dev.assay.store.StoredFile;
import dev.assay.table.TableLayout;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table's part of the archive: Parquet files of a month each, {@code
 * archive/<pipeline>/<table>/2024-02.<uuid>.parquet}, with the table's columns. A file never
 * changes; which of them has a day, the ledger says.
 *
 * @param lake the lake
 * @param contract the table's contract
 */
public record Archive(LakeStore lake, TableContract contract) {
  private static final Pattern FILE =
      Pattern.compile("([0-9]{4}-[0-9]{2})[.][0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}[.]parquet");
  private static final String DRAFT = ".tmp";

  /** Its folder below the lake's root. */
  public String folder() {
    return "archive/" + contract.name().pipeline() + "/" + contract.name().table();
  }

  /** A name below the lake's root for a month's rows, which no other file has or will have. */
  String newFile(YearMonth month) {
    return folder() + "/" + month + "." + UUID.randomUUID() + ".parquet";
  }

  /** The files of a month below the lake's root, whether the ledger names them or not. */
  List<String> files(YearMonth month) {
    return lake.names(folder()).stream()
        .map(FILE::matcher)
        .filter(name -> name.matches() && name.group(1).equals(month.toString()))
        .map(name -> folder() + "/" + name.group())
        .toList();
  }

  /** The rows of a file. */
  Dataset<Row> rows(SparkSession spark, String file) {
    return spark
        .read()
        .schema(TableLayout.of(contract).schema())
        .parquet(lake.path(file).toString());
  }

  /**
   * The days that left the table for the archive, by the file below the lake's root that has their
   * rows. It may have other days' rows, too: of those that were published again since.
   *
   * @param known what the ledger knew once the release was sealed that is read
   * @param from the first day that is asked for
   * @param to the last
   */
  public SortedMap<String, SortedSet<LocalDate>> archived(
      LedgerState known, LocalDate from, LocalDate to) {
    SortedMap<String, SortedSet<LocalDate>> archived = new TreeMap<>();
    from.datesUntil(to.plusDays(1))
        .forEach(
            day -> {
              String file = known.of(new TableDay(contract.name(), day)).archive();
              if (file != null) {
                archived.computeIfAbsent(file, key -> new TreeSet<>()).add(day);
              }
            });
    return archived;
  }

  /** Removes what a kill left of files that were never whole, if it was written before a time. */
  void removeDrafts(Instant before) throws IOException {
    SortedMap<String, Long> modified = new TreeMap<>();
    for (StoredFile file : lake.files(folder())) {
      // Spark's drafts are folders.
      String draft = file.path().split("/", 2)[0];
      if (draft.endsWith(DRAFT)) {
        modified.merge(draft, file.modified(), Math::max);
      }
    }
    for (Map.Entry<String, Long> draft : modified.entrySet()) {
      if (draft.getValue() < before.toEpochMilli()) {
        Path path = lake.path(folder() + "/" + draft.getKey());
        path.getFileSystem(lake.conf()).delete(path, true);
      }
    }
  }
}
