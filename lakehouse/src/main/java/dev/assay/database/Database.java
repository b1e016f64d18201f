package dev.assay.database;

import dev.assay.config.FeedConfig;
import dev.assay.config.JdbcConfig;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;

/**
 * The database of a feed, and what its errors mean to who reads it: a database that does not
 * answer, or not to us, is a store that does not; what it does not understand is for conf to
 * correct.
 *
 * @param feed the feed, for errors
 * @param jdbc how it is reached
 * @param credentials who asks it
 */
record Database(FeedConfig feed, JdbcConfig jdbc, Credentials credentials) {

  /** A connection whose every read is of one state. */
  Connection connect() {
    Driver driver = driver(feed, jdbc);
    // Each driver has a property for it by a name of its own; this all of them look at.
    DriverManager.setLoginTimeout((int) Math.max(1, jdbc.connectTimeout().toSeconds()));
    try {
      Connection connection = driver.connect(jdbc.url(), credentials.properties());
      if (connection == null) {
        throw noDriver(feed, jdbc);
      }
      try {
        prepare(connection);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
      return connection;
    } catch (SQLException e) {
      throw problem(e);
    }
  }

  private void prepare(Connection connection) throws SQLException {
    try {
      long millis = Math.min(Integer.MAX_VALUE, jdbc.answerTimeout().toMillis());
      connection.setNetworkTimeout(Runnable::run, (int) millis);
    } catch (SQLFeatureNotSupportedException itWaits) {
      // Then the time that the whole command may take is all there is.
    }
    connection.setReadOnly(true);
    int isolation = Connection.TRANSACTION_REPEATABLE_READ;
    if (connection.getMetaData().supportsTransactionIsolationLevel(isolation)) {
      connection.setTransactionIsolation(isolation);
    }
    // With it PostgreSQL's driver would hold all rows in memory, whatever the fetch size.
    connection.setAutoCommit(false);
  }

  /** What knows a database of its kind. */
  static Driver driver(FeedConfig feed, JdbcConfig jdbc) {
    try {
      return DriverManager.getDriver(jdbc.url());
    } catch (SQLException none) {
      throw noDriver(feed, jdbc);
    }
  }

  private static AssayException noDriver(FeedConfig feed, JdbcConfig jdbc) {
    return new AssayException(
        ExitCode.USAGE,
        "no JDBC driver on the class path knows "
            + jdbc.place()
            + " of feed "
            + feed.name()
            + "; correct jdbc.url, or add the driver: docs/feed-from-a-database.md");
  }

  /**
   * What an error of the database means. The driver's own is not kept as the cause: what it holds
   * may be secret.
   */
  AssayException problem(SQLException error) {
    String state = Optional.ofNullable(error.getSQLState()).orElse("");
    String said =
        credentials.hiddenIn(String.valueOf(error.getMessage())).replaceAll("\\s+", " ")
            + (state.isEmpty() ? "" : ", SQLSTATE " + state);
    String database = "the database " + jdbc.place() + " of feed " + feed.name();
    // Classes of SQLSTATE as ISO 9075 has them, and PostgreSQL's for what is not there.
    if (state.equals("42501")) {
      return unreachable(
          database
              + " does not let "
              + credentials.user()
              + " read ("
              + said
              + "); grant it SELECT");
    }
    if (state.startsWith("42") || state.startsWith("3D") || state.startsWith("3F")) {
      return new AssayException(
          ExitCode.USAGE,
          database
              + " has not what it is asked for ("
              + said
              + "): "
              + jdbc.query()
              + ". Nothing landed; correct url, table or query of jdbc in the feed's conf");
    }
    if (state.startsWith("28")) {
      return unreachable(
          database
              + " refuses "
              + credentials.user()
              + " ("
              + said
              + "); correct "
              + credentials.origin());
    }
    if (state.startsWith("08")) {
      return unreachable(
          database + " does not answer (" + said + "); start it, or correct jdbc.url");
    }
    return unreachable(
        database + " answers with an error of its own (" + said + "); see in its log why");
  }

  private static AssayException unreachable(String why) {
    return new AssayException(
        ExitCode.STORE_UNREACHABLE, why + ". Nothing landed; then land again");
  }
}
