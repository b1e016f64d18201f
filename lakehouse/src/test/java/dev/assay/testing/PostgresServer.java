package dev.assay.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own, on a free port of the loopback and with data in a folder that
 * goes with it. It is Debian's, or one whose {@code initdb} is on the path; as root, which it
 * refuses to run as, it is started as the user {@code postgres}.
 */
public final class PostgresServer {
  /** The user that tests are, who may do everything. */
  public static final String USER = "assay_tests";

  /** A password that no file, log, message or command line may ever show. */
  public static final String SECRET = "s3ntinel,never to be\\shown";

  private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

  private final Path folder;
  private final int port;
  private final Process process;

  private PostgresServer(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts a server with one empty database, which stops with the tests' JVM. */
  public static PostgresServer start() {
    try {
      Path folder = Files.createTempDirectory("assay-postgres");
      own(folder);
      Path secret = folder.resolve("secret");
      Files.createFile(
          secret,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(secret, SECRET);
      own(secret);
      Path data = folder.resolve("data");
      int port = freePort();
      run(
          folder,
          List.of(
              binary("initdb"),
              "--pgdata=" + data,
              "--username=" + USER,
              "--pwfile=" + secret,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--no-sync"));
      Files.delete(secret);
      Process process =
          command(
                  folder,
                  List.of(
                      binary("postgres"),
                      "-D" + data,
                      "-F",
                      "-p" + port,
                      "-hlocalhost",
                      "-k" + folder))
              .redirectOutput(log(folder).toFile())
              .start();
      PostgresServer server = new PostgresServer(folder, port, process);
      Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its database, as JDBC has it. */
  public String url() {
    return "jdbc:postgresql://localhost:" + port + "/postgres";
  }

  /** Runs statements. */
  public void run(String... statements) {
    try (Connection connection = DriverManager.getConnection(url(), USER, SECRET);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends every connection there is, in the middle of whatever it does. */
  public void cutConnections() {
    run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
  }

  /** Stops it at once; its data goes. */
  private void stop() {
    if (!process.isAlive()) {
      return;
    }
    try {
      // At once, whoever is connected; and unlike a kill, it takes its processes with it.
      new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).start().waitFor();
      process.waitFor(20, TimeUnit.SECONDS);
      process.destroyForcibly();
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        DriverManager.getConnection(url(), USER, SECRET).close();
        return;
      } catch (SQLException notYet) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
    throw new IllegalStateException("PostgreSQL did not start: " + Files.readString(log(folder)));
  }

  private static void run(Path folder, List<String> command) throws IOException {
    Process process = command(folder, command).redirectOutput(log(folder).toFile()).start();
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " failed: " + Files.readString(log(folder)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A command as a user that PostgreSQL runs as; with nothing between us and its process. */
  private static ProcessBuilder command(Path folder, List<String> command) {
    List<String> words = new ArrayList<>();
    if (IS_ROOT) {
      words.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    words.addAll(command);
    return new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
  }

  private static void own(Path path) throws IOException {
    if (IS_ROOT) {
      Files.setOwner(
          path,
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
    }
  }

  private static Path log(Path folder) {
    return folder.resolve("log");
  }

  private static String binary(String name) {
    Stream<Path> onPath =
        Stream.of(System.getenv("PATH").split(":")).map(Path::of).filter(Files::isDirectory);
    return Stream.concat(onPath, ofDebian())
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no PostgreSQL to test on; install Debian's postgresql, or put the folder of"
                        + " its initdb on PATH. No service of it need run"))
        .toString();
  }

  /** The folders in which Debian has the programs of each version, the newest first. */
  private static Stream<Path> ofDebian() {
    Path versions = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(versions)) {
      return Stream.empty();
    }
    try (Stream<Path> all = Files.list(versions)) {
      return all
          .sorted(
              Comparator.comparingInt(
                      (Path version) -> Integer.parseInt(version.getFileName().toString()))
                  .reversed())
          .map(version -> version.resolve("bin"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
