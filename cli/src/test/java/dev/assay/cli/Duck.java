package dev.assay.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB database in memory: an engine of its own, that knows nothing of Spark, Delta or Assay.
 */
final class Duck implements AutoCloseable {
  private final Connection connection;

  private Duck(Connection connection) {
    this.connection = connection;
  }

  /** A new one, without tables. */
  static Duck inMemory() {
    try {
      Duck duck = new Duck(DriverManager.getConnection("jdbc:duckdb:"));
      duck.run("SET threads = 2");
      duck.run("SET memory_limit = '2GB'");
      Path spilled = Path.of(System.getProperty("java.io.tmpdir"), "duckdb");
      duck.run("SET temp_directory = '%s'".formatted(spilled));
      return duck;
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB has no database in memory", e);
    }
  }

  /** Runs statements. */
  void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw wrong(sql, e);
    }
  }

  /** What is done with a row of a query. */
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** Reads a query's rows, one after another. */
  void read(String sql, RowReader reader) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    } catch (SQLException e) {
      throw wrong(sql, e);
    }
  }

  /** A query's rows, as {@link Cells} has their values. */
  List<List<Object>> rows(String sql) {
    List<List<Object>> rows = new ArrayList<>();
    read(
        sql,
        found -> {
          List<Object> row = new ArrayList<>();
          for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
            row.add(Cells.comparable(found.getObject(i)));
          }
          rows.add(row);
        });
    return rows;
  }

  /** What adds rows to a table; to be closed. */
  DuckDBAppender appender(String table) {
    try {
      return connection.unwrap(DuckDBConnection.class).createAppender("main", table);
    } catch (SQLException e) {
      throw wrong("appending to " + table, e);
    }
  }

  private static IllegalStateException wrong(String sql, SQLException e) {
    return new IllegalStateException("DuckDB: " + e.getMessage() + "\nin: " + sql, e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB did not close", e);
    }
  }
}
