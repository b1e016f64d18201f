package dev.assay.config;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A source of files that lands outside our control.
 *
 * @param name the feed's name
 * @param files where a day's files are: a path or glob in which {@code {date}} is the landing date
 * @param columns the names of a record's fields, as {@link #columnName} has them
 * @param format how a file is written
 * @param header in CSV: whether the first line names the fields, in any order; else each has the
 *     place of its column
 * @param delimiter in CSV: what separates two fields
 * @param quote in CSV: what encloses a field that holds a delimiter
 * @param finalNewline in CSV and JSON lines: whether a last line without a line end counts as torn
 * @param drift what becomes of a file whose fields are not the columns
 * @param snapshot whether a landing is the whole state, which holds until the next
 * @param allowedLatenessDays how many days after its event a row may still land
 * @param requiredOn the week days on which a missing file is an error
 * @param arrivesWithin how long after the end of the business date a file may still land
 * @param jdbc the database whose state Assay lands; null where others deliver the files
 */
public record FeedConfig(
    String name,
    String files,
    List<String> columns,
    FeedFormat format,
    boolean header,
    char delimiter,
    char quote,
    boolean finalNewline,
    Drift drift,
    boolean snapshot,
    int allowedLatenessDays,
    Set<DayOfWeek> requiredOn,
    Duration arrivesWithin,
    @Nullable JdbcConfig jdbc) {

  /** The database whose state Assay itself lands, if no one else delivers the files. */
  public Optional<JdbcConfig> database() {
    return Optional.ofNullable(jdbc);
  }

  /**
   * The column that a field is kept in: its name, in which {@code _} is in place of each character
   * that a Delta table's column cannot have, or that would end its name in SQL.
   */
  public static String columnName(String field) {
    return field.replaceAll("[ ,;{}()\\n\\t\\r=`]", "_");
  }
}
