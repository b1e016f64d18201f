package dev.assay.config;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a feed's rows are read from a relational database. Credentials are never here: they come from
 * a file of mode 600, or from the environment.
 *
 * @param url the database's address, as its JDBC driver has it, without a password
 * @param query what is asked of it
 * @param format how a landing is written
 * @param credentialsFileText a file with the lines {@code user=...} and {@code password=...}
 * @param userVariable where there is no such file: the environment variable with the user's name
 * @param passwordVariable the one with the password
 * @param fetchSize how many rows are fetched at once
 * @param connectTimeout how long to wait for a connection
 * @param answerTimeout how long the database may take for the next rows
 */
public record JdbcConfig(
    String url,
    String query,
    ExportFormat format,
    @Nullable String credentialsFileText,
    String userVariable,
    String passwordVariable,
    int fetchSize,
    Duration connectTimeout,
    Duration answerTimeout) {

  /** The file that holds the credentials, if they are not in the environment. */
  public Optional<String> credentialsFile() {
    return Optional.ofNullable(credentialsFileText);
  }

  /** The database's address without the settings that may follow it. */
  public String place() {
    return url.split("[?;]", 2)[0];
  }
}
