package dev.assay.database;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a result's column are written as text, as those of Parquet are: dates as {@code
 * yyyy-MM-dd}, times as {@code yyyy-MM-dd HH:mm:ss} with a fraction only if there is one, and in
 * UTC if they have a zone, decimals without exponent. Others are as the database writes them.
 *
 * @param name the column's name
 * @param index its place, from 1
 */
record ColumnText(String name, int index, Kind kind) {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private enum Kind {
    DATE,
    TIME,
    ZONED_TIME,
    OTHER
  }

  /**
   * Those of a column.
   *
   * @throws AssayException with USAGE if its values are bytes
   */
  static ColumnText of(ResultSetMetaData result, int index) throws SQLException {
    String name = result.getColumnLabel(index);
    return new ColumnText(name, index, kind(result, index, name));
  }

  private static Kind kind(ResultSetMetaData result, int index, String name) throws SQLException {
    return switch (result.getColumnType(index)) {
      case Types.DATE -> Kind.DATE;
      // PostgreSQL's driver tells the two by their names alone.
      case Types.TIMESTAMP ->
          result.getColumnTypeName(index).equals("timestamptz") ? Kind.ZONED_TIME : Kind.TIME;
      case Types.TIMESTAMP_WITH_TIMEZONE -> Kind.ZONED_TIME;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
          throw new AssayException(
              ExitCode.USAGE,
              "column "
                  + name
                  + " has bytes, which are no text, and a feed has texts; leave it out by jdbc.query,"
                  + " or let that make text of it, as encode("
                  + name
                  + ", 'base64')");
      default -> Kind.OTHER;
    };
  }

  /** The text that a row has; null where it has no value. */
  @Nullable String of(ResultSet row) throws SQLException {
    return switch (kind) {
      case DATE -> text(row.getObject(index, LocalDate.class));
      case TIME -> time(row.getObject(index, LocalDateTime.class));
      case ZONED_TIME -> {
        OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
        yield time(
            time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
      }
      case OTHER -> {
        Object value = row.getObject(index);
        if (value instanceof BigDecimal decimal) {
          yield decimal.toPlainString();
        }
        yield value == null || value instanceof Boolean ? text(value) : row.getString(index);
      }
    };
  }

  private static @Nullable String time(@Nullable LocalDateTime time) {
    return time == null ? null : TIME.format(time);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
