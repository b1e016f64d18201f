package dev.assay.database;

import dev.assay.config.ExportFormat;
import dev.assay.config.FeedConfig;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that a feed's query gives, as texts, read once: by one statement, and so of one state of
 * the database.
 */
final class QueriedRows implements Iterator<Row>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueriedRows.class);

  private final Database database;
  private final Connection connection;
  private final ResultSet result;
  private final List<ColumnText> columns = new ArrayList<>();
  private boolean isAhead;

  private QueriedRows(Database database, Connection connection) throws SQLException {
    this.database = database;
    this.connection = connection;
    Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(database.jdbc().fetchSize());
    this.result = statement.executeQuery(database.jdbc().query());
    ResultSetMetaData described = result.getMetaData();
    for (int i = 1; i <= described.getColumnCount(); i++) {
      columns.add(ColumnText.of(described, i));
    }
  }

  /**
   * Asks a database.
   *
   * @throws AssayException with STORE_UNREACHABLE if it does not answer, or not to us, USAGE if it
   *     has not what it is asked for
   */
  static QueriedRows of(Database database) {
    Connection connection = database.connect();
    try {
      return new QueriedRows(database, connection);
    } catch (SQLException e) {
      close(connection);
      throw database.problem(e);
    } catch (AssayException e) {
      close(connection);
      throw e;
    }
  }

  /** The columns' names. */
  List<String> names() {
    return columns.stream().map(ColumnText::name).toList();
  }

  @Override
  public boolean hasNext() {
    try {
      isAhead = isAhead || result.next();
      return isAhead;
    } catch (SQLException e) {
      throw database.problem(e);
    }
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more rows");
    }
    isAhead = false;
    @Nullable Object[] texts = new Object[columns.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text(columns.get(i));
    }
    return RowFactory.create(texts);
  }

  private @Nullable String text(ColumnText column) {
    try {
      String text = column.of(result);
      if (text != null && database.jdbc().format() == ExportFormat.CSV) {
        requireOneLine(column.name(), text);
      }
      return text;
    } catch (SQLException e) {
      throw database.problem(e);
    }
  }

  /** Feeds are read a record a line, so that CSV cannot hold a text of several. */
  private void requireOneLine(String column, String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      FeedConfig feed = database.feed();
      throw new AssayException(
          ExitCode.REFUSED,
          "column "
              + column
              + " of feed "
              + feed.name()
              + " has a text of several lines, which a line of CSV cannot hold. Nothing landed; let"
              + " the feed's files end in .parquet or .json instead ("
              + feed.files()
              + ")");
    }
  }

  @Override
  public void close() {
    close(connection);
  }

  /** Nothing was changed, so that nothing is lost where this fails. */
  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("a connection could not be closed, SQLSTATE {}", e.getSQLState());
    }
  }
}
