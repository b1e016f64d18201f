package dev.assay.database;

import dev.assay.config.JdbcConfig;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.store.OwnerOnly;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Who asks a database. Its text never has the password.
 *
 * @param origin where they come from, to be said to who must correct them
 */
record Credentials(String user, String password, String origin) {

  /**
   * Those of the file that conf names, else of the environment.
   *
   * @param environment the process's environment
   * @throws AssayException with USAGE if there are none, or others can read them
   */
  static Credentials of(JdbcConfig jdbc, Map<String, String> environment) {
    if (jdbc.credentialsFile().isPresent()) {
      return ofFile(Path.of(jdbc.credentialsFile().get()));
    }
    String variables = jdbc.userVariable() + " and " + jdbc.passwordVariable();
    String user = environment.getOrDefault(jdbc.userVariable(), "");
    String password = environment.getOrDefault(jdbc.passwordVariable(), "");
    if (user.isEmpty() || password.isEmpty()) {
      throw new AssayException(
          ExitCode.USAGE,
          "who asks "
              + jdbc.place()
              + "? Set "
              + variables
              + " in the environment, or jdbc.credentials-file in the feed's conf");
    }
    return new Credentials(user, password, variables);
  }

  private static Credentials ofFile(Path file) {
    OwnerOnly.require("jdbc.credentials-file", file);
    Properties lines = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      lines.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      // Its message may have a line of the file.
      throw wrong(file);
    }
    String user = lines.getProperty("user", "");
    String password = lines.getProperty("password", "");
    if (user.isEmpty() || password.isEmpty()) {
      throw wrong(file);
    }
    return new Credentials(user, password, "jdbc.credentials-file " + file);
  }

  private static AssayException wrong(Path file) {
    return new AssayException(
        ExitCode.USAGE,
        "jdbc.credentials-file "
            + file
            + " cannot be understood; it must be text with the lines user=... and password=..., in"
            + " which a backslash is written twice");
  }

  /** As a driver takes them. */
  Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return properties;
  }

  /** What somebody else said, without the password. */
  String hiddenIn(String text) {
    return text.replace(password, "***");
  }

  @Override
  public String toString() {
    return "Credentials[" + user + ", of " + origin + "]";
  }
}
