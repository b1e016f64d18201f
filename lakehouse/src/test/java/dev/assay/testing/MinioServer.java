package dev.assay.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The one MinIO of a module's tests: a container where infra/minio/provide.sh found an engine, else
 * a process of the binary that it built.
 */
public final class MinioServer {
  /** The user that tests are, whose password is {@link #SECRET}. */
  public static final String USER = "assay-tests";

  /** A password that no log, command line or ledger record may ever show. */
  public static final String SECRET = "s3ntinel-never-to-be-shown";

  private final String endpoint;

  private MinioServer(String endpoint) {
    this.endpoint = endpoint;
  }

  /** The server, started at the first call. */
  public static MinioServer get() {
    return Holder.SERVER;
  }

  /** Its address. */
  public String endpoint() {
    return endpoint;
  }

  private static MinioServer start() {
    String running = System.getenv("ASSAY_TEST_MINIO");
    if (running != null) {
      // A process that a test started uses the test's server.
      return new MinioServer(running);
    }
    Map<String, String> found = found();
    String image = found.get("ASSAY_TEST_MINIO_IMAGE");
    String binary = found.get("ASSAY_TEST_MINIO_BINARY");
    if (image != null) {
      return container(image);
    }
    if (binary != null) {
      return process(binary);
    }
    throw new IllegalStateException(
        "no MinIO to test on; run infra/minio/provide.sh (make test does), with a container engine"
            + " or Go installed");
  }

  private static Map<String, String> found() {
    Path file = Path.of(System.getProperty("assay.home"), ".runtime", "minio.env");
    Map<String, String> found = new HashMap<>();
    if (Files.exists(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          List<String> parts = List.of(line.split("=", 2));
          found.put(parts.get(0), parts.get(1));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  @SuppressWarnings("resource") // it lives as long as the tests' JVM, which stops it at its end
  private static MinioServer container(String image) {
    MinIOContainer container =
        new MinIOContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("minio/minio"))
            .withUserName(USER)
            .withPassword(SECRET);
    container.start();
    Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
    return new MinioServer(container.getS3URL());
  }

  private static MinioServer process(String binary) {
    try {
      Path data = Files.createTempDirectory("assay-minio");
      int port = freePort();
      ProcessBuilder builder =
          new ProcessBuilder(
              binary, "server", "--quiet", "--address", "127.0.0.1:" + port, data.toString());
      builder.environment().put("MINIO_ROOT_USER", USER);
      builder.environment().put("MINIO_ROOT_PASSWORD", SECRET);
      Path log = Files.createTempFile("assay-minio", ".log");
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      String endpoint = "http://127.0.0.1:" + port;
      awaitReady(endpoint, process, log);
      return new MinioServer(endpoint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitReady(String endpoint, Process process, Path log) throws IOException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient();
    java.net.http.HttpRequest request =
        java.net.http.HttpRequest.newBuilder(java.net.URI.create(endpoint + "/minio/health/ready"))
            .build();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        if (client.send(request, java.net.http.HttpResponse.BodyHandlers.discarding()).statusCode()
            == 200) {
          return;
        }
      } catch (IOException notYet) {
        java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    throw new IllegalStateException(
        "MinIO did not start: " + Files.readString(log, StandardCharsets.UTF_8));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static final class Holder {
    private static final MinioServer SERVER = start();
  }
}
