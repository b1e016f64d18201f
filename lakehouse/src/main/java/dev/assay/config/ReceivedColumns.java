package dev.assay.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The columns of a bronze table: what was received, all as strings, and where it came from. */
public final class ReceivedColumns {
  /** The name of the file that a record came in. */
  public static final String FILE = "_file";

  /** SHA-256 of that file as it was delivered, in hex. */
  public static final String CHECKSUM = "_checksum";

  /** Which of the file's records it is: its line, or in Parquet its row, from 1. */
  public static final String POSITION = "_position";

  /** Why the record has no fields; null if it has. */
  public static final String MALFORMED = "_malformed";

  /** The record's bytes, if it has no fields. */
  public static final String RAW = "_raw";

  /** A JSON object of the record's fields that are no columns, as texts, by their names. */
  public static final String RESCUED = "_rescued";

  private static final Set<String> ORIGIN = Set.of(FILE, CHECKSUM, POSITION);

  private ReceivedColumns() {}

  /** The columns of a feed's bronze table, without its partition. */
  static List<ColumnContract> of(FeedConfig feed) {
    List<ColumnContract> columns = new ArrayList<>();
    feed.columns().forEach(name -> columns.add(received(name)));
    columns.add(ColumnContract.plain(FILE, "string", false, "The file's name."));
    columns.add(
        ColumnContract.plain(CHECKSUM, "string", false, "SHA-256 of the file as delivered."));
    columns.add(ColumnContract.plain(POSITION, "bigint", false, "The line or row, from 1."));
    columns.add(
        ColumnContract.plain(
            MALFORMED, "string", true, "Why the record has no columns; null if it has."));
    columns.add(ColumnContract.plain(RAW, "binary", true, "The record's bytes, if malformed."));
    if (feed.drift() == Drift.RESCUE) {
      columns.add(
          ColumnContract.plain(
              RESCUED, "string", true, "The fields that are no columns, as JSON; null if none."));
    }
    return columns;
  }

  /** A column of what was received. */
  public static ColumnContract received(String name) {
    return ColumnContract.plain(name, "string", true, "As received.");
  }

  /**
   * What of a bronze table's columns was received: two records are equal that are equal in these.
   *
   * @param columns the table's
   * @param partition its date column
   */
  public static List<String> received(List<String> columns, String partition) {
    return columns.stream()
        .filter(column -> !column.equals(partition) && !ORIGIN.contains(column))
        .toList();
  }
}
