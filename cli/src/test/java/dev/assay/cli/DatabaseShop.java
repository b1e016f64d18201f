package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.job.Commands;
import dev.assay.testing.PostgresServer;
import dev.assay.testing.TestConf;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * A pipeline whose feeds are tables of a PostgreSQL, and the command that lands them today.
 *
 * @param folder where its conf and its lake are
 * @param conf its conf
 * @param today the date
 */
record DatabaseShop(Path folder, TestConf conf, LocalDate today) {
  private static final String SHOP =
      """
      pipeline {
        name = shop
        description = "A shop."
        owner = tests
        start = 2020-01-01
        feeds {
          users_csv {
            files = ${landing}"/users/{date}.csv"
            columns = [id, name, born, seen_at, left_at, credit, active, rate, tags, facts]
            snapshot = true
            jdbc { url = "URL", table = "shop.users", credentials-file = "CREDENTIALS" }
          }
          users_json {
            files = ${landing}"/users/{date}.json"
            columns = ${pipeline.feeds.users_csv.columns}
            snapshot = true
            jdbc = ${pipeline.feeds.users_csv.jdbc}
          }
          users_parquet {
            files = ${landing}"/users/{date}.parquet"
            columns = ${pipeline.feeds.users_csv.columns}
            snapshot = true
            jdbc = ${pipeline.feeds.users_csv.jdbc}
          }
          many {
            files = ${landing}"/many/{date}.csv"
            columns = [id, text]
            snapshot = true
            jdbc {
              url = "URL"
              query = "SELECT id, repeat('x', 1000) AS text FROM generate_series(1, 5000000) AS id"
              credentials-file = "CREDENTIALS"
              fetch-size = 100
            }
          }
          visits { files = ${landing}"/visits/{date}.csv", columns = [id], snapshot = true }
        }
        tables {
          users_csv_raw { stage = bronze, description = "As landed.", feed = users_csv }
          users_json_raw { stage = bronze, description = "As landed.", feed = users_json }
          users_parquet_raw { stage = bronze, description = "As landed.", feed = users_parquet }
          users {
            stage = silver
            description = "A user."
            source = users_parquet_raw
            key = [id]
            columns = [
              { name = id, type = bigint, from = id, comment = "The user." }
              { name = name, type = string, nullable = true, from = name, comment = "Who." }
              { name = born, type = date, nullable = true, from = born, comment = "When." }
              { name = seen_at, type = timestamp, nullable = true, from = seen_at, comment = "When, UTC." }
              { name = credit, type = "decimal(18,8)", nullable = true, from = credit, comment = "Euro." }
              { name = active, type = boolean, nullable = true, from = active, comment = "Whether." }
            ]
          }
        }
      }
      """;

  /** A shop in a folder. */
  static DatabaseShop in(Path folder) {
    Path credentials = credentials(folder, PostgresServer.USER, PostgresServer.SECRET);
    TestConf conf =
        TestConf.in(
            folder.resolve("conf"),
            "shop",
            SHOP.replace("URL", server().url()).replace("CREDENTIALS", credentials.toString()));
    return new DatabaseShop(folder, conf, LocalDate.now(ZoneOffset.UTC));
  }

  /** The server that has the tables of the shop, started at the first call. */
  static PostgresServer server() {
    return Holder.SERVER;
  }

  private static PostgresServer startServer() {
    PostgresServer server = PostgresServer.start();
    server.run(
        "CREATE SCHEMA shop",
        "CREATE TABLE shop.users (id bigint PRIMARY KEY, name text, born date, seen_at timestamptz,"
            + " left_at timestamp, credit numeric, active boolean, rate double precision,"
            + " tags text[], facts jsonb)",
        "INSERT INTO shop.users VALUES"
            + " (1, 'O''Neil, \"Ann\"', '1999-12-31', '2024-03-10 01:02:03.04+02', '2024-03-10"
            + " 01:02:03', 12345678.90, true, 0.1, '{a,\"b c\"}', '{\"a\": [1, null]}'),"
            + " (2, '', NULL, NULL, NULL, 0.00000001, false, 1e20, '{}', NULL),"
            + " (3, NULL, NULL, '1969-12-31 23:59:59Z', NULL, -5, NULL, NULL, NULL, 'null'),"
            + " (4, 'Žofie 測試 🦊', NULL, NULL, '2024-02-29 00:00:00.000001', NULL, NULL, NULL, NULL,"
            + " NULL)",
        "CREATE ROLE reader LOGIN PASSWORD 'r3ader'");
    return server;
  }

  /** A file with a user and a password. */
  Path credentials(String user, String password) {
    return credentials(folder, user, password);
  }

  private static Path credentials(Path folder, String user, String password) {
    String text = "user=" + user + "\npassword=" + password.replace("\\", "\\\\") + "\n";
    try {
      return Files.writeString(Files.createTempFile(folder, "credentials", ""), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lands a feed today, which must end with this code; what is said on stderr. */
  String land(int code, String feed, String... options) {
    return land(code, feed, today, options);
  }

  /** The same for another date. */
  String land(int code, String feed, LocalDate date, String... options) {
    List<String> command = new ArrayList<>(words(feed, date));
    command.addAll(List.of(options));
    return execute(code, command);
  }

  /** Runs a command, which must end with this code; what is said on stderr. */
  static String execute(int code, List<String> command) {
    StringWriter errors = new StringWriter();
    int ended =
        Commands.strict(new CommandLine(new Assay()))
            .setErr(new PrintWriter(errors, true))
            .execute(command.toArray(String[]::new));
    assertThat(ended).as(errors.toString()).isEqualTo(code);
    assertThat(errors.toString()).doesNotContain(PostgresServer.SECRET);
    return errors.toString();
  }

  /** The command that lands a feed. */
  List<String> words(String feed, LocalDate date) {
    List<String> words = new ArrayList<>(List.of("land", "--pipeline", "shop", "--feed", feed));
    words.addAll(List.of("--date", date.toString(), "--conf-dir", conf.folder().toString()));
    words.add("-Dlake=" + lake());
    return words;
  }

  Path lake() {
    return folder.resolve("lake");
  }

  /** Where a feed's file is. */
  Path landing(String feed, String file) {
    return lake().resolve("landing").resolve(feed).resolve(file);
  }

  /** The names of all files in a feed's folder, drafts among them. */
  List<String> filesOf(String feed) {
    String[] names = landing(feed, "").toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  private static final class Holder {
    private static final PostgresServer SERVER = startServer();
  }
}
